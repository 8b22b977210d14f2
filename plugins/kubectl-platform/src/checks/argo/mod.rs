//! Argo CD: Applications, their projects, and the controllers behind them.

checks!("argo":
    application_unhealthy,
    comparison_failed,
    controller_not_running,
    kind_not_served,
    object_missing,
    out_of_sync,
    project_missing,
    repository_refused,
    sync_failed,
    sync_hangs,
);
