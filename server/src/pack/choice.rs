//! Lists of choices.

use std::collections::{BTreeMap, BTreeSet};

use soban_core::base::Date;
use soban_core::form::{ChoiceList, OptionDef};

use super::file::{name_of, read_name, stem};
use super::table::{At, Table};
use super::{Problems, Source, Unread, text};

/// All lists by their names.
pub(super) fn read_choices(
    source: &Source,
    unread: &mut Unread,
    problems: &Problems,
) -> BTreeMap<String, ChoiceList> {
    let mut lists = BTreeMap::new();
    for path in source.list("choices", "toml") {
        text::check_name((&path, 0), stem(&path), problems);
        match Table::read(source, &path, problems) {
            Some(table) => {
                lists.insert(stem(&path).to_owned(), read_list(table, &path, unread, problems));
            }
            None => {
                unread.lists.insert(stem(&path).to_owned());
            }
        }
    }
    lists
}

fn read_list(
    mut table: Table<'_>,
    path: &str,
    unread: &mut Unread,
    problems: &Problems,
) -> ChoiceList {
    table.require(&["name", "option"]);
    let list = read_name(&mut table, path, problems);
    let (mut codes, mut names) = (BTreeSet::new(), BTreeSet::new());
    let mut options = Vec::new();
    for mut table in table.tables("option") {
        table.require(&["code", "name"]);
        let place = (path, table.line);
        let (code, name) = (table.number::<u16>("code"), name_of(&mut table));
        if code.as_ref().is_some_and(|code| !codes.insert(code.value)) {
            problems.add(place, &name, "its code is used by another option");
        }
        if !name.is_empty() && !names.insert(name.clone()) {
            problems.add(place, &name, "its name is used by another option");
        }
        if !name.is_empty() {
            text::check_name(place, &name, problems);
        }
        let mut day = |key| {
            let read =
                |At { value, line }: At<String>| text::day((path, line), &name, &value, problems);
            table.text(key).and_then(read)
        };
        let (valid_from, valid_to): (Option<Date>, Option<Date>) =
            (day("valid_from"), day("valid_to"));
        if valid_from.zip(valid_to).is_some_and(|(from, to)| to < from) {
            problems.add(place, &name, "valid_to comes before valid_from");
        }
        table.end();
        match code {
            Some(code) => {
                options.push(OptionDef { code: code.value, name, valid_from, valid_to });
            }
            None => {
                unread.lists.insert(list.clone());
            }
        }
    }
    table.end();
    ChoiceList(options)
}
