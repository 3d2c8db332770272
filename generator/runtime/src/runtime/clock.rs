//! Tells and limits time, which is the transport's business as far as waiting is concerned.

use super::{BoxFuture, Transport};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

/// The time since some moment in the past; never goes back.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(super) fn now() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// The time since 1970.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(super) fn since_epoch() -> Duration {
    let now = std::time::SystemTime::now();
    now.duration_since(std::time::SystemTime::UNIX_EPOCH)
        .unwrap_or_default()
}

/// The time since 1970, as the browser tells it.
#[cfg(all(target_family = "wasm", target_os = "unknown", feature = "reqwest"))]
pub(super) fn since_epoch() -> Duration {
    Duration::try_from_secs_f64(js_sys::Date::now() / 1000.0).unwrap_or_default()
}

/// Where there is no clock, time stands still: only the transport's timers limit anything.
#[cfg(all(
    target_family = "wasm",
    target_os = "unknown",
    not(feature = "reqwest")
))]
pub(super) fn since_epoch() -> Duration {
    Duration::ZERO
}

/// The time since some moment in the past.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(super) fn now() -> Duration {
    since_epoch()
}

/// Does some work unless it takes longer than this; then it is dropped.
pub(super) async fn within<T>(
    transport: &dyn Transport,
    limit: Option<Duration>,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    let mut timer = limit.map(|limit| transport.sleep(limit));
    std::future::poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(Some(done));
        }
        match &mut timer {
            Some(timer) => timer.as_mut().poll(context).map(|()| None),
            None => Poll::Pending,
        }
    })
    .await
}

/// Waits in a thread of its own: a [`Transport::sleep`] for where no runtime has timers.
pub fn sleep_in_thread(duration: Duration) -> BoxFuture<'static, ()> {
    #[derive(Default)]
    struct Timer {
        over: bool,
        waker: Option<Waker>,
    }
    let timer = Arc::new(Mutex::new(Timer::default()));
    let rings = timer.clone();
    let started = std::thread::Builder::new().spawn(move || {
        std::thread::sleep(duration);
        let mut timer = rings.lock().unwrap_or_else(PoisonError::into_inner);
        timer.over = true;
        if let Some(waker) = timer.waker.take() {
            waker.wake();
        }
    });
    if started.is_err() {
        // Without a thread the wait blocks, which is late but right. A browser can do neither.
        #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
        std::thread::sleep(duration);
        return Box::pin(std::future::ready(()));
    }
    Box::pin(std::future::poll_fn(move |context| {
        let mut timer = timer.lock().unwrap_or_else(PoisonError::into_inner);
        if timer.over {
            return Poll::Ready(());
        }
        timer.waker = Some(context.waker().clone());
        Poll::Pending
    }))
}
