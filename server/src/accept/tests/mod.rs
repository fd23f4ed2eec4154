//! What is taken, what is told, and what neither a lost reply nor a restored side loses.

mod bounds;
mod hostile;
mod phone;
mod restore;
pub(crate) mod stage;
mod take;
mod tell;
