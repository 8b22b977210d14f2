//! What a run would write.

use std::io::Write;

use super::{Work, needed};
use crate::commands::rotate_key::journal::Goal;
use crate::commands::rotate_key::scene::Scene;

impl Work {
    /// Prints what would be done.
    pub(in crate::commands::rotate_key) fn tell(
        &self,
        scene: &Scene,
        out: &mut impl Write,
    ) -> std::io::Result<()> {
        let held = needed(scene);
        if held.is_new {
            writeln!(
                out,
                "would make a key, and keep it in {}",
                scene.key_file.path.display()
            )?;
        }
        if scene.to_be_kept().is_some() {
            writeln!(
                out,
                "would keep the cluster's key {} in {}",
                scene.leaving(),
                scene.key_file.path.display()
            )?;
        }
        for (cluster, index) in &self.lacking {
            let target = &scene.targets[*cluster];
            let of = target.cluster.of_several(scene.targets.len());
            writeln!(
                out,
                "would add it to Secret {}{of}",
                target.secrets[*index].place
            )?;
        }
        for config in &self.configs {
            let path = scene.repository.shown(&config.path);
            writeln!(out, "would change {path}: {}", self.for_whom())?;
        }
        for file in &self.files {
            let path = scene.repository.shown(&file.path);
            writeln!(out, "would encrypt {path} {}", self.for_whom())?;
        }
        for path in &self.kept {
            writeln!(
                out,
                "{path} keeps its data key: it has recipients of other kinds than age's"
            )?;
        }
        if scene.journal.goal != Goal::Both || scene.only_this_cluster {
            writeln!(
                out,
                "would take {} from the cluster once it has reconciled a revision without it",
                scene.leaving()
            )?;
        }
        out.flush()
    }
}
