//! What one edition is made of once its stories are known: sections, order,
//! and the words its furniture prints.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::content::paper::Paper;
use crate::content::story::Story;
use crate::content::{LockFile, Rank};
use crate::words::{Words, long_date};

/// One edition of a paper.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The paper.
    pub paper: Paper,
    /// Its date.
    pub date: Option<Date>,
    /// Its stories, in the order of weight.
    pub stories: Vec<Story>,
    /// The priority of each story, 1 to 9.
    pub priorities: Vec<u8>,
    /// The titles of its sections, in the paper's order.
    pub sections: Vec<String>,
    /// The section of each story.
    pub section_of: Vec<u16>,
    /// The plans of the pages that are locked.
    pub lock: Option<LockFile>,
}

impl Edition {
    /// Puts stories in the order of weight and into sections. `ranks` gives each
    /// story's priority and place.
    pub fn new(paper: Paper, date: Option<Date>, stories: Vec<Story>, ranks: &[Rank]) -> Self {
        let mut ranked: Vec<_> = stories.into_iter().zip(ranks).collect();
        ranked.sort_by_key(|(_, rank)| rank.order);
        let priorities = ranked.iter().map(|(_, rank)| rank.priority).collect();
        let stories: Vec<Story> = ranked.into_iter().map(|(story, _)| story).collect();
        let (sections, section_of) = sections(&paper, &stories);
        Self { paper, date, stories, priorities, sections, section_of, lock: None }
    }

    /// Takes stories out.
    pub fn retain(&mut self, mut keep: impl FnMut(&Story) -> bool) {
        let kept: Vec<bool> = self.stories.iter().map(&mut keep).collect();
        let mut next = kept.iter().copied();
        self.stories.retain(|_| next.next().unwrap_or(true));
        let mut next = kept.iter().copied();
        self.priorities.retain(|_| next.next().unwrap_or(true));
        (self.sections, self.section_of) = sections(&self.paper, &self.stories);
    }

    /// The fixed words in the paper's language.
    pub fn words(&self) -> &'static Words {
        Words::of(&self.paper.lang)
    }

    /// The edition's title: the paper and the date.
    pub fn title(&self) -> String {
        match self.date {
            Some(date) => format!("{}, {}", self.paper.name, long_date(date, &self.paper.lang)),
            None => self.paper.name.clone(),
        }
    }

    /// The paper as a theme sees it.
    pub fn paper_data(&self) -> Value {
        let Paper { name, motto, lang, base_url, .. } = &self.paper;
        let primary = lang.split('-').next().unwrap_or(lang);
        let url = base_url.as_ref().map(|url| {
            url.trim_start_matches("https://").trim_start_matches("http://").to_string()
        });
        json!({ "name": name, "motto": motto, "lang": primary, "url": url })
    }

    /// The edition as a theme sees it.
    pub fn edition_data(&self) -> Value {
        let Paper { place, price, numbering, lang, .. } = &self.paper;
        let words = self.words();
        let number = numbering.as_ref().and_then(|numbering| {
            let (volume, number) = numbering.of(self.date);
            let volume = volume.map(|volume| format!("{} {volume}", words.volume));
            let number = number.map(|number| format!("{} {number}", words.number));
            let parts: Vec<String> = volume.into_iter().chain(number).collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        });
        json!({
            "place": place,
            "price": price,
            "number": number,
            "date-text": self.date.map(|date| long_date(date, lang)).unwrap_or_default(),
        })
    }

    /// The lines of the imprint; empty where the paper names nobody.
    pub fn imprint(&self) -> Vec<String> {
        let imprint = &self.paper.imprint;
        let words = self.words();
        let named =
            |word: &str, name: &Option<String>| name.as_ref().map(|name| format!("{word}: {name}"));
        [
            named(words.publisher, &imprint.publisher),
            named(words.editor, &imprint.editor),
            named(words.printer, &imprint.printer),
            imprint.address.clone(),
            imprint.contact.clone(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The sections' titles in order and each story's section: the paper's list
/// first, then others as stories name them, then those without a section.
fn sections(paper: &Paper, stories: &[Story]) -> (Vec<String>, Vec<u16>) {
    let mut names: Vec<String> = paper.sections.iter().map(|s| s.name.clone()).collect();
    let mut titles: Vec<String> = paper.sections.iter().map(|s| s.title.clone()).collect();
    let mut by_file: Vec<&Story> = stories.iter().collect();
    by_file.sort_by(|a, b| a.key.cmp(&b.key));
    for section in by_file.iter().filter_map(|story| story.section.as_ref()) {
        if !names.iter().any(|name| name.eq_ignore_ascii_case(section)) {
            names.push(section.clone());
            titles.push(section.clone());
        }
    }
    let named = names.len();
    let of = stories.iter().map(|story| {
        let find = |section: &String| names.iter().position(|n| n.eq_ignore_ascii_case(section));
        story.section.as_ref().and_then(find).unwrap_or(named) as u16
    });
    let of: Vec<u16> = of.collect();
    if of.contains(&(named as u16)) {
        titles.push(Words::of(&paper.lang).news.to_string());
    }
    (titles, of)
}
