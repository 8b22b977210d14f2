//! Flux: sources, Kustomizations, HelmReleases, and the controllers behind them.

checks!("flux":
    applied_object_gone,
    config_map_missing,
    controller_disk_full,
    controller_not_running,
    credentials_missing,
    dependency_loop,
    dependency_missing,
    helm_chart_not_ready,
    helm_release_not_ready,
    kind_not_served,
    kustomization_not_ready,
    namespace_missing,
    provider_missing,
    secret_missing,
    source_missing,
    source_not_ready,
    stale,
    suspended,
);
