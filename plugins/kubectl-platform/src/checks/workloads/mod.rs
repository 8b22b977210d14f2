//! Workloads: pods that do not run, and what they wait for.

checks!(
    "workloads":
    autoscaler_blind,
    config_gone,
    config_missing,
    container_not_created,
    crash_loop,
    cron_job_not_scheduled,
    evicted_again,
    image_not_pulled,
    init_stuck,
    job_failed,
    not_ready,
    out_of_memory,
    pod_failed,
    pods_not_created,
    short_of_replicas,
    stuck_terminating,
    unschedulable,
    volume_not_mounted,
);
