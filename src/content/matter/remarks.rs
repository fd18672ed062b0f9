//! Values of YAML that a ` #` cuts off: what stands behind it is a remark to YAML, though the
//! writer meant `Ship #1`.

use std::ops::Range;

use super::super::known;
use super::super::scope::Scope;
use super::super::tree::{Node, Value};

/// Says where a value is cut off.
pub(super) fn say(scope: &mut Scope<'_>, node: &Node) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries.iter().filter(|entry| !known::is_quiet(&entry.key)) {
                let after = entry.key_range.end + 1;
                match &entry.node.value {
                    Value::Null => one(scope, "", after),
                    Value::Scalar(text) => scalar(scope, text, &entry.node.range),
                    _ => say(scope, &entry.node),
                }
            }
        }
        Value::List(items) => {
            for item in items {
                match &item.value {
                    Value::Null => one(scope, "", item.range.start),
                    Value::Scalar(text) => scalar(scope, text, &item.range),
                    _ => say(scope, item),
                }
            }
        }
        Value::Null | Value::Scalar(_) => {}
    }
}

fn scalar(scope: &mut Scope<'_>, text: &str, range: &Range<usize>) {
    let written = scope.source.get(range.clone()).unwrap_or_default();
    let truth = matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no");
    // Numbers and dates are whole without what follows.
    let words = text.contains(char::is_alphabetic) && !truth;
    if words && !written.starts_with(['"', '\'', '|', '>']) {
        one(scope, text, range.end);
    }
}

/// A remark that begins without a blank, or with a number, was hardly meant as one.
fn one(scope: &mut Scope<'_>, text: &str, at: usize) {
    let line = scope.source.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let remark = line.trim_start();
    let Some(inside) = remark.strip_prefix('#') else { return };
    let first = inside.chars().next().unwrap_or(' ');
    let numbered = inside.trim_start().starts_with(|c: char| c.is_ascii_digit());
    if !(numbered || first.is_alphanumeric()) {
        return;
    }
    let start = at + line.len() - remark.len();
    let remark = remark.trim_end();
    let what = if text.is_empty() {
        format!("`{remark}` is a remark to YAML: this value is empty")
    } else {
        format!("`{remark}` is a remark to YAML: the value ends before it")
    };
    scope
        .warning("value-cut-off", start..start + remark.len(), what)
        .add_hint("put the whole value between quotation marks, or write a blank after the `#`");
}
