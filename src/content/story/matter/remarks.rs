//! Finds values that YAML cuts off at a ` #`: YAML takes the rest for a comment, although the
//! writer meant text such as `Ship #1`.

use crate::diag::Code;
use std::ops::Range;

use crate::content::story::known;
use crate::content::syntax::scope::Scope;
use crate::content::syntax::tree::{Node, Value};

/// Reports values that are cut off.
pub(super) fn say(scope: &mut Scope<'_>, node: &Node) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries.iter().filter(|entry| !known::is_quiet(&entry.key)) {
                let after = entry.key_range.end + 1;
                match &entry.node.value {
                    Value::Null => say_remark(scope, "", after),
                    Value::Scalar(text) => scalar(scope, text, &entry.node.range),
                    _ => say(scope, &entry.node),
                }
            }
        }
        Value::List(items) => {
            let mut before = node.range.start;
            for item in items {
                let from = std::mem::replace(&mut before, item.range.end);
                match &item.value {
                    Value::Null => empty_item(scope, from..item.range.end),
                    Value::Scalar(text) => scalar(scope, text, &item.range),
                    _ => say(scope, item),
                }
            }
        }
        Value::Null | Value::Scalar(_) => {}
    }
}

/// Reports a list item that consists only of a comment. The parser places such an item where the
/// next one begins.
fn empty_item(scope: &mut Scope<'_>, around: Range<usize>) {
    let source = scope.source;
    let start = source[..around.start].rfind('\n').map_or(0, |n| n + 1);
    let mut at = start;
    for line in source[start..].split_inclusive('\n') {
        if at > around.end {
            return;
        }
        let inner = line.trim_start();
        if let Some(rest) =
            inner.strip_prefix("- ").filter(|rest| rest.trim_start().starts_with('#'))
            && scope.first(&format!("remark {at}"))
        {
            say_remark(scope, "", at + line.len() - rest.len());
        }
        at += line.len();
    }
}

fn scalar(scope: &mut Scope<'_>, text: &str, range: &Range<usize>) {
    let written = scope.source.get(range.clone()).unwrap_or_default();
    let truth = matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no");
    // Numbers, dates and truth values are complete without the rest.
    let words = text.contains(char::is_alphabetic) && !truth;
    if words && !written.starts_with(['"', '\'', '|', '>']) {
        say_remark(scope, text, range.end);
    }
}

/// Reports a comment that is probably meant as text: one with a number, or without a blank after
/// the `#`.
fn say_remark(scope: &mut Scope<'_>, text: &str, at: usize) {
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
        format!("YAML takes `{remark}` for a comment: this value is empty")
    } else {
        format!("YAML takes `{remark}` for a comment: the value ends before it")
    };
    scope
        .warning(Code::ValueCutOff, start..start + remark.len(), what)
        .add_hint("put the whole value between quotation marks; if it is a comment, write a space after the `#`");
}
