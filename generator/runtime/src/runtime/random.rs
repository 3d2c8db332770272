//! Makes numbers that nobody can guess without another dependency: the standard library seeds its
//! hash maps by the system's random numbers.

use super::clock::since_epoch;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// 64 random bits. Good for jitter and for names that must not meet, not for keys.
pub(super) fn bits() -> u64 {
    static SEED: OnceLock<RandomState> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mut hasher = SEED.get_or_init(RandomState::new).build_hasher();
    hasher.write_u64(COUNT.fetch_add(1, Ordering::Relaxed));
    // Where the system has no random numbers, at least the time differs.
    hasher.write_u128(since_epoch().as_nanos());
    hasher.finish()
}

/// A random part of this duration, from none to all of it.
pub(super) fn part_of(whole: std::time::Duration) -> std::time::Duration {
    // 53 bits are what a float tells apart.
    let part = (bits() >> 11) as f64 / (1u64 << 53) as f64;
    whole.mul_f64(part)
}

/// A random UUID (RFC 9562 §5.4).
pub(super) fn uuid() -> String {
    let (high, low) = (bits(), bits());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}
