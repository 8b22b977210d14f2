//! `status` of 1,500 Flux objects, beside the raw lists, and beside `flux` where it is at hand.

use std::process::{Command, Stdio};

use serde_json::Value;

use crate::live::Loaded;
use crate::measure::Measured;
use crate::{Size, objects, table};

/// What is added to the lists, in seconds.
const ALLOWANCE: f64 = 0.05;

/// The part of the time of `flux` that is good enough.
const OF_FLUX: f64 = 1.0 / 3.0;

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
    if is_at_hand("flux") {
        let mut flux = Command::new("flux");
        let (ours, theirs) = cluster.compare_with("status", flux.args(["get", "all", "-A"]));
        table::time("time, beside flux get all -A", ours, theirs, OF_FLUX);
    }
}

fn is_at_hand(program: &str) -> bool {
    let mut command = Command::new(program);
    let command = command.arg("--version").stdin(Stdio::null());
    command.output().is_ok_and(|output| output.status.success())
}
