//! Finds formulas in LaTeX and reads what can stand on a line of text: letters, signs, superscripts
//! and subscripts, and fractions with a slash. Other formulas are left as they are; none is run as
//! code.

use std::ops::Range;

use super::math_signs::{FUNCTIONS, sign, spaced};

/// The longest formula in bytes.
const LONGEST: usize = 1_000;
/// The deepest nesting of groups that is read.
const DEEPEST: usize = 12;

/// A piece of a formula that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Upright text: digits, signs, names of functions, words.
    Upright(String),
    /// A variable, set in italics.
    Letter(String),
    /// Bold letters.
    Bold(String),
    /// Superscript.
    Raised(Vec<Piece>),
    /// Subscript.
    Lowered(Vec<Piece>),
}

/// The place of a formula in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Formula {
    /// The whole formula, with its delimiters.
    pub(crate) range: Range<usize>,
    /// The LaTeX between the delimiters.
    pub(crate) inside: Range<usize>,
}

/// The delimiters of formulas, the longer ones first.
const MARKS: [(&str, &str); 6] = [
    ("$$", "$$"),
    ("\\\\(", "\\\\)"),
    ("\\\\[", "\\\\]"),
    ("\\(", "\\)"),
    ("\\[", "\\]"),
    ("$", "$"),
];

/// The formula that begins at the byte offset `place`, if one does.
pub(crate) fn at(text: &str, place: usize) -> Option<Formula> {
    let (open, close) = MARKS.into_iter().find(|(open, _)| text[place..].starts_with(open))?;
    let start = place + open.len();
    // A dollar in an address, or after a shell variable, opens no formula.
    let before = text[..place].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || "/?&=$@%".contains(c)) {
        return None;
    }
    let mut limit = (start + LONGEST).min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let ahead = &text[start..limit];
    let paragraph = ahead.find("\n\n").or_else(|| ahead.find("\n\r\n")).unwrap_or(ahead.len());
    let ahead = &ahead[..paragraph];
    let mut from = 0;
    while let Some(found) = ahead[from..].find(close) {
        let end = from + found;
        let inside = &ahead[..end];
        let then = text[start + end + close.len()..].chars().next();
        let escaped = inside.ends_with('\\') && !inside.ends_with("\\\\");
        let tight =
            !inside.starts_with(char::is_whitespace) && !inside.ends_with(char::is_whitespace);
        let dollar = open == "$";
        if escaped {
            from = end + close.len();
            continue;
        }
        // These are amounts of money, such as `$5 and $10`.
        if dollar && (!tight || then.is_some_and(|c| c.is_ascii_digit())) {
            return None;
        }
        let marked = dollar || open == "$$";
        return looks_like(inside, marked).then(|| Formula {
            range: place..start + end + close.len(),
            inside: start..start + end,
        });
    }
    None
}

/// Whether a text between delimiters looks like a formula rather than prose.
fn looks_like(text: &str, dollars: bool) -> bool {
    let text = text.trim();
    if text.is_empty() || text.contains('$') {
        return false;
    }
    let mut words = vec![];
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_alphabetic()) {
        let word: String = rest[at..].chars().take_while(|c| c.is_alphabetic()).collect();
        let command = rest[..at].ends_with('\\');
        rest = &rest[at + word.len()..];
        if command && word.starts_with("text") || word == "operatorname" || word == "mathrm" {
            rest = rest.find('}').map_or("", |end| &rest[end..]);
        } else if !command {
            words.push(word);
        }
    }
    let prose = words.iter().any(|word| word.chars().count() > 4)
        || words.iter().filter(|word| word.chars().count() > 2).count() > 1;
    let signs = text.contains(['\\', '^', '_', '=', '<', '>', '+', '{']);
    let short = dollars
        && text.chars().count() <= 8
        && text.chars().any(char::is_alphabetic)
        && words.iter().all(|word| word.chars().count() <= 2)
        && !text.contains([' ', '-', '–', '.', ';', ':']);
    (signs || short) && (!prose || text.contains('\\') && words.len() < 3)
}

/// Reads a formula. Returns `None` if it needs more than a line of text can show.
pub(crate) fn read(text: &str) -> Option<Vec<Piece>> {
    let mut reader = FormulaReader { rest: text.trim(), depth: 0, out: vec![] };
    reader.list(None)?;
    (!reader.out.is_empty()).then_some(reader.out)
}

struct FormulaReader<'t> {
    rest: &'t str,
    depth: usize,
    out: Vec<Piece>,
}

impl<'t> FormulaReader<'t> {
    /// Reads up to `end`, or to the end of the formula.
    fn list(&mut self, end: Option<char>) -> Option<()> {
        loop {
            self.rest = self.rest.trim_start();
            let Some(c) = self.rest.chars().next() else { return end.is_none().then_some(()) };
            if Some(c) == end {
                self.rest = &self.rest[c.len_utf8()..];
                return Some(());
            }
            self.atom()?;
        }
    }

