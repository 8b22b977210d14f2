//! Reads the objects of all kinds that have no struct of their own.

use std::sync::Arc;

use futures::future::join_all;

use super::json_list::JsonList;
use super::part::{Part, gap_of};
use crate::facts::kinds::records;
use crate::facts::{Gap, Kind};
use crate::kube::{Api, Discovery, Refusal, Resource, list};
use crate::object::group_of;

/// Reads them all; what of them could not be read is named in the gap.
pub(super) async fn read(api: &Api, discovery: &Discovery) -> Result<Part, Refusal> {
    let places = places(discovery);
    let reads = places.iter().map(|place| read_one(api, place));
    let mut items = Vec::new();
    let mut gap = discovery.customs_gap(|group| !records::is_group(group));
    for read in join_all(reads).await {
        let part = read?;
        items.extend(part.items);
        gap = match (gap, part.gap) {
            // The gravest reason stands for all.
            (Some(one), Some(other)) if other.reason < one.reason => Some(other),
            (one, other) => one.or(other),
        };
    }
    Ok(Part { items, gap })
}

/// Where they are.
pub(super) fn places(discovery: &Discovery) -> Vec<Resource> {
    let all = discovery.customs().into_iter();
    all.filter(|place| !has_struct(place) && !is_record(place))
        .collect()
}

/// Reads those of one kind.
pub(super) async fn read_one(api: &Api, place: &Resource) -> Result<Part, Refusal> {
    let listed = list(api, &place.path(), "", &Arc::new(JsonList)).await;
    let gap = gap_of(listed.refusal)?.map(|gap| {
        let group = group_of(&place.api_version);
        let message = format!("{}.{group}: {}", place.plural, gap.message);
        Gap::new(gap.reason, message)
    });
    Ok(Part {
        items: listed.items,
        gap,
    })
}

fn has_struct(place: &Resource) -> bool {
    let group = group_of(&place.api_version);
    Kind::ALL.iter().any(|kind| {
        kind.plural() == place.plural && kind.apis().iter().any(|api| group_of(api) == group)
    })
}

fn is_record(place: &Resource) -> bool {
    records::is_kind(group_of(&place.api_version), &place.plural)
}
