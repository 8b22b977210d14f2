//! `validate` of a large cluster, beside `curl` that downloads the same lists whole.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use serde_json::json;
use tests::control_plane::{ControlPlane, Kubeconfig, User};
use tests::process::write_private;

use crate::measure::{Measured, compare, run};
use crate::programs::platform;
use crate::{Size, objects, table};

/// How often each is run.
const RUNS: usize = 5;

/// The most memory that is good enough, in bytes.
const MOST_MEMORY: u64 = 200_000_000;

pub(crate) fn measure(size: Size) {
    let cluster = Loaded::new(&objects::all(size));
    table::head(&format!(
        "validate of {} pods, {} custom resources",
        size.pods, size.customs
    ));
    let (ours, theirs) = cluster.compare("validate");
    table::time("time, beside curl of the same lists", ours, theirs, 1.0);
    table::size("memory, beside 200 MB", ours.memory, MOST_MEMORY);
}

/// A cluster with objects in it.
pub(crate) struct Loaded {
    plane: ControlPlane,
    user: User,
    folder: tempfile::TempDir,
    config: Kubeconfig,
}

impl Loaded {
    /// Starts an API server and fills it. To create an object and to tell its status are two requests, so the
    /// server keeps of each which field came with which (`managedFields`), as it does everywhere.
    pub(crate) fn new(objects: &[serde_json::Value]) -> Loaded {
        let plane = ControlPlane::fresh();
        let start = Instant::now();
        // A part at a time, for the helper keeps track of all that it is given.
        objects.chunks(2_000).for_each(|part| plane.apply(part));
        eprintln!(
            "loaded {} objects in {:.0?}",
            objects.len(),
            start.elapsed()
        );
        let user = plane.new_user();
        let all = json!([{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list"]}]);
        plane.grant(&user, &all);
        let config = Kubeconfig::new().context("load", &plane, &user);
        Loaded {
            plane,
            user,
            folder: tempfile::tempdir().unwrap(),
            config,
        }
    }

    /// What a verb takes, and what it takes curl to download the lists that it reads: whole, as JSON,
    /// uncompressed, all at once.
    pub(crate) fn compare(&self, verb: &str) -> (Measured, Measured) {
        self.run(verb);
        let lists: BTreeSet<String> = self
            .plane
            .requests_of(&self.user)
            .into_iter()
            .filter(|request| request.verb == "list")
            .map(|request| request.uri.split('?').next().unwrap_or_default().to_owned())
            .collect();
        let downloads = self.folder.path().join("curl");
        self.write_downloads(&downloads, &lists);
        let curl = || {
            let all_at_once = ["-Z", "--parallel-max", "100", "-s", "-K"];
            run(Command::new("curl").args(all_at_once).arg(&downloads))
        };
        compare(RUNS, || self.run(verb), curl)
    }

    /// What a verb takes, and what it takes a peer that finds the cluster by `KUBECONFIG`.
    pub(crate) fn compare_with(&self, verb: &str, peer: &mut Command) -> (Measured, Measured) {
        peer.env("KUBECONFIG", self.config.path());
        compare(RUNS, || self.run(verb), || run(peer))
    }

    fn run(&self, verb: &str) -> Measured {
        run(platform(&[verb, "--kubeconfig"]).arg(self.config.path()))
    }

    /// A configuration of curl: its command line is no place for a token.
    fn write_downloads(&self, path: &Path, lists: &BTreeSet<String>) {
        let mut text = format!(
            "header = \"Authorization: Bearer {}\"\ncacert = \"{}\"\n",
            self.user.token,
            self.plane.authority().display()
        );
        for list in lists {
            let server = self.plane.server();
            text += &format!("url = \"{server}{list}\"\noutput = \"/dev/null\"\n");
        }
        write_private(path, &text);
    }
}
