//! Goes from page to page, whatever type they have.

use super::turn::{self, At, Progress};
use super::{PageStyle, Paging};
use crate::runtime::execute::{Fetched, execute};
use crate::runtime::model::Node;
use crate::runtime::{BoxFuture, Call, Error, ErrorKind, Meta, Request, Result};
use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::task::{Context, Poll, ready};

/// The way through the pages of a call.
pub(super) struct Walk {
    call: Call,
    paging: &'static Paging,
    /// The page to ask for; the first if there is none.
    at: Option<At>,
    /// The request for it, once it is on its way.
    sent: Option<BoxFuture<'static, Result<Fetched>>>,
    progress: Progress,
    /// The hashes of all pages that were asked for.
    seen: HashSet<u64>,
    hasher: RandomState,
    left: Option<u64>,
    over: bool,
    /// What is wrong with the way on from the last page, which is given behind that page.
    problem: Option<Error>,
}

impl Walk {
    pub(super) fn new(mut call: Call) -> Self {
        let paging = call.op().paging;
        for (name, value) in paging.with {
            if call.place_value(name, false).is_none() {
                call.set_query(name, *value);
            }
        }
        let mut walk = Walk {
            paging,
            at: None,
            sent: None,
            progress: Progress {
                number: paging.first,
                items: Some(0),
            },
            seen: HashSet::new(),
            hasher: RandomState::new(),
            left: None,
            over: false,
            problem: None,
            call,
        };
        // What the caller set already counts.
        if let Some(value) = walk.call.place_value(paging.parameter, paging.in_body) {
            walk.begin(&value);
        }
        walk
    }

    pub(super) fn resume(&mut self, cursor: &str) {
        self.at = Some(At::parse(self.paging, cursor));
        self.begin(cursor);
    }

    /// Counts from this page on.
    fn begin(&mut self, cursor: &str) {
        if let At::Number(number) = At::parse(self.paging, cursor) {
            let first = number == self.paging.first;
            self.progress = Progress {
                number,
                items: first.then_some(0),
            };
        }
    }

    pub(super) fn limit(&mut self, pages: u64) {
        self.left = Some(pages);
    }

    pub(super) fn cursor(&self) -> Option<String> {
        self.at.as_ref().map(At::text)
    }

    pub(super) fn poll_fetch(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Fetched>>> {
        if let Some(problem) = self.problem.take() {
            return Poll::Ready(Some(Err(problem)));
        }
        let sent = match &mut self.sent {
            Some(sent) => sent,
            None if self.over || self.left == Some(0) => return Poll::Ready(None),
            None => {
                let call = self.ask();
                self.sent.insert(execute(call))
            }
        };
        let fetched = ready!(sent.as_mut().poll(context));
        self.sent = None;
        self.left = self.left.map(|left| left.saturating_sub(1));
        // Until the page is read, it may be the last.
        self.over = true;
        Poll::Ready(Some(fetched))
    }

    /// The call for the page.
    fn ask(&mut self) -> Call {
        let mut call = self.call.clone();
        match &self.at {
            None => self.see_first(),
            Some(At::Url(target)) => call.go_to(target),
            Some(At::Cursor(cursor)) => {
                call.set_place(
                    self.paging.parameter,
                    self.paging.in_body,
                    Node::Str(cursor),
                );
            }
            Some(At::Number(number)) => {
                call.set_place(
                    self.paging.parameter,
                    self.paging.in_body,
                    Node::I64(*number),
                );
            }
        }
        if let Some(at) = &self.at {
            self.seen.insert(self.hasher.hash_one(at));
        }
        call
    }

    /// What the server would call the first page, if it named it again.
    fn see_first(&mut self) {
        let paging = self.paging;
        let own = self.call.place_value(paging.parameter, paging.in_body);
        let own = own.map(|value| At::parse(paging, &value));
        for at in own.into_iter().chain([At::Url(self.call.target())]) {
            self.seen.insert(self.hasher.hash_one(&at));
        }
    }

    /// Goes on from a page that came.
    pub(super) fn turn(&mut self, page: Node<'_>, meta: &Meta, request: &Request) {
        let length = u64::try_from(turn::count(page, self.paging)).unwrap_or_default();
        let items = self
            .progress
            .items
            .map(|items| items.saturating_add(length));
        self.progress.items = items;
        let next = turn::next(self.paging, page, meta, request, self.progress);
        let problem = match next {
            Ok(None) => {
                self.at = None;
                return;
            }
            Ok(Some(at)) if self.seen.contains(&self.hasher.hash_one(&at)) => {
                self.at = Some(at);
                "the server names a page as the next that came before"
            }
            Ok(Some(at)) => {
                if let At::Number(number) = at {
                    self.progress.number = number;
                }
                self.at = Some(at);
                self.over = false;
                return;
            }
            Err(problem) => {
                self.at = None;
                problem
            }
        };
        let error = Error::new(ErrorKind::Pagination, problem);
        self.problem = Some(error.of(request, meta.attempts()));
    }
}

impl fmt::Debug for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style: PageStyle = self.paging.style;
        f.debug_struct("Pages")
            .field("call", &self.call)
            .field("style", &style)
            .field("over", &self.over)
            .finish_non_exhaustive()
    }
}
