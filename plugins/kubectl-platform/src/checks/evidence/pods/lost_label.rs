//! Labels that no node has any more.

use shared::facts::View;
use shared::facts::kinds::node::Node;
use shared::facts::kinds::pod::PodSpec;
use shared::facts::text::Text;

/// The label that pods ask nodes for and that no node has, where the scheduler
/// says so of some: `disk=ssd`.
pub(super) fn lost_label(view: &View<'_>, spec: &PodSpec, words: &str) -> Option<String> {
    let is_told = words.contains("didn't match Pod's node affinity/selector");
    let nodes = view.all::<Node>();
    let has = |key: &str, value: &Text| {
        let mut nodes = nodes.iter();
        nodes.any(|node| node.metadata.labels.get(key) == Some(value))
    };
    let mut asked = spec.node_selector.iter();
    let lost = asked.find(|(key, value)| !has(key, value));
    let (key, value) = lost.filter(|_| is_told && !nodes.is_empty())?;
    Some(format!("{key}={value}"))
}
