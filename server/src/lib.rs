//! The district server, its console and the command line.

pub mod accept;
pub mod access;
pub mod check;
pub mod cli;
pub mod clock;
pub mod conflict;
pub mod console;
pub mod decide;
pub mod demo;
pub mod enrol;
pub mod http;
pub mod keys;
pub mod link;
pub mod pack;
pub mod project;
pub mod quarantine;
pub mod random;
pub mod store;

/// Thousands of short-lived pieces a second, on threads that hand them to one another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(test)]
mod testing;
