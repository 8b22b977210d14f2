//! `status` of 1,500 Flux objects, beside the raw lists.

use serde_json::Value;

use crate::live::Loaded;
use crate::measure::Measured;
use crate::{Size, objects, table};

/// What is added to the lists where `flux` is not at hand to be compared with, in seconds.
const ALLOWANCE: f64 = 0.05;

pub(crate) fn measure() {
    let size = Size {
        pods: 0,
        customs: 3_000,
    };
    let is_of_flux = |object: &Value| {
        let api = object["apiVersion"].as_str().unwrap_or_default();
        !api.contains('.') || api.contains(".toolkit.fluxcd.io/")
    };
    let all = objects::all(size).into_iter().filter(is_of_flux);
    let cluster = Loaded::new(&all.collect::<Vec<_>>());
    table::head("status of 1,500 Flux objects");
    let (ours, theirs) = cluster.compare("status");
    let beside = Measured {
        seconds: theirs.seconds + ALLOWANCE,
        ..theirs
    };
    table::time(
        "time, beside curl of the lists and 50 ms",
        ours,
        beside,
        1.0,
    );
}
