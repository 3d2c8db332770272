//! Samples of streams to the items in them: events, lines and sequences of JSON.

/// The JSON texts of the items in a sample of a stream; nothing if the media type is none of one, or if an item does not
/// look like an object or a list.
pub fn stream_items(media_type: &str, text: &str) -> Option<Vec<String>> {
    let (_, subtype) = media_type.split_once('/')?;
    let items: Vec<String> = match subtype.trim_start_matches("x-") {
        "event-stream" => event_data(text),
        "ndjson" | "jsonl" | "jsonlines" | "json-lines" => {
            text.lines().map(|line| line.trim().to_owned()).collect()
        }
        name if name == "json-seq" || name.ends_with("+json-seq") => {
            let items = text.split('\u{1e}');
            items.map(|item| item.trim().to_owned()).collect()
        }
        _ => return None,
    };
    let items: Vec<String> = items.into_iter().filter(|item| !item.is_empty()).collect();
    let alike = items.iter().all(|item| item.starts_with(['{', '[']));
    (alike && !items.is_empty()).then_some(items)
}

/// The data of each event. What ends the stream, as `[DONE]`, is no item.
fn event_data(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut events = Vec::new();
    for event in text.split("\n\n") {
        let data = event.lines().filter_map(|line| line.strip_prefix("data:"));
        let data: Vec<&str> = data.map(str::trim).collect();
        let data = data.join("\n");
        if data != "[DONE]" {
            events.push(data);
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::stream_items;

    #[test]
    fn items_of_each_kind() {
        let items = |media: &str, text: &str| stream_items(media, text).unwrap_or_default();
        let events = "event: a\r\ndata: {\"n\":\r\ndata: 1}\r\n\r\n: hi\n\nid: 2\ndata:{\"n\":2}\n\ndata: [DONE]\n\n";
        assert_eq!(
            items("text/event-stream", events),
            ["{\"n\":\n1}", "{\"n\":2}"]
        );
        assert_eq!(
            items("application/x-ndjson", "{}\n\n[1]\r\n"),
            ["{}", "[1]"]
        );
        assert_eq!(
            items("application/json-seq", "\u{1e}{}\n\u{1e}{}\n"),
            ["{}", "{}"]
        );
        for (media, text) in [
            ("text/event-stream", "data: hello\n\n"),
            ("application/jsonl", "{}\noops\n"),
            ("application/jsonl", ""),
            ("application/json", "{}"),
        ] {
            assert_eq!(stream_items(media, text), None, "{text}");
        }
    }
}