    /// Reads one atom: a sign, a number, a group or a command.
    fn atom(&mut self) -> Option<()> {
        self.rest = self.rest.trim_start();
        let c = self.rest.chars().next()?;
        if c == '\\' {
            return self.command();
        }
        let number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        if c.is_ascii_digit() {
            let end = self.rest.find(|c| !number(c)).unwrap_or(self.rest.len());
            let number = self.rest[..end].trim_end_matches(['.', ',']);
            self.rest = &self.rest[number.len()..];
            self.upright(number);
            return Some(());
        }
        self.rest = &self.rest[c.len_utf8()..];
        match c {
            '{' => {
                let inner = self.inner(|reader| reader.list(Some('}')))?;
                self.out.extend(inner);
            }
            '^' | '_' => {
                let inner = self.inner(Self::atom)?;
                self.out.push(if c == '^' { Piece::Raised(inner) } else { Piece::Lowered(inner) });
            }
            '\'' => {
                let more = self.rest.len() - self.rest.trim_start_matches('\'').len();
                self.rest = &self.rest[more..];
                self.upright(&"′".repeat(more + 1));
            }
            '~' => self.upright("\u{a0}"),
            '-' => self.operator("−"),
            '*' => self.operator("∗"),
            '+' | '=' | '<' | '>' => self.operator(&c.to_string()),
            ',' | ';' => self.upright(&format!("{c} ")),
            '}' | '&' | '#' | '%' | '$' => return None,
            c if c.is_alphabetic() => self.out.push(Piece::Letter(c.into())),
            c if c.is_control() => return None,
            c => self.upright(&c.to_string()),
        }
        Some(())
    }

