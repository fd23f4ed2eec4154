//! What people write on their phones.

use soban_core::base::RecordId;
use soban_core::form::Input;
use soban_core::phone::{NewRecord, PhoneError, RecordPatch, RecordView, Saved, Typed};
use soban_core::store::ListQuery;

use super::{Failure, World};

const DONORS: [&str; 5] = ["bà Mai", "ông Páo", "ông Tư", "bà Dín", "ông Cường"];
const DAYS: [&str; 3] = ["12/4/2012", "13/4/2012", "2/1/2013"];
const GIFT_FIELDS: [&str; 4] = ["note", "area", "what", "how_much"];
/// Every record of a world.
pub(super) const ALL: u32 = 10_000;

#[derive(Debug, Clone, Copy)]
enum Writing {
    Gift,
    Work,
    Edit,
    EditRow,
    AddRow,
    Void,
}

const WRITINGS: [(usize, Writing); 6] = [
    (22, Writing::Gift),
    (8, Writing::Work),
    (45, Writing::Edit),
    (8, Writing::EditRow),
    (9, Writing::AddRow),
    (8, Writing::Void),
];

impl World {
    /// A phone saves something.
    pub(super) fn write(&mut self, place: usize) -> Result<(), Failure> {
        let Some(writing) = self.rng.choose(&WRITINGS) else { return Ok(()) };
        let known = self.any_record(place)?;
        match (writing, known) {
            (Writing::Gift, _) | (_, None) => self.give(place),
            (Writing::Work, _) => self.build(place),
            (Writing::Void, Some(view)) => self.void(place, &view),
            // What is void is not changed any more.
            (_, Some(view)) if view.void.is_some() => self.give(place),
            (writing, Some(view)) => self.edit(place, &view, writing),
        }
    }

    fn any_record(&mut self, place: usize) -> Result<Option<RecordView>, Failure> {
        let query = ListQuery { limit: ALL, ..ListQuery::default() };
        let listed = self.site(place).phone().list(&query).map_err(|error| error.to_string())?;
        let Some(item) = self.rng.pick(&listed) else { return Ok(None) };
        let shown = self.site(place).phone().show(id_of(&item.id));
        shown.map(Some).map_err(|error| format!("phone {place} cannot show: {error}"))
    }

    /// A value that stands nowhere else, or now and then one that others write too.
    fn value(&mut self, owed: &mut Vec<String>) -> Input {
        if self.rng.chance(15) {
            return Input::Text("như nhau".to_owned());
        }
        let token = self.tokens.make();
        owed.push(token.clone());
        Input::Text(token)
    }

    fn some_of(&mut self, names: &[&str], owed: &mut Vec<String>) -> Typed {
        let mut typed = Typed::new();
        for _ in 0..=self.rng.below(2) {
            if let Some(name) = self.rng.pick(names).copied() {
                let value = self.value(owed);
                if let Some(Input::Text(before)) = typed.insert(name.to_owned(), value) {
                    owed.retain(|token| *token != before);
                }
            }
        }
        typed
    }

    fn row(&mut self, owed: &mut Vec<String>) -> (String, Typed) {
        ("work_day".to_owned(), self.some_of(&["subject", "days"], owed))
    }

    fn give(&mut self, place: usize) -> Result<(), Failure> {
        let mut owed = Vec::new();
        let mut fields = self.some_of(&GIFT_FIELDS, &mut owed);
        let donor = self.rng.pick(&DONORS).copied().unwrap_or_default();
        let day = self.rng.pick(&DAYS).copied().unwrap_or_default();
        fields.insert("donor".to_owned(), Input::Text(donor.to_owned()));
        fields.insert("given_on".to_owned(), Input::Text(day.to_owned()));
        if let Some(known) = self.any_record(place)?.filter(|view| view.form == "work") {
            fields.insert("work".to_owned(), Input::Text(known.id));
        }
        let rows = (0..self.rng.below(3)).map(|_| self.row(&mut owed)).collect();
        self.save(place, "gift", (fields, rows), owed)
    }

    fn build(&mut self, place: usize) -> Result<(), Failure> {
        let mut owed = Vec::new();
        let mut fields = self.some_of(&["place"], &mut owed);
        let name = self.rng.pick(&DONORS).copied().unwrap_or_default();
        fields.insert("name".to_owned(), Input::Text(format!("đường {name}")));
        self.save(place, "work", (fields, Vec::new()), owed)
    }

    fn save(
        &mut self,
        place: usize,
        form: &str,
        (fields, rows): (Typed, Vec<(String, Typed)>),
        owed: Vec<String>,
    ) -> Result<(), Failure> {
        let now = self.tick(place);
        let form = form.to_owned();
        let new = NewRecord { form, fields, rows, confirmed: true, ..NewRecord::default() };
        let saved = self.site(place).phone().save(&new, now);
        self.saved(place, "saves", saved, owed)
    }

    fn edit(&mut self, place: usize, view: &RecordView, writing: Writing) -> Result<(), Failure> {
        let mut owed = Vec::new();
        let mut patch = RecordPatch { confirmed: true, ..RecordPatch::new(id_of(&view.id)) };
        let open: Vec<&RecordView> = view.rows.iter().filter(|row| row.void.is_none()).collect();
        match (writing, self.rng.pick(&open)) {
            (Writing::AddRow, _) if view.form == "gift" => {
                patch.new_rows.push(self.row(&mut owed));
            }
            (Writing::EditRow, Some(row)) => {
                let (_, typed) = self.row(&mut owed);
                patch.rows.push((id_of(&row.id), typed));
            }
            _ if view.form == "gift" => patch.fields = self.some_of(&GIFT_FIELDS, &mut owed),
            _ => patch.fields = self.some_of(&["place"], &mut owed),
        }
        let now = self.tick(place);
        let saved = self.site(place).phone().edit(&patch, now);
        self.saved(place, "edits", saved, owed)
    }

    fn void(&mut self, place: usize, view: &RecordView) -> Result<(), Failure> {
        let token = self.tokens.make();
        let now = self.tick(place);
        let saved = self.site(place).phone().void(id_of(&view.id), Some(&view.state), &token, now);
        self.saved(place, "voids", saved, vec![token])
    }

    fn saved(
        &mut self,
        place: usize,
        what: &str,
        saved: Result<Saved, PhoneError>,
        owed: Vec<String>,
    ) -> Result<(), Failure> {
        let saved = saved.map_err(|error| format!("phone {place} {what} and may not: {error}"))?;
        let owed = if saved.entries == 0 { Vec::new() } else { owed };
        self.tell(format!("phone {place} {what} {} {owed:?}", saved.record));
        self.tokens.owe(place, owed);
        Ok(())
    }
}

pub(super) fn id_of(text: &str) -> RecordId {
    text.parse().expect("an id")
}
