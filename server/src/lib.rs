//! The district server, its console and the command line.

pub mod store;
