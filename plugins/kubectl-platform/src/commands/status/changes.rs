//! What has changed from one look to the next.

use std::collections::BTreeMap;

use shared::health::Status;
use shared::object::ObjectRef;
use shared::report::Skipped;
use shared::status::{Item, StatusReport};

/// The reason of an object that is gone.
const DELETED: &str = "Deleted";

/// What was last told of each object.
#[derive(Default)]
pub(super) struct Changes {
    told: BTreeMap<(Option<String>, ObjectRef), Item>,
    skipped: Vec<Skipped>,
}

impl Changes {
    /// The objects that are not as they were told of last, and those that are gone. That they grow
    /// older is no change.
    pub(super) fn take(&mut self, report: &StatusReport) -> Vec<Item> {
        let mut before = std::mem::take(&mut self.told);
        let mut changed = Vec::new();
        for item in &report.items {
            let key = (item.cluster.clone(), item.object.clone());
            if before.remove(&key).is_none_or(|last| !is_same(&last, item)) {
                changed.push(item.clone());
            }
            self.told.insert(key, item.clone());
        }
        changed.extend(before.into_values().map(|last| Item {
            status: Status::Terminating,
            reason: DELETED.to_owned(),
            message: String::new(),
            ..last
        }));
        changed
    }

    /// What could not be looked at, each told once.
    pub(super) fn take_skipped(&mut self, report: &StatusReport) -> Vec<Skipped> {
        let is_new = |skipped: &&Skipped| !self.skipped.contains(skipped);
        let new: Vec<Skipped> = report.skipped.iter().filter(is_new).cloned().collect();
        self.skipped.extend(new.iter().cloned());
        new
    }
}

fn is_same(one: &Item, other: &Item) -> bool {
    (one.status, &one.reason, &one.message) == (other.status, &other.reason, &other.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str, status: Status, age: &str) -> Item {
        Item {
            cluster: None,
            object: ObjectRef::new("v1", "Pod", "web", name),
            component: None,
            status,
            reason: String::new(),
            message: String::new(),
            age: Some(age.to_owned()),
            owner: None,
        }
    }

    fn told(changes: &mut Changes, items: &[Item]) -> Vec<(String, Status)> {
        let report = StatusReport::new(items.to_vec(), vec![]);
        let changed = changes.take(&report).into_iter();
        changed
            .map(|item| (item.object.name, item.status))
            .collect()
    }

    #[test]
    fn only_what_changes_is_told() {
        let mut changes = Changes::default();
        let (a, b) = (
            item("a", Status::Current, "1s"),
            item("b", Status::Failed, "1s"),
        );
        assert_eq!(told(&mut changes, &[a.clone(), b]).len(), 2);
        let b = item("b", Status::Current, "2s");
        let older = item("a", Status::Current, "2s");
        let changed = told(&mut changes, &[older.clone(), b]);
        assert_eq!(changed, [("b".to_owned(), Status::Current)]);
        let gone = told(&mut changes, std::slice::from_ref(&older));
        assert_eq!(gone, [("b".to_owned(), Status::Terminating)]);
        assert_eq!(told(&mut changes, &[older]), []);
    }
}
