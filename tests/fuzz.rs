//! The targets of `fuzz/` without libFuzzer: what was found before, and changes of it, the same in each run.

use super::targets;
use letterpress_tests::root;
use rayon::prelude::*;
use std::fs;
use std::panic::catch_unwind;

/// How many inputs each target is given, beside those that are kept: those of the whole chain take long.
const SMALL: u64 = 2_000;
const LARGE: u64 = 60;

/// Targets that run the whole chain for each input.
const WHOLE_CHAIN: [&str; 8] = [
    "configuration",
    "curl",
    "har",
    "model_to_tokens",
    "openapi",
    "overlay",
    "page",
    "postman",
];

/// Pieces that mean something to somebody.
const WORDS: &[&[u8]] = &[
    b"\n",
    b"\r",
    b"\"",
    b"'",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"#",
    b"|",
    b"-",
    b"`",
    b"```\n",
    b"\\",
    b"\\u12",
    b"\x1e",
    b"\0",
    b"\xef\xbb\xbf",
    b"data: ",
    b"id: 1\n",
    b"&a ",
    b"*a",
    b"<<: ",
    b"? ",
    b"!!x ",
    b"-- ",
    b"GET /a",
    b"curl ",
    b"%2e",
    b"..",
    b"/",
    b"1e999",
    b"-0",
    b"null",
    b"true",
    "\u{202e}".as_bytes(),
    "\u{e9}".as_bytes(),
];

/// Numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }

    /// One of the inputs with a few changes, or bytes from nowhere.
    fn input(&mut self, kept: &[Vec<u8>]) -> Vec<u8> {
        let from = self.below(kept.len() + 2);
        let mut input = kept.get(from).cloned().unwrap_or_default();
        if input.is_empty() {
            let length = self.below(200);
            input.extend((0..length).map(|_| self.below(256) as u8));
        }
        for _ in 0..=self.below(6) {
            let at = self.below(input.len() + 1);
            let end = (at + self.below(12)).min(input.len());
            match self.below(4) {
                0 => drop(input.drain(at..end)),
                1 => {
                    let part = input[at..end].to_vec();
                    let to = self.below(input.len() + 1);
                    input.splice(to..to, part);
                }
                2 => {
                    let byte = self.below(256) as u8;
                    input.splice(at..end.min(at + 1), [byte]);
                }
                _ => {
                    let word = WORDS[self.below(WORDS.len())];
                    input.splice(at..at, word.iter().copied());
                }
            }
        }
        input
    }
}

#[test]
fn no_target_falls() {
    let faults: Vec<String> = targets::ALL
        .par_iter()
        .filter_map(|(name, target)| {
            let kept = kept(name);
            let mut random = Random(0x9e37_79b9_7f4a_7c15);
            let count = match WHOLE_CHAIN.contains(name) {
                true => LARGE,
                false => SMALL,
            };
            let changed = (0..count).map(|_| random.input(&kept));
            let mut inputs = kept.iter().cloned().chain(changed);
            let fallen = inputs.find(|input| catch_unwind(|| target(input)).is_err())?;
            Some(format!("{name}: {}", fallen.escape_ascii()))
        })
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The inputs that are kept for a target, by name.
fn kept(target: &str) -> Vec<Vec<u8>> {
    let folder = root().join("fuzz/corpus").join(target);
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| fs::read(path).expect("an input"))
        .collect()
}
