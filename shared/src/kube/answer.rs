//! The answer to one request, or what stood in its way.

use std::time::Duration;

use ::kube::client::Body;
use http::{Response, header};
use http_body::Body as _;
use http_body_util::BodyExt;

use super::failing::send_refusal;
use super::refusal::Refusal;

/// A question that was not answered, and whether to ask it again.
pub(super) struct Setback {
    pub(super) refusal: Refusal,
    pub(super) may_pass: bool,
    /// When the server asks to come back.
    pub(super) retry_after: Option<Duration>,
}

impl Setback {
    /// One that asking again would not change.
    pub(super) fn lasting(refusal: Refusal) -> Self {
        Self {
            refusal,
            may_pass: false,
            retry_after: None,
        }
    }

    /// A connection that broke may hold the next time; one that was never made will not.
    pub(super) fn of_sending(error: &::kube::Error) -> Self {
        let refusal = send_refusal(error);
        Self {
            may_pass: matches!(refusal, Refusal::Unreadable(_)),
            refusal,
            retry_after: None,
        }
    }
}

/// When the server asks to come back.
pub(super) fn retry_after(response: &Response<Body>) -> Option<Duration> {
    let header = response.headers().get(header::RETRY_AFTER)?;
    let seconds = header.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// The longest body that room is made for before it is there.
const EXPECTED_AT_MOST: u64 = 64 << 20;

/// The whole body.
pub(super) async fn collect(response: Response<Body>) -> Result<Vec<u8>, ::kube::Error> {
    let mut body = response.into_body();
    let expected = body.size_hint().exact().unwrap_or_default();
    let expected = usize::try_from(expected.min(EXPECTED_AT_MOST)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(expected);
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data() {
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}
