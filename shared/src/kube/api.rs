//! Asking an API server: each question within its time limit, asked again where that may help.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ::kube::Client;
use ::kube::client::Body;
use http::{Request, StatusCode, header};
use tokio::time::{Instant, sleep, timeout};

use super::answer::{Setback, collect, retry_after};
use super::failing::status_refusal;
use super::lanes::Lanes;
use super::refusal::Refusal;

/// How often a question is asked again.
const RETRIES: u32 = 3;

/// How long to wait before the first retry; twice that before the next, and so on.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// A server that can be asked.
#[derive(Clone)]
pub struct Api {
    client: Client,
    server: String,
    limit: Duration,
    lanes: Lanes,
    pulse: Arc<Mutex<Pulse>>,
}

/// Whether the server is still answering.
struct Pulse {
    last_answer: Instant,
    /// When a question ran out of time that nothing was answered after.
    kept_waiting: Option<Instant>,
}

impl Api {
    /// A server of which each question must be answered within `limit`.
    pub(super) fn new(client: Client, lanes: Lanes, server: String, limit: Duration) -> Self {
        Self {
            client,
            server,
            limit,
            lanes,
            pulse: Arc::new(Mutex::new(Pulse {
                last_answer: Instant::now(),
                kept_waiting: None,
            })),
        }
    }

    /// The client below, for what is no mere reading.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// How long a question may take.
    pub(super) fn limit(&self) -> Duration {
        self.limit
    }

    /// The server's address, as it may be shown.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Gets what is at a path, in the first of the accepted formats that the server knows.
    ///
    /// # Errors
    /// What the server said instead, or why it said nothing.
    pub async fn get(&self, path: &str, accept: &str) -> Result<Vec<u8>, Refusal> {
        let asked = Instant::now();
        let _place = self.lanes.enter().await;
        if self.is_stuck_since(asked) {
            return Err(self.too_late());
        }
        let mut last = None;
        let answer = timeout(self.limit, self.ask(path, accept, &mut last)).await;
        let answer = answer.unwrap_or_else(|_| Err(last.unwrap_or_else(|| self.too_late())));
        self.note(&answer);
        answer
    }

    pub(super) fn too_late(&self) -> Refusal {
        Refusal::Timeout(format!("no answer within {:?}", self.limit))
    }

    /// A server that let a question time out and has answered none since will not answer those that waited for their
    /// turn meanwhile: they need not wait for their time limit too. What is asked later is asked.
    fn is_stuck_since(&self, asked: Instant) -> bool {
        let pulse = self.pulse.lock();
        pulse.is_ok_and(|pulse| {
            pulse.kept_waiting.is_some_and(|at| at > asked)
                && pulse.last_answer.elapsed() > self.limit
        })
    }

    fn note(&self, answer: &Result<Vec<u8>, Refusal>) {
        if let Ok(mut pulse) = self.pulse.lock() {
            match answer {
                Err(Refusal::Timeout(_)) => pulse.kept_waiting = Some(Instant::now()),
                Err(Refusal::Unreachable(_)) => {}
                _ => {
                    pulse.last_answer = Instant::now();
                    pulse.kept_waiting = None;
                }
            }
        }
    }

    /// Asks until there is an answer that asking again would not change.
    async fn ask(
        &self,
        path: &str,
        accept: &str,
        last: &mut Option<Refusal>,
    ) -> Result<Vec<u8>, Refusal> {
        let start = Instant::now();
        let mut wait = FIRST_WAIT;
        let mut left = RETRIES;
        loop {
            let setback = match self.ask_once(path, accept).await {
                Ok(body) => return Ok(body),
                Err(setback) => setback,
            };
            let pause = setback.retry_after.unwrap_or(wait);
            let is_in_time = start
                .elapsed()
                .checked_add(pause)
                .is_some_and(|end| end < self.limit);
            if left == 0 || !setback.may_pass || !is_in_time {
                return Err(setback.refusal);
            }
            *last = Some(setback.refusal);
            sleep(pause).await;
            left -= 1;
            wait *= 2;
        }
    }

    async fn ask_once(&self, path: &str, accept: &str) -> Result<Vec<u8>, Setback> {
        let request = Request::get(path)
            .header(header::ACCEPT, accept)
            .body(Body::empty())
            .map_err(|error| Setback::lasting(Refusal::Unreadable(error.to_string())))?;
        self.send(request).await
    }

    /// Sends a request that changes something: once, or again where the server says that it did not look at it.
    ///
    /// # Errors
    /// What the server said instead, or why it said nothing; then nobody knows whether it was done.
    pub(super) async fn change(
        &self,
        make: impl Fn() -> Result<Request<Body>, http::Error>,
    ) -> Result<Vec<u8>, Refusal> {
        let attempts = async {
            let mut left = RETRIES;
            loop {
                let request = make().map_err(|error| Refusal::Unreadable(error.to_string()))?;
                let setback = match self.send(request).await {
                    Ok(body) => return Ok(body),
                    Err(setback) => setback,
                };
                match setback.retry_after {
                    Some(pause) if left > 0 => sleep(pause).await,
                    _ => return Err(setback.refusal),
                }
                left -= 1;
            }
        };
        let answer = timeout(self.limit, attempts).await;
        answer.unwrap_or_else(|_| Err(self.too_late()))
    }

    async fn send(&self, request: Request<Body>) -> Result<Vec<u8>, Setback> {
        let response = self.client.send(request).await;
        let response = response.map_err(|error| Setback::of_sending(&error))?;
        let status = response.status();
        let retry_after = retry_after(&response);
        let body = collect(response).await;
        let body = body.map_err(|error| Setback::of_sending(&error))?;
        if status.is_success() {
            return Ok(body);
        }
        Err(Setback {
            refusal: status_refusal(status, &body),
            may_pass: status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error(),
            retry_after,
        })
    }
}
