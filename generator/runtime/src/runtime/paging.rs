//! Reads results that come page by page: all pages of a call, or all items in them.

mod link;
mod turn;
mod walk;

use super::execute::Fetched;
use super::model::Slot;
use super::{CallExt, Response, Result};
use std::fmt;
use std::marker::PhantomData;
use std::task::{Context, Poll, ready};
use walk::Walk;

/// How the results of an operation come page by page. Members are named by their way from the value
/// of a page: `&["meta", "after_cursor"]`.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    /// What leads from a page to the next.
    pub style: PageStyle,
    /// What asks for a page: a query parameter.
    pub parameter: &'static str,
    /// Whether the parameter is a member of the JSON body instead.
    pub in_body: bool,
    /// Query parameters without which there are no pages, and their values unless the call has its
    /// own: `("page[size]", "100")`.
    pub with: &'static [(&'static str, &'static str)],
    /// Where the next cursor or the next URL stands; of the last item, if the style says so.
    pub next: &'static [&'static str],
    /// The header that holds the next cursor; empty if a member does.
    pub next_header: &'static str,
    /// The member that is true as long as there are more pages.
    pub more: &'static [&'static str],
    /// The member that is true on the last page.
    pub last: &'static [&'static str],
    /// The member that tells how many items there are in all.
    pub total: &'static [&'static str],
    /// The member that tells how many pages there are in all.
    pub total_pages: &'static [&'static str],
    /// The list of items; empty if the page is the list.
    pub items: &'static [&'static str],
    /// The number of the first page, or of the first item.
    pub first: i64,
}

impl Paging {
    /// An operation without pages, and the defaults of everything for `..Paging::NONE`.
    pub const NONE: Paging = Paging {
        style: PageStyle::None,
        parameter: "",
        in_body: false,
        with: &[],
        next: &[],
        next_header: "",
        more: &[],
        last: &[],
        total: &[],
        total_pages: &[],
        items: &[],
        first: 0,
    };
}

/// What leads from a page to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageStyle {
    /// Nothing: there is one page.
    #[default]
    None,
    /// A cursor in the page, which the parameter takes.
    Cursor,
    /// A member of the last item, which the parameter takes.
    LastItem,
    /// A URL in the page.
    Url,
    /// The header `Link` with `rel="next"` (RFC 8288).
    Link,
    /// The parameter counts items.
    Offset,
    /// The parameter counts pages.
    Number,
}

/// What can be done with a call whose results come page by page, besides awaiting it for one page.
///
/// Import it with the prelude.
pub trait PagedCall: CallExt {
    /// What the pages hold.
    type Item: 'static;

    /// The items of a page.
    #[doc(hidden)]
    fn take(page: Self::Output) -> Vec<Self::Item>;

    /// Page after page, each with its metadata.
    ///
    /// ```ignore
    /// let mut pages = client.users().list().pages();
    /// while let Some(page) = pages.next().await {
    ///     println!("{:?}", page?.value);
    /// }
    /// ```
    fn pages(self) -> Pages<Self::Output> {
        Pages {
            walk: Walk::new(self.into_call()),
            output: PhantomData,
        }
    }

    /// Item after item, page after page.
    ///
    /// ```ignore
    /// let mut users = client.users().list().items();
    /// while let Some(user) = users.next().await {
    ///     println!("{:?}", user?.name);
    /// }
    /// ```
    fn items(self) -> Items<Self::Output, Self::Item> {
        Items {
            pages: self.pages(),
            take: Self::take,
            ready: Vec::new().into_iter(),
            page: None,
        }
    }
}

/// The pages of a call, each asked for when it is waited for; made by [`PagedCall::pages`].
///
/// It ends where the server says so: a page without items is no end if the server names a next one.
/// A server that names one page twice, or one at another origin, is an error of kind
/// [`Pagination`](super::ErrorKind::Pagination). After an error there are no more pages;
/// [`cursor`](Self::cursor) tells the one that failed.
#[must_use = "pages are asked for by `next`"]
pub struct Pages<P> {
    walk: Walk,
    output: PhantomData<fn() -> P>,
}

