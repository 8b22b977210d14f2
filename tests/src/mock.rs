//! A server that misbehaves as told, where a real API server would not.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

/// What a client asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// `GET`, or `CONNECT` where we are taken for a proxy.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The header's lines in lower case.
    pub headers: Vec<String>,
}

/// What it gets.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Status, more header lines, and the body.
    Plain(u16, Vec<&'static str>, String),
    /// A body of which the end is missing.
    Half(String),
    /// The same, where the length was not said before.
    HalfChunked(String),
    /// A body that goes on after this for as long as the client likes.
    Open(String),
    /// The connection is closed.
    Nothing,
    /// The connection stays open, but nothing comes.
    Silence,
    /// No HTTP at all.
    Noise(&'static str),
}

impl Answer {
    /// 200 and a JSON body.
    pub fn json(body: &Value) -> Answer {
        Answer::Plain(200, vec![], body.to_string())
    }

    /// An error as the API has it.
    pub fn error(status: u16, message: &str) -> Answer {
        let body = json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
            "message": message, "code": status,
        });
        Answer::Plain(status, vec![], body.to_string())
    }
}

/// A running server, which ends with the test process.
pub struct Mock {
    /// `http://127.0.0.1:PORT`
    pub server: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

type Answering = dyn Fn(&Asked, usize) -> Answer + Send + Sync;

impl Mock {
    /// Starts a server; `answer` is told how often the same was asked before.
    pub fn start(answer: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static) -> Mock {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, log): (Arc<Answering>, _) = (Arc::new(answer), asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (answer.clone(), log.clone());
                thread::spawn(move || serve(stream, &*answer, &log));
            }
        });
        Mock { server, asked }
    }

    /// All that was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, answer: &Answering, log: &Mutex<Vec<Asked>>) {
    let Ok(mut out) = stream.try_clone() else {
        return;
    };
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    while let Some(first) = lines.next() {
        let mut words = first.split(' ').map(str::to_owned);
        let asked = Asked {
            method: words.next().unwrap_or_default(),
            path: words.next().unwrap_or_default(),
            headers: lines
                .by_ref()
                .take_while(|line| !line.is_empty())
                .map(|line| line.to_lowercase())
                .collect(),
        };
        let before = {
            let mut log = log.lock().unwrap();
            let same = |one: &&Asked| (&one.method, &one.path) == (&asked.method, &asked.path);
            let before = log.iter().filter(same).count();
            log.push(asked.clone());
            before
        };
        if asked.method == "CONNECT" {
            // What goes through a proxy is answered by us as well.
            if out.write_all(b"HTTP/1.1 200 OK\r\n\r\n").is_err() {
                return;
            }
            continue;
        }
        if !write(&mut out, answer(&asked, before)) {
            return;
        }
    }
}

/// Tells whether the connection may go on.
fn write(out: &mut TcpStream, answer: Answer) -> bool {
    let text = match answer {
        Answer::Plain(status, headers, body) => {
            let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
            let length = body.len();
            let whole =
                format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n{headers}\r\n{body}");
            return out.write_all(whole.as_bytes()).is_ok();
        }
        Answer::Half(body) => {
            let (length, half) = (body.len(), &body[..body.len() / 2]);
            format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{half}")
        }
        Answer::HalfChunked(body) => {
            let half = &body[..body.len() / 2];
            format!(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{half}\r\n",
                half.len()
            )
        }
        Answer::Open(body) => {
            let first = format!(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n",
                body.len()
            );
            let _ = out.write_all(first.as_bytes());
            loop {
                thread::park();
            }
        }
        Answer::Noise(text) => text.to_owned(),
        Answer::Nothing => String::new(),
        Answer::Silence => loop {
            thread::park();
        },
    };
    // The client may have gone; either way this connection is over.
    let _ = out.write_all(text.as_bytes());
    false
}

/// Discovery, as an API server of today answers, of one group beside the core: the group's name, its version,
/// its kind and plural, and whether it is `Current` or `Stale`.
pub fn discovery(path: &str, group: [&str; 4], freshness: &str) -> Value {
    let [name, version, kind, plural] = group;
    let resource = |kind: &str, plural: &str| {
        json!({
            "resource": plural, "scope": "Namespaced", "verbs": ["get", "list", "watch"],
            "responseKind": {"group": "", "version": "", "kind": kind},
        })
    };
    let item = |name: &str, version: &str, resources: Vec<Value>, freshness: &str| json!({"metadata": {"name": name}, "versions": [{"version": version, "resources": resources, "freshness": freshness}]});
    let items = if path == "/api" {
        let core = [
            ("Pod", "pods"),
            ("Secret", "secrets"),
            ("Event", "events"),
            ("Service", "services"),
        ];
        let core = core.iter().map(|(kind, plural)| resource(kind, plural));
        vec![item("", "v1", core.collect(), "Current")]
    } else {
        let resources = match freshness {
            "Stale" => vec![],
            _ => vec![resource(kind, plural)],
        };
        vec![item(name, version, resources, freshness)]
    };
    json!({"kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "items": items})
}
