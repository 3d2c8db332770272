//! Reads what blocks, such as a file, in a thread of its own, so that nothing else waits for it.

use crate::runtime::BodySource;
use bytes::Bytes;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

/// How much is read at once.
pub(super) const CHUNK: usize = 64 << 10;

/// How many chunks are read ahead.
const AHEAD: usize = 4;

/// A reader as the source of a body.
pub(super) struct Reader {
    shared: Arc<Shared>,
    started: bool,
    length: Option<u64>,
    given: u64,
}

struct Shared {
    state: Mutex<State>,
    /// Told when there is room for another chunk, or when nobody wants one any more.
    room: Condvar,
}

struct State {
    reader: Option<Box<dyn Read + Send>>,
    chunks: VecDeque<io::Result<Bytes>>,
    /// Whether the end was read, or reading failed.
    over: bool,
    dropped: bool,
    waker: Option<Waker>,
}

impl Reader {
    pub(super) fn new(reader: Box<dyn Read + Send>, length: Option<u64>) -> Self {
        Reader {
            shared: Arc::new(Shared {
                state: Mutex::new(State {
                    reader: Some(reader),
                    chunks: VecDeque::new(),
                    over: false,
                    dropped: false,
                    waker: None,
                }),
                room: Condvar::new(),
            }),
            started: false,
            length,
            given: 0,
        }
    }

    /// What came is given on, up to the length that was promised.
    fn give(&mut self, chunk: Bytes) -> Option<io::Result<Bytes>> {
        let left = self.length.map_or(u64::MAX, |length| length - self.given);
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        let chunk = chunk.slice(..chunk.len().min(left));
        if chunk.is_empty() {
            return None;
        }
        self.given += chunk.len() as u64;
        Some(Ok(chunk))
    }

    /// The end, which must not come before the length that was promised.
    fn end(&self) -> Option<io::Result<Bytes>> {
        let length = self.length.filter(|length| *length > self.given)?;
        let message = format!("the body ends after {} of {length} bytes", self.given);
        Some(Err(io::Error::new(io::ErrorKind::UnexpectedEof, message)))
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads until the end, or until nobody listens.
    fn run(&self) {
        let Some(mut reader) = self.lock().reader.take() else {
            return;
        };
        loop {
            let chunk = read(&mut *reader);
            let mut state = self.lock();
            while state.chunks.len() >= AHEAD && !state.dropped {
                state = self
                    .room
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
            }
            if state.dropped {
                return;
            }
            state.over = !matches!(chunk, Some(Ok(_)));
            state.chunks.extend(chunk);
            if let Some(waker) = state.waker.take() {
                waker.wake();
            }
            if state.over {
                return;
            }
        }
    }
}

/// The next chunk; none at the end.
fn read(reader: &mut (dyn Read + Send)) -> Option<io::Result<Bytes>> {
    let mut buffer = vec![0; CHUNK];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return None,
            Ok(length) => {
                buffer.truncate(length);
                return Some(Ok(buffer.into()));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Some(Err(error)),
        }
    }
}

impl BodySource for Reader {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if !std::mem::replace(&mut self.started, true) {
            let shared = self.shared.clone();
            // Where there are no threads, the reader is read where it is wanted.
            let _ = thread::Builder::new().spawn(move || shared.run());
        }
        let shared = self.shared.clone();
        let mut state = shared.lock();
        if let Some(chunk) = state.chunks.pop_front() {
            drop(state);
            shared.room.notify_one();
            return Poll::Ready(match chunk {
                Ok(chunk) => self.give(chunk),
                error => Some(error),
            });
        }
        if state.over {
            return Poll::Ready(self.end());
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }

    fn length(&self) -> Option<u64> {
        self.length
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.shared.lock().dropped = true;
        self.shared.room.notify_one();
    }
}
