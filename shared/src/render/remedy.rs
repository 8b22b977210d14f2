//! Whether a command to paste mends something, or only shows more.

/// What only shows, by program: the words that follow it.
const READING: &[(&str, &[&str])] = &[
    (
        "kubectl",
        &[
            "api-resources",
            "auth can-i",
            "describe",
            "diff",
            "events",
            "explain",
            "get",
            "logs",
            "rollout history",
            "rollout status",
            "top",
        ],
    ),
    (
        "flux",
        &[
            "build",
            "check",
            "diff",
            "events",
            "export",
            "get",
            "logs",
            "sops-age check",
            "stats",
            "trace",
            "tree",
        ],
    ),
    (
        "argocd",
        &["app diff", "app get", "app logs", "proj get", "repo list"],
    ),
    ("cmctl", &["status"]),
    ("git", &["log", "ls-files", "show", "status"]),
];

/// The word before a command: `look` where all it does is to show more, else `fix`.
pub(in crate::render) fn word(remedy: &str) -> &'static str {
    let steps = remedy.split(['|', ';', '&', '\n']);
    let mut steps = steps.map(str::trim).filter(|step| !step.is_empty());
    if !remedy.contains('>') && steps.all(only_shows) {
        "look"
    } else {
        "fix"
    }
}

/// A step that begins with a quoted word or an assignment is none that we write.
fn only_shows(step: &str) -> bool {
    let mut words = step.split_whitespace();
    let program = words.next();
    let mut verbs = Vec::new();
    while let Some(word) = words.next() {
        match word {
            "-n" | "--context" => _ = words.next(),
            option if option.starts_with('-') => {}
            verb => verbs.push(verb),
        }
    }
    let verbs = verbs.join(" ");
    let begins = |known: &&str| {
        let rest = verbs.strip_prefix(*known);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let mut known = READING.iter().filter(|(name, _)| Some(*name) == program);
    known.any(|(_, known)| known.iter().any(&begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_shows_is_no_fix() {
        for (remedy, expected) in [
            ("kubectl -n auth describe deployment authentik", "look"),
            ("kubectl get deployments,statefulsets -A", "look"),
            ("kubectl -n auth logs web --previous | head", "fix"),
            ("kubectl -n auth rollout restart deployment/web", "fix"),
            ("kubectl -n auth rollout status deployment/web", "look"),
            ("kubectl get nodes && kubectl top nodes", "look"),
            ("kubectl get nodes; kubectl uncordon k3s-1", "fix"),
            ("flux get kustomizations -n flux-system", "look"),
            ("flux sops-age check", "look"),
            ("flux sops-age rotate-key", "fix"),
            ("flux reconcile source git infra", "fix"),
            ("argocd app get argocd/web", "look"),
            ("argocd app sync argocd/web", "fix"),
            ("git rm --cached age.agekey", "fix"),
            ("kubectl getter", "fix"),
        ] {
            assert_eq!(word(remedy), expected, "{remedy}");
        }
    }
}
