//! The console's words in two languages, from Fluent files that are part of the program.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use soban_core::form::Language;

/// The words of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({})", self.language)
    }
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        static VI: OnceLock<Words> = OnceLock::new();
        static EN: OnceLock<Words> = OnceLock::new();
        match language {
            Language::Vi => {
                VI.get_or_init(|| Self::load(language, include_str!("../../labels/vi.ftl")))
            }
            Language::En => {
                EN.get_or_init(|| Self::load(language, include_str!("../../labels/en.ftl")))
            }
        }
    }

    /// Those of papers that leave the office.
    #[must_use]
    pub fn vietnamese() -> &'static Self {
        Self::of(Language::Vi)
    }

    fn load(language: Language, text: &str) -> Self {
        // Errors in the files are the tests' business; what does read is used.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(read, _)| read);
        let locale = language.to_string().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Marks around every argument would show up in copied text.
        bundle.set_use_isolating(false);
        drop(bundle.add_resource(resource));
        Self { language, bundle }
    }

    /// Which language it is.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The words of a key; the key itself where there are none.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The words of a key with one argument.
    #[must_use]
    pub fn with<'a>(&self, key: &str, name: &str, value: impl Into<FluentValue<'a>>) -> String {
        let mut args = FluentArgs::new();
        args.set(name.to_owned(), value);
        self.format(key, Some(&args))
    }

    /// The words of a key with several arguments.
    #[must_use]
    pub fn with_all(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let args: FluentArgs<'_> =
            values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.format(key, Some(&args))
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        match pattern {
            None => key.to_owned(),
            Some(pattern) => {
                self.bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fluent_syntax::ast::Entry;

    use super::*;

    fn keys(text: &str) -> BTreeSet<String> {
        let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|e| panic!("{:?}", e.1));
        let key = |entry: &Entry<&str>| match entry {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        };
        resource.body.iter().filter_map(key).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let vi = keys(include_str!("../../labels/vi.ftl"));
        let en = keys(include_str!("../../labels/en.ftl"));
        assert_eq!(vi, en);
    }

    #[test]
    fn every_key_that_a_page_uses_has_words() {
        let known = keys(include_str!("../../labels/vi.ftl"));
        let templates = include_dir::include_dir!("$CARGO_MANIFEST_DIR/templates");
        let mut used = 0;
        for file in templates.files() {
            let text = file.contents_utf8().unwrap();
            let calls = text.split("t(\"").skip(1).chain(text.split("with(\"").skip(1));
            for call in calls {
                let key = call.split('"').next().unwrap();
                assert!(known.contains(key), "{}: {key}", file.path().display());
                used += 1;
            }
        }
        assert!(used > 50);
    }

    #[test]
    fn numbers_choose_their_words() {
        let words = Words::of(Language::En);
        assert_eq!(words.with("days-ago", "count", 1), "1 day");
        assert_eq!(words.with("days-ago", "count", 3), "3 days");
        assert_eq!(Words::of(Language::Vi).with("days-ago", "count", 3), "3 ngày");
    }
}
