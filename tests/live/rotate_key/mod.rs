//! `rotate-key`: a new key through both phases.

mod clusters;
mod desk;
mod emergency;
mod files;
mod keys;
mod phases;
mod readme;
mod reconciling;
mod refused;
mod suspended;
mod undone;

/// The Kustomization of a tree.
const APPS: &str = "\
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: NAMESPACE}
spec:
  interval: 1h
  path: ./gitops/apps
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
";

/// The file that it builds.
const REDIS: &str = "gitops/apps/redis/secret.enc.yaml";
