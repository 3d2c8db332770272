//! A server on loopback that records what it is sent and answers what it was told, so that a client can be judged.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came over the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The method.
    pub method: String,
    /// The path, still percent-encoded.
    pub path: String,
    /// The query without `?`, still percent-encoded; nothing if there was no `?`.
    pub query: Option<String>,
    /// Names in small letters, in the order of the wire.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Seen {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }
}

/// What the server answers, call after call; the last answer repeats.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers beside `content-length`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A JSON answer.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        let headers = vec![("content-type".into(), "application/json".into())];
        Answer {
            status,
            headers,
            body: body.to_string().into_bytes(),
        }
    }
}

/// A running server. It ends with the test's process.
pub struct Judge {
    seen: Arc<Mutex<Vec<Seen>>>,
    url: String,
}

impl Judge {
    /// Starts a server that gives these answers in turn.
    pub fn answering(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let state = Arc::new(Mutex::new(answers.into_iter().rev().collect::<Vec<_>>()));
        let record = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (record, state) = (Arc::clone(&record), Arc::clone(&state));
                std::thread::spawn(move || serve(stream, &record, &state));
            }
        });
        Judge { seen, url }
    }

    /// The base URL, without a slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// All requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen
            .lock()
            .expect("no test panics while it holds the lock")
            .clone()
    }

    /// The only request so far.
    pub fn only(&self) -> Seen {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "exactly one request is expected");
        seen.remove(0)
    }
}

fn serve(stream: TcpStream, record: &Mutex<Vec<Seen>>, answers: &Mutex<Vec<Answer>>) {
    let mut writer = stream.try_clone().expect("a second handle");
    let mut reader = BufReader::new(stream);
    while let Some(seen) = read(&mut reader) {
        record.lock().expect("lock").push(seen);
        let answer = {
            let mut answers = answers.lock().expect("lock");
            match answers.len() {
                0 => Answer {
                    status: 500,
                    headers: Vec::new(),
                    body: Vec::new(),
                },
                1 => answers[0].clone(),
                _ => answers.pop().expect("two or more"),
            }
        };
        let mut head = format!("HTTP/1.1 {} -\r\n", answer.status);
        for (name, value) in &answer.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", answer.body.len()));
        if writer
            .write_all(head.as_bytes())
            .and_then(|()| writer.write_all(&answer.body))
            .is_err()
        {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let mut words = line.split_whitespace();
    let method = words.next()?.to_owned();
    let target = words.next()?.to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().expect("a length"));
    let chunked = headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = match chunked {
        true => read_chunks(reader)?,
        false => {
            let mut body = vec![0; length];
            reader.read_exact(&mut body).ok()?;
            body
        }
    };
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path.to_owned(), Some(query.to_owned())),
        None => (target, None),
    };
    Some(Seen {
        method,
        path,
        query,
        headers,
        body,
    })
}

/// A body in chunks (RFC 9112 section 7.1): each begins with its length in hexadecimal digits, and the last is empty.
fn read_chunks(reader: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let length = usize::from_str_radix(line.trim(), 16).expect("a length");
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}
