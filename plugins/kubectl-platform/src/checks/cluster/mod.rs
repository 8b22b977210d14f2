//! The cluster itself: nodes, namespaces, the API, DNS.

checks!(
    "cluster":
    api_service_unavailable,
    dns_down,
    dns_service_missing,
    kubelet_version_skew,
    names_not_resolved,
    namespace_stuck,
    node_cordoned,
    node_not_ready,
    node_out_of_service,
    node_starts_no_pods,
    node_under_pressure,
    nodes_missing,
    version_below_expected,
);
