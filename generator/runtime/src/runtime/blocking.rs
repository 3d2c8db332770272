//! Waits for calls where there is no async code.
//!
//! The thread that waits also does the work: it polls. A thread of its own, one for all clients,
//! keeps the time and the connections meanwhile. Nothing is started inside another async runtime,
//! so waiting never panics, wherever it is done.

use super::model::Slot;
use super::{Error, ErrorKind, Items, Pages, Response, Result};
use std::future::{IntoFuture, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use tokio::runtime::{Builder, Handle};

/// Waits for a call, or for whatever else takes time here: a page, or a chunk of a stream.
///
/// ```ignore
/// let user = block_on(client.users().show(7))?;
/// let answer = block_on(client.users().show(7).send_with_meta())?;
/// ```
///
/// The thread does nothing else until then. In async code that holds up all tasks of the thread,
/// and a call that needs one of them ends when its time is over: await it there.
///
/// # Errors
/// Those of the work, and of kind [`Configuration`](ErrorKind::Configuration) if the thread that
/// keeps the time cannot be started.
pub fn block_on<T>(work: impl IntoFuture<Output = Result<T>>) -> Result<T> {
    let background = background()?;
    let _entered = background.enter();
    let mut work = pin!(work.into_future());
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut context) {
            return done;
        }
        // A wake that came in between is not lost: then this returns at once.
        thread::park();
    }
}

impl<P: Slot + Default> Pages<P> {
    /// The pages, each waited for, where there is no async code; see [`block_on`].
    pub fn blocking(mut self) -> impl Iterator<Item = Result<Response<P>>> {
        std::iter::from_fn(move || next(|context| self.poll_next(context)))
    }
}

impl<P: Slot + Default, T> Items<P, T> {
    /// The items, each waited for, where there is no async code; see [`block_on`].
    ///
    /// ```ignore
    /// for user in client.users().list().items().blocking() {
    ///     println!("{:?}", user?.name);
    /// }
    /// ```
    pub fn blocking(mut self) -> impl Iterator<Item = Result<T>> {
        std::iter::from_fn(move || next(|context| self.poll_next(context)))
    }
}

/// What comes next, or nothing more.
fn next<T>(mut poll: impl FnMut(&mut Context<'_>) -> Poll<Option<Result<T>>>) -> Option<Result<T>> {
    let next = poll_fn(|context| poll(context).map(Option::transpose));
    block_on(next).transpose()
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The thread that keeps the time and the connections, started when it is needed first.
fn background() -> Result<Handle> {
    static STARTED: Mutex<Option<Handle>> = Mutex::new(None);
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*started {
        return Ok(handle.clone());
    }
    let failed = |error| {
        let message = "the thread for blocking calls cannot be started";
        Error::new(ErrorKind::Configuration, message).with_source(error)
    };
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(failed)?;
    let handle = runtime.handle().clone();
    let name = concat!(env!("CARGO_PKG_NAME"), "-blocking").to_owned();
    let thread = thread::Builder::new().name(name);
    let run = move || runtime.block_on(std::future::pending::<()>());
    thread.spawn(run).map_err(failed)?;
    *started = Some(handle.clone());
    Ok(handle)
}
