//! `soban phone list [FORM]`: records from the record table, the newest first.

use soban_core::base::Date;
use soban_core::phone::{ListItem, PhoneError};
use soban_core::store::ListQuery;

use super::print::Table;
use super::{Failure, Home, Output, Voice, refuse};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only this form's.
    form: Option<String>,
    /// Only what happened on or after this day.
    #[arg(long, value_parser = str::parse::<Date>)]
    from: Option<Date>,
    /// Only what happened on or before this day.
    #[arg(long, value_parser = str::parse::<Date>)]
    to: Option<Date>,
    /// Only what is contested.
    #[arg(long)]
    contested: bool,
    /// How many at the most.
    #[arg(long, default_value_t = 50)]
    limit: u32,
}

pub(super) fn run(args: &Args, home: &Home, output: &mut Output) -> Result<(), Failure> {
    let listed = items(args, home);
    let listed = listed.map_err(|error| refuse::phone(&home.phone, error, home.voice, output))?;
    tell(&listed, home.voice, output)
}

fn items(args: &Args, home: &Home) -> Result<Vec<ListItem>, PhoneError> {
    let mut query = ListQuery {
        from: args.from,
        to: args.to,
        contested: args.contested,
        limit: args.limit,
        ..ListQuery::default()
    };
    if let Some(name) = &args.form {
        let form = home.phone.pack().find_form_named(name);
        query.form = Some(form.ok_or_else(|| PhoneError::UnknownForm(name.clone()))?.no);
    }
    home.phone.list(&query)
}

/// One line a record: its day, what it is called, a few values, its id.
pub(super) fn tell(items: &[ListItem], voice: Voice, output: &mut Output) -> Result<(), Failure> {
    if voice.json {
        return items.iter().try_for_each(|item| output.json(item));
    }
    if items.is_empty() {
        return output.line(voice.say("Không có bản ghi nào.", "There are no records."));
    }
    let mut table = Table::default();
    for item in items {
        let day = item.occurred_on.as_deref().and_then(|day| day.parse::<Date>().ok());
        let day = day.map_or_else(String::new, Date::in_figures);
        table.row([day, item.title.clone(), marks(item, voice), item.id.clone()]);
    }
    table.print(output)
}

fn marks(item: &ListItem, voice: Voice) -> String {
    match (&item.void, item.contests) {
        (Some(_), _) => voice.say("đã hủy", "void").to_owned(),
        (None, 0) => String::new(),
        (None, open) => format!("{} ({open})", voice.say("đang xem xét", "under review")),
    }
}
