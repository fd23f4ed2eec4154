//! The program's HTTP face: one page of routes, one file per handler.

mod body;
mod client;
mod device;
mod enrol;
mod front;
mod health;
mod metrics;
mod problem;
mod routes;
mod serve;
mod state;
mod sync;

pub(crate) use client::ClientAddress;
pub use problem::Problem;
pub use routes::app;
pub use serve::{Running, ServeError, start};
pub use state::{App, Options};

#[cfg(test)]
mod tests;
