//! Flux: sources, Kustomizations, HelmReleases, and the controllers behind them.

checks!("flux": kustomization_not_ready, source_not_ready);