impl<P: Slot + Default> Pages<P> {
    /// Begins at this page: a [`cursor`](Self::cursor) of the same call before, or what the API itself
    /// calls its cursor, its offset or the number of its page.
    pub fn resume(mut self, cursor: &str) -> Self {
        self.walk.resume(cursor);
        self
    }

    /// Ends after so many pages; [`cursor`](Self::cursor) tells where to go on.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.walk.limit(pages);
        self
    }

    /// The page that comes next, to [`resume`](Self::resume) there; `None` if there is none, or if it
    /// is the first. Of an API that leads on by URLs it is the path and query of one.
    pub fn cursor(&self) -> Option<String> {
        self.walk.cursor()
    }

    /// The next page; `None` behind the last.
    ///
    /// # Errors
    /// Those of the call, and of kind [`Pagination`](super::ErrorKind::Pagination).
    pub async fn next(&mut self) -> Option<Result<Response<P>>> {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    /// What [`next`](Self::next) waits for.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<P>>>> {
        let fetched: Fetched = match ready!(self.walk.poll_fetch(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(fetched)) => fetched,
        };
        let request = fetched.request.clone();
        let mut value = P::default();
        Poll::Ready(Some(match fetched.read(value.slot()) {
            Ok(meta) => {
                self.walk.turn(value.node(), &meta, &request);
                Ok(Response { value, meta })
            }
            Err(error) => Err(error),
        }))
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.walk, f)
    }
}

/// The items of all pages of a call; made by [`PagedCall::items`]. Ends as [`Pages`] does.
#[must_use = "pages are asked for by `next`"]
pub struct Items<P, T> {
    pages: Pages<P>,
    take: fn(P) -> Vec<T>,
    ready: std::vec::IntoIter<T>,
    /// Where the page begins whose items are given.
    page: Option<String>,
}

impl<P: Slot + Default, T> Items<P, T> {
    /// Begins at this page; see [`Pages::resume`].
    pub fn resume(mut self, cursor: &str) -> Self {
        self.pages = self.pages.resume(cursor);
        self
    }

    /// Ends after so many pages.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// Where to [`resume`](Self::resume): the page of the next item. Items of it that were given
    /// already come again then.
    pub fn cursor(&self) -> Option<String> {
        match self.ready.as_slice() {
            [] => self.pages.cursor(),
            _ => self.page.clone(),
        }
    }

    /// The next item; `None` behind the last.
    ///
    /// # Errors
    /// Those of [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<T>> {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    /// What [`next`](Self::next) waits for.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let page = self.pages.cursor();
            match ready!(self.pages.poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(response)) => {
                    self.page = page;
                    self.ready = (self.take)(response.value).into_iter();
                }
            }
        }
    }

    /// All items that are left, at once.
    ///
    /// # Errors
    /// Those of [`next`](Self::next); what came before the error is lost, so do not collect what is
    /// worth more than a second try.
    pub async fn collect(mut self) -> Result<Vec<T>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }
}

impl<P, T> fmt::Debug for Items<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.pages, f)
    }
}

/// Polled by value, as everything in it may move.
impl<P, T> Unpin for Items<P, T> {}

#[cfg(feature = "stream")]
impl<P: Slot + Default> futures_core::Stream for Pages<P> {
    type Item = Result<Response<P>>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        Pages::poll_next(self.get_mut(), context)
    }
}

#[cfg(feature = "stream")]
impl<P: Slot + Default, T> futures_core::Stream for Items<P, T> {
    type Item = Result<T>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        Items::poll_next(self.get_mut(), context)
    }
}

/// The items of a page of any JSON.
pub fn json_items(mut page: serde_json::Value, way: &[&str]) -> Vec<serde_json::Value> {
    for name in way {
        page = page
            .get_mut(*name)
            .map_or_else(Default::default, serde_json::Value::take);
    }
    match page {
        serde_json::Value::Array(items) => items,
        _ => Vec::new(),
    }
}
