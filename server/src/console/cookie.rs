//! The console's cookies: a session, a form token for those not signed in, a language.

use axum::http::{HeaderMap, HeaderValue, header};

/// The session's token.
pub(super) const SESSION: &str = "soban_session";
/// The form token of the login page.
pub(super) const FORM: &str = "soban_form";
/// `vi` or `en`.
pub(super) const LANGUAGE: &str = "soban_lang";

/// The value of a cookie that came.
pub(super) fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(known, _)| known.trim() == name).map(|(_, value)| value.trim())
}

/// A `Set-Cookie` header. Scripts cannot read it, other sites cannot cause it to be sent, and
/// behind a proxy it never travels in clear.
pub(super) fn set(name: &str, value: &str, seconds: i64, behind_proxy: bool) -> HeaderValue {
    let secure = if behind_proxy { "; Secure" } else { "" };
    let text =
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    // Names and values here are letters and digits.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// A `Set-Cookie` header that removes a cookie.
pub(super) fn clear(name: &str, behind_proxy: bool) -> HeaderValue {
    set(name, "", 0, behind_proxy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        let line = HeaderValue::from_static("a=1; xsoban_lang=no; soban_lang=en;b=2");
        headers.insert(header::COOKIE, line);
        assert_eq!(find(&headers, LANGUAGE), Some("en"));
        assert_eq!(find(&headers, SESSION), None);
    }

    #[test]
    fn cookies_are_secure_where_there_is_tls() {
        assert!(set(SESSION, "x", 1, true).to_str().unwrap().ends_with("; Secure"));
        assert!(!set(SESSION, "x", 1, false).to_str().unwrap().contains("Secure"));
    }
}
