//! What may be decided on a card.

/// One thing that may be chosen.
#[derive(Debug, Clone)]
pub struct Radio {
    /// What is sent.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// Whose side it takes, for a screen too narrow for columns.
    pub whose: String,
    /// Whether it was chosen before.
    pub chosen: bool,
}

/// One option of a field.
#[derive(Debug, Clone)]
pub struct InputOption {
    /// What is sent.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// Whether it holds now.
    pub chosen: bool,
}

/// How a field is typed.
#[derive(Debug, Clone)]
pub enum Control {
    /// On one line.
    Line {
        /// What is there.
        text: String,
        /// What stands behind it.
        unit: String,
        /// Whether it is a number.
        number: bool,
    },
    /// On several lines.
    Long(String),
    /// One of these.
    One(Vec<InputOption>),
    /// Any of these.
    Many(Vec<InputOption>),
}

/// One field of what is typed instead.
#[derive(Debug, Clone)]
pub struct TypedField {
    /// What it is called in the form.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// How it is typed.
    pub control: Control,
    /// What is wrong with what was typed.
    pub problem: Option<String>,
}

/// What may be decided on a card.
#[derive(Debug, Clone)]
pub struct DecisionForm {
    /// What the records were when the page was made.
    pub state: String,
    /// One per column of the card; none if sides are not taken.
    pub columns: Vec<Radio>,
    /// What is chosen beside the sides.
    pub rest: Vec<Radio>,
    /// Something else is typed.
    pub other: Option<Radio>,
    /// What of.
    pub typed: Vec<TypedField>,
    /// Why.
    pub reason: String,
    /// Whether there must be a reason.
    pub needs_reason: bool,
    /// That nothing was chosen.
    pub take_problem: Option<String>,
    /// That no reason was given.
    pub reason_problem: Option<String>,
}
