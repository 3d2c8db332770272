//! Holds a file to be sent as a part of a form: its content, and what it is called.

use super::Body;
use super::model::{Node, Slot, SlotMut};
use bytes::Bytes;
use std::borrow::Cow;
use std::fmt;

/// A file in a `multipart/form-data` body.
///
/// Bytes and texts become one by `.into()`; `Upload::new` takes a stream too. Unless another is
/// set, it is called `file` and is of type `application/octet-stream`. It can be sent as a part of
/// a form only: in JSON it is `null`.
#[derive(Clone, Default)]
pub struct Upload {
    body: Body,
    file_name: Option<Cow<'static, str>>,
    content_type: Option<Cow<'static, str>>,
    headers: Vec<(String, String)>,
}

impl Upload {
    /// A file with this content.
    pub fn new(content: impl Into<Body>) -> Self {
        Upload {
            body: content.into(),
            ..Upload::default()
        }
    }

    /// The file at this path, called by its name there; it is read while it is sent.
    ///
    /// # Errors
    /// If there is no such file.
    pub fn file(path: impl Into<std::path::PathBuf>) -> std::io::Result<Self> {
        let path = path.into();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let upload = Upload::new(Body::file(path)?);
        Ok(match name {
            Some(name) => upload.file_name(name),
            None => upload,
        })
    }

    /// What the file is called.
    pub fn file_name(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type of the content: `image/png`.
    pub fn content_type(mut self, media_type: impl Into<Cow<'static, str>>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// One more header of the part.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The content.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The file's name, if it was set.
    pub fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type, if it was set.
    pub fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The headers of the part beside those that every part has.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// Whether there is nothing to send.
    pub(crate) fn is_unset(&self) -> bool {
        let named = self.file_name.is_some() || self.content_type.is_some();
        matches!(self.body, Body::Empty) && !named && self.headers.is_empty()
    }
}

impl Slot for Upload {
    fn node(&self) -> Node<'_> {
        Node::Upload(self)
    }
    fn slot(&mut self) -> SlotMut<'_> {
        SlotMut::Ignore
    }
}

/// Equal if all is, and no stream is in it.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        let content = match (self.body.as_bytes(), other.body.as_bytes()) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        };
        content
            && self.file_name == other.file_name
            && self.content_type == other.content_type
            && self.headers == other.headers
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("body", &self.body)
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish()
    }
}

macro_rules! from_content {
    ($($type:ty),*) => {$(
        impl From<$type> for Upload {
            fn from(content: $type) -> Self {
                Upload::new(content)
            }
        }
    )*};
}

from_content!(Body, Bytes, Vec<u8>, String, &str, &[u8]);
