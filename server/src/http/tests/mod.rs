//! The program as phones and watchers call it, without a port.

mod enrol;
mod general;
mod start;
mod sync;
