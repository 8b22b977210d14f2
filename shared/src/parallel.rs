//! The same work on many things, side by side.

use std::sync::{Mutex, OnceLock, PoisonError, mpsc};
use std::thread;

/// How many workers the machine has room for. More of them than this would mostly wait for each other.
pub fn workers() -> usize {
    const MOST: usize = 8;
    static FOUND: OnceLock<usize> = OnceLock::new();
    let find = || thread::available_parallelism().map_or(1, |cores| cores.get().min(MOST));
    *FOUND.get_or_init(find)
}

/// What the work makes of each thing, in their order, done by so many workers at most: which is asked
/// only where there is more than one to do.
pub fn map<I, R>(
    all: I,
    workers: impl FnOnce() -> usize,
    work: impl Fn(I::Item) -> R + Sync,
) -> Vec<R>
where
    I: IntoIterator<IntoIter: ExactSizeIterator + Send>,
    R: Send,
{
    let all = all.into_iter();
    let workers = match all.len() {
        0 | 1 => 1,
        several => workers().min(several),
    };
    if workers < 2 {
        return all.map(work).collect();
    }
    let queue = Mutex::new(all.enumerate());
    let (sender, receiver) = mpsc::channel();
    let toil = |sender: mpsc::Sender<(usize, R)>| {
        while let Some((at, one)) = next(&queue) {
            // Nobody listens any more where another worker has panicked.
            let _ = sender.send((at, work(one)));
        }
    };
    thread::scope(|scope| {
        for _ in 1..workers {
            let (toil, sender) = (&toil, sender.clone());
            scope.spawn(move || toil(sender));
        }
        toil(sender);
    });
    let mut done: Vec<(usize, R)> = receiver.into_iter().collect();
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

/// Makes something of one thing after the other, and hands it on while the next is made.
pub fn relay<T, M: Send>(
    all: impl IntoIterator<Item = T>,
    make: impl Fn(T) -> M,
    hand_on: impl FnMut(M) + Send,
) {
    thread::scope(|scope| {
        let (sender, made) = mpsc::sync_channel(0);
        scope.spawn(move || made.into_iter().for_each(hand_on));
        for one in all {
            // Nobody listens any more where the other side has panicked.
            let _ = sender.send(make(one));
        }
    });
}

fn next<I: Iterator>(queue: &Mutex<I>) -> Option<I::Item> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_things() {
        // The first ones take longest, so that others end before them.
        let toil = |n: u64| {
            let rounds = (1000 - n) * 100;
            (0..rounds).fold(n * n, |square, _| std::hint::black_box(square))
        };
        for workers in [1, 2, 7] {
            let squares = map(0..1000_u64 as usize, || workers, |n| toil(n as u64));
            assert_eq!(squares, (0..1000_u64).map(|n| n * n).collect::<Vec<_>>());
        }
        assert!(map([0_u8; 0], || 4, |n| n).is_empty());
    }

    #[test]
    fn things_are_handed_on_in_their_order_beside_the_making() {
        let maker = thread::current().id();
        let mut handed_on = Vec::new();
        relay(
            0..100,
            |n| (n, thread::current().id()),
            |(n, made_by)| handed_on.push((n, made_by, thread::current().id())),
        );
        let numbers: Vec<i32> = handed_on.iter().map(|(n, ..)| *n).collect();
        assert_eq!(numbers, (0..100).collect::<Vec<_>>());
        assert!(
            handed_on
                .iter()
                .all(|(_, made_by, by)| *made_by == maker && *by != maker)
        );
    }
}
