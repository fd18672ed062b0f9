//! Text in the forms of HTML, XML, JSON and addresses.

/// Escapes text for HTML and XML, in elements and in quoted attributes. Characters that neither allows
/// are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    escape_into(text, &mut out);
    out
}

/// The same, at the end of `out`.
pub(super) fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_forbidden(c) => {}
            c => out.push(c),
        }
    }
}

/// Text without the characters that XML and HTML forbid.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|c| !is_forbidden(*c)).collect()
}

/// Controls and non-characters (XML 1.0, section 2.2; HTML, section 13.2.2).
fn is_forbidden(c: char) -> bool {
    let low = matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}');
    low || matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// JSON for a `script` element: nothing in it can end the element.
pub(super) fn json_for_script(value: &serde_json::Value) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

/// A path as part of an address: what RFC 3986 does not leave unreserved is percent-encoded, but for
/// slashes.
pub(super) fn encode(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_what_it_stands_in() {
        assert_eq!(escape("<a href='x'>\u{1}&\"\u{ffff}"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
        let json = serde_json::json!({ "a": "</script><!--\u{2028}" });
        assert_eq!(json_for_script(&json), r#"{"a":"\u003c/script\u003e\u003c!--\u2028"}"#);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&json_for_script(&json)).unwrap(),
            json
        );
    }

    #[test]
    fn addresses_are_ascii() {
        assert_eq!(encode("2026-11-24/größe/"), "2026-11-24/gr%C3%B6%C3%9Fe/");
    }
}
