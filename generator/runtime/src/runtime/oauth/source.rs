//! Holds the tokens of a client: one of all calls that need a new one fetches it, the others wait.

use super::{OAuth, Tokens};
use crate::runtime::clock::now;
use crate::runtime::{Core, Error, ErrorKind, Request, Result, Secret};
use std::fmt;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

/// The longest time before a token expires in which it is renewed.
const EARLY: Duration = Duration::from_secs(60);
/// How long a token that could not be renewed is used before that is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// Gives access tokens; shared by all clones of a client.
pub struct TokenSource {
    oauth: OAuth,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    access: Option<Access>,
    refresh: Option<Secret>,
    /// Whether a call is fetching; the others wait for the end of this round.
    fetching: bool,
    round: u64,
    /// How the last round ended, if not with a token.
    failure: Option<(u64, ErrorKind, String)>,
    waiting: Vec<Waker>,
}

struct Access {
    token: Secret,
    /// By the clock: when it is to be renewed, and when it is good no more.
    renew: Option<Duration>,
    end: Option<Duration>,
}

impl Access {
    fn new(token: Secret, expires_in: Option<Duration>) -> Self {
        let now = now();
        // A token of a short life is not renewed all the time.
        let early = |life: Duration| life.saturating_sub(EARLY.min(life / 10));
        Access {
            token,
            renew: expires_in.map(|life| now.saturating_add(early(life))),
            end: expires_in.map(|life| now.saturating_add(life)),
        }
    }
}

/// What a call does about a token.
enum Turn {
    Use(Secret),
    Fetch(Option<Secret>),
    Wait(u64),
}

impl TokenSource {
    pub(in crate::runtime) fn new(oauth: OAuth) -> Self {
        let first = oauth.access.clone();
        let state = State {
            access: first.map(|token| Access::new(token, oauth.expires_in)),
            refresh: oauth.refresh.clone(),
            ..State::default()
        };
        TokenSource {
            oauth,
            state: Mutex::new(state),
        }
    }

    /// Whether tokens can be fetched from where the settings say.
    pub(in crate::runtime) fn check(&self, core: &Core) -> Result<()> {
        self.oauth.endpoint(core).map(|_| ())
    }

    /// An access token that is good.
    pub(in crate::runtime) async fn token(&self, core: &Core) -> Result<Secret> {
        loop {
            match self.turn() {
                Turn::Use(token) => return Ok(token),
                Turn::Fetch(refresh) => {
                    let flight = Flight(self);
                    let fetched = self.oauth.fetch(core, refresh).await;
                    return flight.land(fetched);
                }
                Turn::Wait(round) => {
                    poll_fn(|context| self.state().over(round, context.waker())).await;
                    let state = self.state();
                    if let Some((failed, kind, message)) = &state.failure
                        && *failed == round
                    {
                        return Err(Error::new(*kind, message.clone()));
                    }
                }
            }
        }
    }

    /// Whether there is another token than the one that this request was refused with.
    pub(in crate::runtime) async fn renew(&self, core: &Core, request: &Request) -> Result<bool> {
        {
            let mut state = self.state();
            if !self.oauth.by_client && state.refresh.is_none() {
                return Ok(false);
            }
            let sent = request.header("authorization").unwrap_or_default();
            let sent = sent.strip_prefix("Bearer ").unwrap_or_default();
            // Another call may have got a new one since.
            if state
                .access
                .as_ref()
                .is_some_and(|access| access.token.expose() == sent)
            {
                state.access = None;
            }
        }
        self.token(core).await.map(|_| true)
    }

    fn turn(&self) -> Turn {
        let mut state = self.state();
        let now = now();
        let before = |moment: Option<Duration>| moment.is_none_or(|moment| now < moment);
        if let Some(access) = &state.access {
            let fetched = state.fetching && before(access.end);
            if fetched || before(access.renew) {
                return Turn::Use(access.token.clone());
            }
        }
        if state.fetching {
            return Turn::Wait(state.round);
        }
        state.fetching = true;
        Turn::Fetch(state.refresh.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn over(&mut self, round: u64, waker: &Waker) -> Poll<()> {
        if self.round != round || !self.fetching {
            return Poll::Ready(());
        }
        if !self.waiting.iter().any(|known| known.will_wake(waker)) {
            self.waiting.push(waker.clone());
        }
        Poll::Pending
    }

    /// The token that is there is used, if it is good still.
    fn keep(&mut self) -> Option<Secret> {
        let now = now();
        let access = self.access.as_mut()?;
        let end = access.end.filter(|end| now < *end)?;
        access.renew = Some(now.saturating_add(AGAIN).min(end));
        Some(access.token.clone())
    }
}

/// The one call that fetches. Dropped, it lets another one try.
struct Flight<'a>(&'a TokenSource);

impl Flight<'_> {
    fn land(self, fetched: Result<Tokens>) -> Result<Secret> {
        if let (Ok(tokens), Some(keep)) = (&fetched, &self.0.oauth.renewed) {
            keep(tokens);
        }
        let mut state = self.0.state();
        let round = state.round;
        state.round = round.wrapping_add(1);
        match fetched {
            Ok(tokens) => {
                let token = tokens.access_token;
                state.access = Some(Access::new(token.clone(), tokens.expires_in));
                if !self.0.oauth.by_client && tokens.refresh_token.is_some() {
                    state.refresh = tokens.refresh_token;
                }
                Ok(token)
            }
            Err(error) => match state.keep() {
                Some(token) => Ok(token),
                None => {
                    state.failure = Some((round, error.kind(), error.to_string()));
                    Err(error)
                }
            },
        }
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.fetching = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSource").finish_non_exhaustive()
    }
}
