//! `--export`: the Secret for a pipe, where somebody else applies it.

use std::io::{IsTerminal, Write};

use shared::decryption;
use shared::failure::{Exit, Failure, Result};
use zeroize::Zeroizing;

use super::choose::{self, Key};
use super::plan::Plan;
use super::scene::Scene;
use super::{Bootstrap, advise};
use crate::arguments::Global;
use crate::io;
use crate::key_file;

impl Bootstrap {
    /// Keeps the key, writes the files, and prints the Secret; no cluster is asked.
    pub(super) fn export(&self, global: &Global) -> Result<Exit> {
        if std::io::stdout().is_terminal() {
            return Err(
                Failure::new("the private key would be shown on the terminal")
                    .hint("pipe it: flux sops-age bootstrap --export | kubectl apply -f -"),
            );
        }
        let mut scene = Scene::of_repository(self, global)?;
        let key = choose::key(self, &scene)?;
        scene.count_others_keys(&key.recipient());
        scene.tell_notes();
        let plan = Plan::of(self, &scene, &key)?;
        let mut err = std::io::stderr();
        plan.carry_out_without_cluster(&mut scene, &key, &mut err)?;
        io::print(self.manifest(&scene, &key).as_bytes())?;
        // Where nobody hears it, the work is done all the same.
        let _ = advise(&plan, &scene, &mut err).and_then(|()| err.flush());
        Ok(Exit::Passed)
    }

    fn manifest(&self, scene: &Scene, key: &Key) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        let place = &scene.place;
        if self.create_namespace {
            text.push_str(&format!(
                "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {}\n---\n",
                place.namespace
            ));
        }
        text.push_str(&format!(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: {}\n  namespace: {}\ntype: Opaque\nstringData:\n  {}: |\n",
            place.name,
            place.namespace,
            decryption::data_key(None, &key.recipient())
        ));
        let lines = key_file::entry(&key.identity, &format!("Secret {place}"));
        for line in lines.lines() {
            text.push_str("    ");
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}
