//! `/metrics` in Prometheus's text format. Counts only: nothing that names anyone.

use std::sync::{Arc, OnceLock};

use axum::extract::State;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use super::client::FromHere;
use super::{App, Problem};
use crate::store::{device, log};

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Installs the recorder; one per program.
pub(super) fn install() {
    HANDLE.get_or_init(|| PrometheusBuilder::new().install_recorder().ok());
}

/// For whoever watches this machine, from this machine.
pub(super) async fn metrics(
    State(app): State<Arc<App>>,
    FromHere(from_here): FromHere,
) -> Result<String, Problem> {
    if !from_here {
        return Err(Problem::unknown_address());
    }
    let (states, devices) =
        app.store.read(|db| Ok((log::count_by_state(db)?, device::count_devices(db)?)))?;
    let counters = app.projector.counters();
    let names = ["accepted", "released", "held", "quarantined", "sealed"];
    let mut text =
        HANDLE.get().and_then(Option::as_ref).map(PrometheusHandle::render).unwrap_or_default();
    text.push_str("# TYPE soban_log_entries gauge\n");
    for (name, count) in names.iter().zip(states) {
        text.push_str(&format!("soban_log_entries{{state=\"{name}\"}} {count}\n"));
    }
    text.push_str(&format!(
        "# TYPE soban_devices gauge\nsoban_devices {devices}\n\
         # TYPE soban_projected_total counter\n\
         soban_projected_total{{outcome=\"released\"}} {}\n\
         soban_projected_total{{outcome=\"held\"}} {}\n\
         soban_projected_total{{outcome=\"quarantined\"}} {}\n",
        counters.released, counters.held, counters.quarantined
    ));
    Ok(text)
}
