//! How many questions are open at once: as many as the way to the server is worth.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};
use std::time::Duration;

use tokio::sync::{AcquireError, Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// How many there are. Each has a connection of its own, and a server lets a user ask only so much at a time.
const ALL: usize = 24;

/// How many there are to a server nearby, which answers the next question sooner than it encrypts one more connection.
const NEAR: usize = 6;

/// A server to which a connection takes less is near: of this, two handshakes compute the most.
const NEARBY: Duration = Duration::from_millis(8);

/// A question that waited for so long has others before it that are not answered soon.
const PATIENCE: Duration = Duration::from_millis(100);

/// The places of the questions that are open at once.
#[derive(Clone)]
pub(super) struct Lanes(Arc<Inner>);

struct Inner {
    free: Semaphore,
    first: Once,
    are_kept_back: AtomicBool,
}

impl Lanes {
    pub(super) fn new() -> Self {
        Self(Arc::new(Inner {
            free: Semaphore::new(ALL),
            first: Once::new(),
            are_kept_back: AtomicBool::new(false),
        }))
    }

    /// Hears how long a connection took, encryption and all. The first one says how far the server is.
    pub(super) fn connected(&self, within: Duration) {
        self.0.first.call_once(|| {
            if within < NEARBY {
                self.0.free.forget_permits(ALL - NEAR);
                self.0.are_kept_back.store(true, Ordering::Relaxed);
            }
        });
    }

    /// Waits for a place.
    pub(super) async fn enter(&self) -> Result<SemaphorePermit<'_>, AcquireError> {
        match timeout(PATIENCE, self.0.free.acquire()).await {
            Ok(place) => place,
            Err(_) => {
                self.widen();
                self.0.free.acquire().await
            }
        }
    }

    fn widen(&self) {
        if self.0.are_kept_back.swap(false, Ordering::Relaxed) {
            self.0.free.add_permits(ALL - NEAR);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(lanes: &Lanes) -> usize {
        lanes.0.free.available_permits()
    }

    #[test]
    fn the_first_connection_says_how_far_the_server_is() {
        let near = Lanes::new();
        near.connected(Duration::from_millis(2));
        assert_eq!(free(&near), NEAR);
        near.connected(Duration::from_millis(2));
        assert_eq!(free(&near), NEAR);

        let far = Lanes::new();
        far.connected(Duration::from_millis(30));
        far.connected(Duration::from_millis(2));
        assert_eq!(free(&far), ALL);
    }

    #[test]
    fn questions_that_hang_keep_no_others_from_being_asked() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        runtime.unwrap().block_on(async {
            let lanes = Lanes::new();
            lanes.connected(Duration::ZERO);
            let mut hanging = Vec::new();
            for _ in 0..NEAR {
                hanging.push(lanes.enter().await.unwrap());
            }
            let _next = lanes.enter().await.unwrap();
            assert_eq!(free(&lanes), ALL - NEAR - 1);
        });
    }
}
