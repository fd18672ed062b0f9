//! The names of all that can be wrong.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($name:ident $text:literal $about:literal)*) => {
        /// A short stable name for tools of what is wrong, such as `unknown-key`.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Code {
            $(#[doc = $about] #[serde(rename = $text)] $name,)*
        }

        impl Code {
            /// All of them, by name.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// What it means, in a sentence or two.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$name => $about,)*
                }
            }
        }
    };
}

codes! {
    AdElsewhere "ad-elsewhere"
        "An advertisement stands on another page than the one it asks for, or on none."
    AliasClash "alias-clash"
        "Two pages of the web edition want the same address."
    AmbiguousDate "ambiguous-date"
        "A date such as `12/05/2026` can be read in two ways."
    BadAlias "bad-alias"
        "An older address of a story can't be one of this site."
    BadAuthors "bad-authors"
        "A file of authors can't be read."
    BadDate "bad-date"
        "A date or a time can't be read. The story is held back until it can."
    BadFrontMatter "bad-front-matter"
        "The front matter can't be read as YAML, TOML or JSON."
    BadLanguage "bad-language"
        "A language is named by no known tag."
    BadMark "bad-mark"
        "A key such as `draft` must be true or false. The story is held back until it is."
    BadPattern "bad-pattern"
        "What `--stories` was given is no pattern."
    BadPicture "bad-picture"
        "The file of an advertisement can't be printed."
    BadPin "bad-pin"
        "A pin names a story that can't be meant."
    BadSettings "bad-settings"
        "`paper.yaml`, `edition.yaml` or another file of settings can't be read."
    BadValue "bad-value"
        "A key has a value that it can't have."
    BlankPages "blank-pages"
        "Pages stay empty, because the number of pages was rounded up for the press."
    ConflictMarkers "conflict-markers"
        "A file still has the marks that Git leaves where two versions met."
    Contradiction "contradiction"
        "Two wishes of the editor can't both be kept."
    DeadLink "dead-link"
        "A link leads to nothing in this edition."
    DuplicateKey "duplicate-key"
        "A key is written twice."
    DuplicateNote "duplicate-note"
        "A note is defined twice."
    DuplicatePromo "duplicate-promo"
        "Two promos point to the same story."
    DuplicateSection "duplicate-section"
        "`paper.yaml` lists a section twice."
    EmbeddedPicture "embedded-picture"
        "A picture is written into the text as data instead of being named."
    EmptyNote "empty-note"
        "A note has no text."
    EmptyStory "empty-story"
        "A story has no text."
    EmptySubhead "empty-subhead"
        "A subhead has no letters that the faces can print."
    ExtraCells "extra-cells"
        "A row of a table has more cells than its head."
    FaintColour "faint-colour"
        "Two colours are too alike for text to be read on one of them."
    Formula "formula"
        "A formula is more than a line of type can show. It is printed as it is written."
    HiddenText "hidden-text"
        "A text is hidden on the site it was written for. It is left out."
    HtmlListing "html-listing"
        "Indented HTML is printed as a listing of tags."
    ImpossibleDate "impossible-date"
        "There is no such day."
    LateFrontMatter "late-front-matter"
        "The front matter doesn't begin in the first line, or its fences are unusual."
    LeftOutAttributes "left-out-attributes"
        "Attributes in braces say something that paper can't show."
    LeftOutElement "left-out-element"
        "An HTML element can't be shown on paper. It is left out."
    LeftOutTag "left-out-tag"
        "A tag of another program is left out."
    Lock "lock"
        "A locked page can't be kept."
    LockJump "lock-jump"
        "A story of a locked page goes on on another page than before."
    LongSubhead "long-subhead"
        "A subhead is as long as a paragraph. It is printed as one."
    LowResolution "low-resolution"
        "A picture has too few pixels for its place."
    MarkdownInHtml "markdown-in-html"
        "Lines of Markdown stand in an HTML element and are printed as they are written."
    MisplacedSettings "misplaced-settings"
        "A file of settings lies in the folder of a day, and its edition looks for it elsewhere."
    MissingAlt "missing-alt"
        "A picture or an advertisement has no alternative text."
    MissingKey "missing-key"
        "A key that is needed isn't there."
    MissingLetter "missing-letter"
        "No face has a letter. A box stands for it in print."
    MissingPicture "missing-picture"
        "There is no such picture."
    MissingSign "missing-sign"
        "No face has a sign. It is left out in print."
    NoDate "no-date"
        "A date is worked out by another program. The story has none from it."
    NoEdition "no-edition"
        "No edition has the date that was asked for."
    NoFences "no-fences"
        "Front matter stands without its fences."
    NoFolder "no-folder"
        "There is no such folder."
    NoHeadline "no-headline"
        "A story has no headline. Its file name stands in."
    NoName "no-name"
        "An author has no name."
    NoPage "no-page"
        "The edition has no page of that number."
    NoPicture "no-picture"
        "A key says something of a picture that the story doesn't have."
    NoPlace "no-place"
        "The theme has no place for a part of the front page."
    NoRoom "no-room"
        "A part of the front page has no room."
    NoStories "no-stories"
        "There is nothing to print."
    NoWords "no-words"
        "There are no words of the page in the paper's language."
    NotABrief "not-a-brief"
        "A story is too long or too rich for a brief. It is set as a story."
    NotUtf8 "not-utf-8"
        "A file isn't written in UTF-8."
    NoticeMark "notice-mark"
        "The marks of a notice at the beginning of a paragraph are not printed."
    OddTime "odd-time"
        "A date has a time that can't be read. Nothing depends on it."
    Overfull "overfull"
        "A word is wider than its column."
    Overprint "overprint"
        "Parts of the page's furniture touch. This is a fault of the program or the theme."
    PageDiffersFromPlan "page-differs-from-plan"
        "A story came out otherwise than planned, however plainly it was set. It is left out. This is a fault of the program or the theme."
    PageTooLow "page-too-low"
        "The page has too few rows for stories."
    Pdf "pdf"
        "The PDF can't be written."
    PdfAsPicture "pdf-as-picture"
        "An advertisement's PDF is printed as a picture."
    PictureBroken "picture-broken"
        "A picture's file is damaged."
    PictureCrop "picture-crop"
        "A crop lies outside of its picture."
    PictureElsewhere "picture-elsewhere"
        "A picture was found in another folder than the one named."
    PictureEmpty "picture-empty"
        "A picture has no width or no height."
    PictureFormat "picture-format"
        "A picture is of a kind that can't be read. It is left out."
    PictureLeftOut "picture-left-out"
        "A picture found no room beside its story."
    PictureName "picture-name"
        "A picture was found under a name that differs in capitals or accents."
    PictureNotWritten "picture-not-written"
        "A picture can't be written for the page. This is a fault of the program."
    PictureOutside "picture-outside"
        "A picture lies outside of the paper's folder."
    PictureTooLarge "picture-too-large"
        "A picture has too many pixels."
    PictureTruncated "picture-truncated"
        "A picture's file ends too early."
    PictureUnknownFormat "picture-unknown-format"
        "A file is no picture."
    PictureUnreadable "picture-unreadable"
        "A picture's file can't be opened."
    PictureUnsupported "picture-unsupported"
        "A picture's file uses a part of its format that can't be read."
    Pin "pin"
        "A pin was not kept."
    PromoOnFront "promo-on-front"
        "A promo points to a story that stands on the front page itself."
    RemotePicture "remote-picture"
        "A picture lies on the web. It is not fetched."
    SetAgain "set-again"
        "A story came out otherwise than planned and was set again in a plainer form. This is a fault of the program or the theme."
    SmallPicture "small-picture"
        "A picture is as small as an icon. It is left out."
    Stumbled "stumbled"
        "The preview stumbled. This is a fault of the program."
    Theme "theme"
        "The theme can't be used."
    ThemeKeys "theme-keys"
        "Keys of another program's theme are passed over."
    ThemeShare "theme-share"
        "The theme's picture for other people's pages can't be set."
    TooDeep "too-deep"
        "Lists, quotes or notes are nested too deep."
    TooLittleCopy "too-little-copy"
        "The stories don't fill the pages that were asked for."
    TooLong "too-long"
        "A text is too long for its place, or a story for the program."
    TooMuchCopy "too-much-copy"
        "The stories need more pages than were asked for."
    TooWide "too-wide"
        "A word is wider than its place."
    Typeset "typeset"
        "Typst or the theme can't set a text."
    UnclosedComment "unclosed-comment"
        "A comment is opened and never closed."
    UnclosedElement "unclosed-element"
        "An HTML element is opened and never closed."
    UnclosedFrontMatter "unclosed-front-matter"
        "The front matter is never closed."
    UnclosedListing "unclosed-listing"
        "A listing is opened and never closed."
    UnclosedPicture "unclosed-picture"
        "The address of a picture is never closed."
    UnclosedTag "unclosed-tag"
        "A tag is opened and never closed."
    UndefinedNote "undefined-note"
        "A mark points to a note that isn't there."
    UndefinedReference "undefined-reference"
        "A link points to an address that isn't defined."
    UnknownElement "unknown-element"
        "A word in angle brackets is no HTML element. It is printed as text."
    UnknownKey "unknown-key"
        "A key isn't known here. Nothing comes of it."
    UnknownSection "unknown-section"
        "`paper.yaml` doesn't list a story's section."
    UnknownStatus "unknown-status"
        "A story's `status` isn't known. The story is printed."
    UnknownStory "unknown-story"
        "A file of settings names a story that isn't there."
    Unreadable "unreadable"
        "A file can't be read."
    UnusedNote "unused-note"
        "Nothing refers to a note. It is printed as the last one."
    Unwritable "unwritable"
        "A file or folder can't be written."
    Usage "usage"
        "The command can't be carried out as it was given."
    UselessMark "useless-mark"
        "A mark of optional text has no text below it."
    ValueCutOff "value-cut-off"
        "YAML takes the end of a value for a remark."
    WebPicture "web-picture"
        "A picture can't be made for screens."
    WebSearch "web-search"
        "The index of the search can't be made. This is a fault of the program."
    WebTemplate "web-template"
        "A template of the web edition can't be used."
    WrongType "wrong-type"
        "A key has a value of the wrong kind, such as a list for a text."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// For tests and tools that know it by its name.
impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_docs_list_every_code() {
        let page = include_str!("../../docs/messages.md");
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
        let wanted: Vec<String> =
            Code::ALL.iter().map(|code| format!("| `{code}` | {} |", code.about())).collect();
        assert_eq!(rows, wanted);
        assert!(Code::ALL.is_sorted_by_key(|code| code.as_str()));
    }
}
