//! What a violation says to the person in front of the screen, in their language.

use super::print::print_number;
use super::{InputError, Language, Pack, Violation, ViolationKind};
use crate::base::quantity;

impl Violation {
    /// One sentence that names the field and what is wrong with it.
    #[must_use]
    pub fn message(&self, pack: &Pack, language: Language) -> String {
        let form = pack.find_form(self.form);
        let field = form.and_then(|form| form.find_field_named(&self.field));
        let label = match (form, field) {
            (Some(form), Some(field)) => pack.field_label(language, form, field),
            _ => self.field.clone(),
        };
        if let (ViolationKind::Rule(rule), Some(form)) = (&self.kind, form) {
            let key = format!("form-{}-rule-{rule}", form.name);
            return pack.labels.get(language, &key).to_owned();
        }
        let number = |number: i64| match field {
            Some(field) => print_number(&field.kind, number),
            None => quantity::group(number),
        };
        match language {
            Language::Vi => in_vietnamese(&self.kind, &label, number),
            Language::En => in_english(&self.kind, &label, number),
        }
    }
}

fn in_vietnamese(kind: &ViolationKind, label: &str, number: impl Fn(i64) -> String) -> String {
    match kind {
        ViolationKind::UnknownForm => "Không có loại sổ này, hoặc không đặt ở đây được.".to_owned(),
        ViolationKind::UnknownField => format!("Mẫu ghi này không có mục “{label}”."),
        ViolationKind::Unreadable(error) => format!("{label}: {}", unreadable_vi(error)),
        ViolationKind::Required => format!("Chưa ghi: {label}."),
        ViolationKind::WrongType => format!("{label}: ghi không đúng kiểu."),
        ViolationKind::TooShort(least) => format!("{label}: ít nhất {} chữ.", number(*least)),
        ViolationKind::TooLong(most) => format!("{label}: nhiều nhất {} chữ.", number(*most)),
        ViolationKind::TooSmall(least) => format!("{label}: ít nhất {}.", number(*least)),
        ViolationKind::TooLarge(most) => format!("{label}: nhiều nhất {}.", number(*most)),
        ViolationKind::Unusual(usual) => {
            format!("{label}: hơn {}, nhiều hơn thường thấy. Ghi đúng chưa?", number(*usual))
        }
        ViolationKind::UnlikelyDate => format!("{label}: ngày này có đúng không?"),
        ViolationKind::NoSuchOption => format!("{label}: không có lựa chọn này vào ngày đó."),
        ViolationKind::Rule(rule) => rule.clone(),
    }
}

fn in_english(kind: &ViolationKind, label: &str, number: impl Fn(i64) -> String) -> String {
    match kind {
        ViolationKind::UnknownForm => "There is no such form, or it cannot stand here.".to_owned(),
        ViolationKind::UnknownField => format!("This form has no field “{label}”."),
        ViolationKind::Unreadable(error) => format!("{label}: {error}."),
        ViolationKind::Required => format!("Missing: {label}."),
        ViolationKind::WrongType => format!("{label}: this is of the wrong type."),
        ViolationKind::TooShort(least) => {
            format!("{label}: at least {} characters.", number(*least))
        }
        ViolationKind::TooLong(most) => format!("{label}: at most {} characters.", number(*most)),
        ViolationKind::TooSmall(least) => format!("{label}: at least {}.", number(*least)),
        ViolationKind::TooLarge(most) => format!("{label}: at most {}.", number(*most)),
        ViolationKind::Unusual(usual) => {
            format!("{label}: above {}, more than is usual. Is it right?", number(*usual))
        }
        ViolationKind::UnlikelyDate => format!("{label}: is this date right?"),
        ViolationKind::NoSuchOption => format!("{label}: there is no such option on that day."),
        ViolationKind::Rule(rule) => rule.clone(),
    }
}

fn unreadable_vi(error: &InputError) -> String {
    match error {
        InputError::Amount(error) => error.message_vi(),
        InputError::NotText => "cần ghi bằng chữ.".to_owned(),
        InputError::NotNumber => "cần ghi bằng số.".to_owned(),
        InputError::NotYesNo => "cần trả lời có hoặc không.".to_owned(),
        InputError::NotDate => "cần ghi ngày, ví dụ 15/5/2013.".to_owned(),
        InputError::NotMonth => "cần ghi tháng, ví dụ 4/2012.".to_owned(),
        InputError::NotTime => "cần ghi giờ, ví dụ 19:30.".to_owned(),
        InputError::NoOption(name) => format!("không có lựa chọn “{name}”."),
        InputError::NotReference => "không tìm thấy mục được nhắc tới.".to_owned(),
        InputError::NotPosition => "cần ghi vị trí, ví dụ 22.7654321, 104.1234567.".to_owned(),
        InputError::NotPhoto => "cần chọn ảnh.".to_owned(),
    }
}
