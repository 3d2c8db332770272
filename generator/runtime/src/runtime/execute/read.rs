//! Reads what came back into a slot.

use super::Fetched;
use crate::runtime::decode::{from_envelope, from_spelled};
use crate::runtime::item_stream::{is_stream, read_all};
use crate::runtime::model::{SlotMut, Spellings};
use crate::runtime::{DecodeError, Error, ErrorKind, Issue, Meta, Response, Result};
use bytes::Bytes;

impl Fetched {
    /// Reads the response into a slot.
    pub(in crate::runtime) fn read(self, slot: SlotMut<'_>) -> Result<Meta> {
        let Fetched {
            mut response,
            request,
            op,
            strict,
            ..
        } = self;
        let member = op.response_member.unwrap_or_default();
        let issues = match slot {
            SlotMut::Outcome(outcome) => match outcome.choose(response.meta.status) {
                Some((member, slot)) => read_body(&response, slot, member, strict, Spellings::NONE),
                None => {
                    outcome.other(response.clone());
                    Ok(Vec::new())
                }
            },
            SlotMut::Seq(list) if is_stream(&response.meta, op.stream) => {
                read_all(op.stream, &response, list, strict).map_err(Some)
            }
            slot => read_body(&response, slot, member, strict, op.response_spellings),
        };
        match issues {
            Ok(issues) => {
                response.meta.issues = issues;
                Ok(response.meta)
            }
            Err(error) => {
                let attempts = response.meta.attempts;
                let error = match error {
                    Some(error) => Error::from_decode(error, response),
                    None => {
                        let message = "cannot read the response: empty body";
                        Error::new(ErrorKind::Decode, message).with_response(response)
                    }
                };
                Err(error.of(&request, attempts))
            }
        }
    }
}

/// Reads the body into a slot; the error is none if there is no body.
fn read_body(
    response: &Response<Bytes>,
    slot: SlotMut<'_>,
    member: &'static str,
    strict: bool,
    spellings: Spellings,
) -> Result<Vec<Issue>, Option<DecodeError>> {
    let body = &response.value;
    match slot {
        SlotMut::Ignore => Ok(Vec::new()),
        SlotMut::Bytes(place) => {
            *place = body.clone();
            Ok(Vec::new())
        }
        SlotMut::Str(place) if is_text(response) => {
            *place = String::from_utf8_lossy(body).into_owned();
            Ok(Vec::new())
        }
        // No content is a value of these already.
        SlotMut::Opt(_) | SlotMut::Json(_) if body.is_empty() => Ok(Vec::new()),
        _ if body.is_empty() => Err(None),
        slot if member.is_empty() => from_spelled(body, slot, strict, spellings).map_err(Some),
        slot => from_envelope(body, member, slot, strict, spellings).map_err(Some),
    }
}

/// Whether the body is a text of its own and no JSON.
fn is_text(response: &Response<Bytes>) -> bool {
    let content_type = response.meta.header("content-type").unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    !media_type.is_empty() && !media_type.to_ascii_lowercase().ends_with("json")
}