    /// The pieces that `read` adds, taken out of the formula.
    fn inner(&mut self, read: impl FnOnce(&mut Self) -> Option<()>) -> Option<Vec<Piece>> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.depth += 1;
        let before = std::mem::take(&mut self.out);
        read(self)?;
        self.depth -= 1;
        Some(std::mem::replace(&mut self.out, before))
    }

    fn upright(&mut self, text: &str) {
        match self.out.last_mut() {
            Some(Piece::Upright(last)) => last.push_str(text),
            _ => self.out.push(Piece::Upright(text.into())),
        }
    }

    /// Adds an operator, with blanks around it unless it is the sign of the operand after it.
    fn operator(&mut self, text: &str) {
        let opens = match self.out.last() {
            None => true,
            Some(Piece::Upright(last)) => last.ends_with([' ', '(', '[', '|']),
            Some(_) => false,
        };
        let blank = if opens || self.depth > 0 { "" } else { " " };
        self.upright(&format!("{blank}{text}{blank}"));
    }

    fn command(&mut self) -> Option<()> {
        let rest = &self.rest[1..];
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let length = letters.max(rest.chars().next().map_or(0, char::len_utf8));
        let name = &rest[..length];
        self.rest = &rest[length..];
        match name {
            "frac" | "dfrac" | "tfrac" => {
                let over = self.inner(Self::atom)?;
                let under = self.inner(Self::atom)?;
                self.enclosed(over);
                self.upright("/");
                self.enclosed(under);
            }
            "sqrt" => {
                if let Some(rest) = self.rest.strip_prefix('[') {
                    self.rest = rest;
                    let root = self.inner(|reader| reader.list(Some(']')))?;
                    self.out.push(Piece::Raised(root));
                }
                let inner = self.inner(Self::atom)?;
                self.upright("√");
                self.enclosed(inner);
            }
            "text" | "textrm" | "mathrm" | "operatorname" | "mbox" | "textit" | "mathsf" => {
                let words = self.words()?;
                self.upright(words);
            }
            "mathbf" | "textbf" | "boldsymbol" | "bm" => {
                let words = self.words()?;
                self.out.push(Piece::Bold(words.into()));
            }
            "mathbb" => {
                let sign = match self.words()? {
                    "R" => "ℝ",
                    "N" => "ℕ",
                    "Z" => "ℤ",
                    "Q" => "ℚ",
                    "C" => "ℂ",
                    _ => return None,
                };
                self.upright(sign);
            }
            "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "displaystyle" | "textstyle" => {
                // LaTeX writes a point for an invisible bracket.
                self.rest = self.rest.trim_start();
                if matches!(name, "left" | "right") {
                    self.rest = self.rest.strip_prefix('.').unwrap_or(self.rest);
                }
            }
            "," | ":" | ";" | " " | "quad" | "qquad" => self.upright(" "),
            "!" | "limits" | "nolimits" => {}
            "{" | "}" | "%" | "$" | "#" | "&" | "_" | "|" => self.upright(name),
            name if FUNCTIONS.contains(&name) => {
                let open = matches!(self.out.last(), Some(Piece::Letter(_)));
                self.upright(&format!("{}{name} ", if open { " " } else { "" }));
            }
            name => {
                let sign = sign(name)?;
                if spaced(name) {
                    self.operator(sign);
                } else if sign.chars().all(|c| c.is_lowercase()) {
                    self.out.push(Piece::Letter(sign.into()));
                } else {
                    self.upright(sign);
                }
            }
        }
        Some(())
    }

    /// Adds pieces, in brackets if there is more than one operand.
    fn enclosed(&mut self, inner: Vec<Piece>) {
        let sign = |c: char| !(c.is_alphanumeric() || ".,".contains(c));
        let compound = inner
            .iter()
            .filter(|piece| !matches!(piece, Piece::Raised(_) | Piece::Lowered(_)))
            .count()
            > 1
            || inner
                .iter()
                .any(|piece| matches!(piece, Piece::Upright(text) if text.contains(sign)));
        if compound {
            self.upright("(");
        }
        self.out.extend(inner);
        if compound {
            self.upright(")");
        }
    }

    /// Reads the words of a group unchanged.
    fn words(&mut self) -> Option<&'t str> {
        let inside = self.rest.trim_start().strip_prefix('{')?;
        let end = inside.find('}')?;
        let words = &inside[..end];
        self.rest = &inside[end + 1..];
        (!words.contains(['\\', '{', '$'])).then_some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Upright(text) => text.clone(),
                Piece::Letter(text) => format!("_{text}_"),
                Piece::Bold(text) => format!("**{text}**"),
                Piece::Raised(inner) => format!("^({})", shown(inner)),
                Piece::Lowered(inner) => format!("~({})", shown(inner)),
            })
            .collect()
    }

    #[test]
    fn formulas_are_read_as_far_as_a_line_shows_them() {
        for (written, line) in [
            ("E = mc^2", "_E_ = _m__c_^(2)"),
            ("H_2O", "_H_~(2)_O_"),
            ("10^{-3}", "10^(−3)"),
            ("x_{i+1}", "_x_~(_i_+1)"),
            ("-1 \\le x < 2.5", "−1 ≤ _x_ < 2.5"),
            ("\\frac{1}{2}", "1/2"),
            ("\\frac{a+b}{2c}", "(_a_+_b_)/(2_c_)"),
            ("\\sqrt{x^2 + 1}", "√(_x_^(2)+1)"),
            ("\\sin(\\alpha) \\times 3", "sin (_α_) × 3"),
            ("v = 5\\,\\text{km/h}", "_v_ = 5 km/h"),
            ("\\sum_{i=1}^n i", "∑~(_i_=1)^(_n_)_i_"),
            ("\\Delta f'(x)", "Δ_f_′(_x_)"),
            ("\\left( a \\right)", "(_a_)"),
            ("\\mathbf{F} \\in \\mathbb{R}", "**F** ∈ ℝ"),
        ] {
            assert_eq!(
                read(written).map(|pieces| shown(&pieces)).as_deref(),
                Some(line),
                "{written}"
            );
        }
        for unreadable in ["\\begin{matrix}1\\end{matrix}", "\\unheard{x}", "{x", "a & b", ""] {
            assert_eq!(read(unreadable), None, "{unreadable}");
        }
        assert_eq!(read(&"{".repeat(5000)), None);
    }

    #[test]
    fn money_and_prose_are_no_formulas() {
        let found = |text: &str| -> Vec<String> {
            let mut all = vec![];
            let mut here = 0;
            while let Some(next) = text[here..].find(['$', '\\']) {
                here += next;
                let rest = &text[here..];
                here = match at(text, here) {
                    Some(one) => {
                        all.push(text[one.inside].to_owned());
                        one.range.end
                    }
                    None if rest.starts_with('\\') => {
                        here + 1 + rest[1..].chars().next().map_or(0, char::len_utf8)
                    }
                    None => here + rest.len() - rest.trim_start_matches('$').len(),
                };
            }
            all
        };
        for (text, formulas) in [
            ("It costs $5 and $10.", &[][..]),
            ("It costs $5-$10, or $20 at most.", &[]),
            ("US$5 (about A$7) or $6", &[]),
            ("paid $12 million to the port; $x", &[]),
            ("\\$5 and \\$6^2$", &[]),
            ("an \\[escaped\\] bracket (\\(or two\\))", &[]),
            ("Let $x$ be $n+1$.", &["x", "n+1"]),
            ("$E = mc^2$ and $5 of money", &["E = mc^2"]),
            ("$$\na^2 + b^2 = c^2\n$$", &["\na^2 + b^2 = c^2\n"]),
            ("so \\(x_1\\) and \\[y = 2\\] and \\\\(z^2\\\\)", &["x_1", "y = 2", "z^2"]),
            ("$x\n\ny$", &[]),
            ("[a](https://a.example/?$x=1&$y=2) in $HOME:$PATH", &[]),
            ("$a_1 * b_1 * c$", &["a_1 * b_1 * c"]),
        ] {
            assert_eq!(found(text), formulas, "{text}");
        }
    }
}
