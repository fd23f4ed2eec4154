//! The tests that cross floors, in one binary: a test binary of its own per file would link the
//! server anew each time.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

mod arrival_orders;
mod arrival_tables;
mod automerge_js;
mod bad_packs;
mod card;
mod conflict_oracle;
mod decisions;
mod decisions_told;
mod district;
mod floors;
mod golden;
mod golden_story;
mod golden_wire;
mod late;
mod made_whole;
mod merge_laws;
mod numbers;
mod odk_scenarios;
mod oracle;
mod pack_skew;
mod pages;
mod phone_robustness;
mod phones;
mod quarantine;
mod restored;
mod rules_eval;
mod screens;
mod sheets;
mod skew_district;
mod wire;
mod wire_arbitrary;
mod world;
