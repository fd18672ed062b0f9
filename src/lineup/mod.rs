//! One edition when its stories are known: their order, its sections, and the words that its furniture
//! prints.

mod briefs;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::content::model::{Run, Story};
use crate::content::paper::{Ear, Ears, Forecast, Paper, Promo, Weather};
use crate::content::{Elsewhere, LockFile, Rank};
use crate::language::{primary, region};
use crate::names::key;
use crate::words::Words;

/// One edition of a paper.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The paper.
    pub paper: Paper,
    /// Its date.
    pub date: Option<Date>,
    /// Its stories, in the order of weight. A rail of briefs is one of them, with the rail's head as
    /// its headline.
    pub stories: Vec<Story>,
    /// The briefs of each story, in the order of weight; empty for a story that is no rail.
    pub briefs: Vec<Vec<Story>>,
    /// The priority of each story, 1 to 9; 1 is the highest.
    pub priorities: Vec<u8>,
    /// The titles of its sections, in the paper's order.
    pub sections: Vec<String>,
    /// The keys of the sections: all spellings of a section's name have the same key.
    pub section_keys: Vec<String>,
    /// The section of each story: its place in `sections`.
    pub section_of: Vec<u16>,
    /// The file with the plans of locked pages.
    pub lock: Option<LockFile>,
    /// The other editions that its stories link to.
    pub elsewhere: Vec<Arc<Elsewhere>>,
    /// The stories that were changed for print (letters that no face has, places to break), as they were
    /// written, by their keys.
    pub as_written: BTreeMap<String, Story>,
}

impl Edition {
    /// Puts stories in the order of weight and into sections. `ranks` has the priority and the place of
    /// each story.
    pub fn new(paper: Paper, date: Option<Date>, stories: Vec<Story>, ranks: &[Rank]) -> Self {
        let mut ranked: Vec<_> = stories.into_iter().zip(ranks).collect();
        ranked.sort_by_key(|(_, rank)| rank.order);
        let ranked = ranked.into_iter().map(|(story, rank)| (story, rank.priority)).collect();
        let mut edition = Self {
            paper,
            date,
            stories: vec![],
            briefs: vec![],
            priorities: vec![],
            sections: vec![],
            section_keys: vec![],
            section_of: vec![],
            lock: None,
            elsewhere: vec![],
            as_written: BTreeMap::new(),
        };
        for (story, briefs, priority) in briefs::gather(&edition.paper, ranked) {
            edition.stories.push(story);
            edition.briefs.push(briefs);
            edition.priorities.push(priority);
        }
        edition.sort_into_sections();
        edition
    }

    /// Keeps the stories and briefs that `keep` accepts. A rail without briefs goes too.
    pub fn retain(&mut self, mut keep: impl FnMut(&Story) -> bool) {
        let (stories, briefs) =
            (std::mem::take(&mut self.stories), std::mem::take(&mut self.briefs));
        let mut priorities = std::mem::take(&mut self.priorities).into_iter();
        for (story, mut briefs) in stories.into_iter().zip(briefs) {
            let kept = if briefs.is_empty() {
                keep(&story)
            } else {
                briefs.retain(&mut keep);
                !briefs.is_empty()
            };
            let priority = priorities.next().filter(|_| kept);
            if let Some(priority) = priority {
                self.stories.push(story);
                self.briefs.push(briefs);
                self.priorities.push(priority);
            }
        }
        self.sort_into_sections();
    }

    fn sort_into_sections(&mut self) {
        let written: Vec<&Story> = self.written().collect();
        let all = sections(&self.paper, &self.stories, &written);
        let of = |story: &Story| {
            let key = self.section_key(story);
            all.iter().position(|(known, _)| *known == key).unwrap_or(all.len()) as u16
        };
        self.section_of = self.stories.iter().map(of).collect();
        (self.section_keys, self.sections) = all.into_iter().unzip();
    }

    /// The key of a story's section; a story that names none belongs to the news.
    pub(crate) fn section_key(&self, story: &Story) -> String {
        key(story.section.as_deref().unwrap_or(self.words().news))
    }

    /// Whether one of its stories is a rail of briefs.
    pub(crate) fn is_rail(&self, story: usize) -> bool {
        self.briefs.get(story).is_some_and(|briefs| !briefs.is_empty())
    }

    /// The stories that somebody wrote: each rail is replaced by its briefs.
    pub(crate) fn written(&self) -> impl Iterator<Item = &Story> {
        self.stories
            .iter()
            .zip(&self.briefs)
            .flat_map(|(story, briefs)| briefs.iter().chain(briefs.is_empty().then_some(story)))
    }

    /// The same, to be changed.
    pub(crate) fn written_mut(&mut self) -> impl Iterator<Item = &mut Story> {
        self.stories.iter_mut().zip(&mut self.briefs).flat_map(|(story, briefs)| {
            let story = briefs.is_empty().then_some(story);
            briefs.iter_mut().chain(story)
        })
    }

    /// Everything that Typst sees as a file of its own, in the order of slots: the stories, then the
    /// briefs of all rails.
    pub(crate) fn slots(&self) -> impl Iterator<Item = &Story> {
        self.stories.iter().chain(self.briefs.iter().flatten())
    }

    /// The same, each story as it was written: browsers have faces for letters that print lacks.
    pub(crate) fn slots_as_written(&self) -> impl Iterator<Item = &Story> {
        self.slots().map(|story| self.as_written.get(&story.key).unwrap_or(story))
    }

    /// Calls `change` on everything that [`slots`](Self::slots) gives, to change it for print. Of what is
    /// changed, the first version is kept in `as_written`.
    pub(crate) fn change(&mut self, change: &mut dyn FnMut(&mut Story)) {
        let slots = self.stories.iter_mut().chain(self.briefs.iter_mut().flatten());
        for story in slots {
            let before = story.clone();
            change(story);
            if *story != before {
                self.as_written.entry(before.key.clone()).or_insert(before);
            }
        }
        // Pictures are not changed for print, only taken out: the printed story has the right ones.
        let slots = self.stories.iter().chain(self.briefs.iter().flatten());
        for story in slots {
            if let Some(written) = self.as_written.get_mut(&story.key) {
                written.pictures.clone_from(&story.pictures);
            }
        }
    }

    /// The slots of a rail's briefs.
    pub(crate) fn slots_of(&self, rail: usize) -> Range<usize> {
        let before: usize = self.briefs.iter().take(rail).map(Vec::len).sum();
        let first = self.stories.len() + before;
        first..first + self.briefs.get(rail).map_or(0, Vec::len)
    }

    /// The promos whose stories are in the edition, each with the number of that story; for a brief, that
    /// of its rail.
    pub fn promos(&self) -> impl Iterator<Item = (&Promo, usize)> {
        let item = |key: &str| {
            let all = self.stories.iter().zip(&self.briefs);
            let is = |story: &Story| story.key == key;
            all.enumerate()
                .find(|(_, (story, briefs))| is(story) || briefs.iter().any(is))
                .map(|(item, _)| item)
        };
        self.paper.promos.iter().filter_map(move |promo| Some((promo, item(&promo.story)?)))
    }

    /// The sections whose first page has a head of its own.
    pub fn fronts(&self) -> impl Iterator<Item = u16> {
        let fronts = self.paper.sections.iter().enumerate().filter(|(_, section)| section.front);
        fronts.map(|(section, _)| section as u16)
    }

    /// The texts of its furniture, to be changed.
    pub(crate) fn furniture_mut(&mut self) -> impl Iterator<Item = &mut Run> {
        let Paper { ears: Ears { left, right }, weather, promos, .. } = &mut self.paper;
        let ears = [left, right].into_iter().flatten();
        let ears = ears.flat_map(|Ear { title, text, .. }| [title, text].into_iter().flatten());
        let weather = weather.iter_mut().flat_map(|weather| {
            let Weather { place, summary, high, low, days, span: _ } = weather;
            let days = days.iter_mut().flat_map(|forecast| {
                let Forecast { day, summary, high, low } = forecast;
                [summary, high, low].into_iter().flatten().chain([day])
            });
            [place, summary, high, low].into_iter().flatten().chain(days)
        });
        let promos = promos.iter_mut().filter_map(|promo| promo.text.as_mut());
        ears.chain(weather).chain(promos)
    }

    /// The fixed words in the paper's language.
    pub fn words(&self) -> &'static Words {
        Words::for_language(&self.paper.lang)
    }

    /// The edition's title: the paper and the date.
    pub fn title(&self) -> String {
        match self.date {
            Some(_) => format!("{}, {}", self.paper.name, self.date_text()),
            None => self.paper.name.clone(),
        }
    }

    /// Its date in words: a day, the days of a week, or a month; empty without a date.
    pub(crate) fn date_text(&self) -> String {
        self.date_text_in(&self.paper.lang)
    }

    /// The same in a language.
    pub(crate) fn date_text_in(&self, lang: &str) -> String {
        self.date.map(|date| self.paper.every.text(date, lang)).unwrap_or_default()
    }

    /// The paper as a theme sees it.
    pub fn paper_data(&self) -> Value {
        let Paper { name, motto, lang, base_url, .. } = &self.paper;
        let url = base_url.as_ref().map(|url| {
            url.trim_start_matches("https://").trim_start_matches("http://").to_string()
        });
        json!({
            "name": name, "motto": motto, "lang": primary(lang), "region": region(lang), "url": url,
        })
    }

    /// The edition as a theme sees it.
    pub(crate) fn edition_data(&self) -> Value {
        let Paper { place, price, numbering, .. } = &self.paper;
        let words = self.words();
        let number = numbering.as_ref().and_then(|numbering| {
            let (volume, number) = numbering.number_on(self.date, self.paper.every);
            let volume = volume.map(|volume| format!("{} {volume}", words.volume));
            let number = number.map(|number| format!("{} {number}", words.number));
            let parts: Vec<String> = volume.into_iter().chain(number).collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        });
        json!({
            "place": place,
            "price": price,
            "number": number,
            "date-text": self.date_text(),
        })
    }

    /// The paper's own words that its pages print: name, motto, imprint, sections.
    pub(crate) fn own_words(&self) -> impl Iterator<Item = &str> {
        let Paper { name, motto, place, price, imprint, .. } = &self.paper;
        let imprint = [
            &imprint.publisher,
            &imprint.editor,
            &imprint.printer,
            &imprint.address,
            &imprint.contact,
        ];
        let single = [motto, place, price].into_iter().chain(imprint).flatten();
        let sections = self.sections.iter();
        [name].into_iter().chain(single).chain(sections).map(String::as_str)
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

/// The keys and titles of the sections in their order: those that the paper lists, then others that
/// stories name, then the one of stories that name none.
fn sections(paper: &Paper, stories: &[Story], written: &[&Story]) -> Vec<(String, String)> {
    let listed = paper.sections.iter();
    let mut all: Vec<(String, String)> =
        listed.map(|section| (key(&section.name), section.title.clone())).collect();
    let mut add = |name: &str| {
        let key = key(name);
        if all.iter().all(|(known, _)| *known != key) {
            all.push((key, name.to_owned()));
        }
    };
    let mut by_file: Vec<&Story> = written.to_vec();
    by_file.sort_by(|a, b| a.key.cmp(&b.key));
    by_file.iter().filter_map(|story| story.section.as_ref()).for_each(|name| add(name));
    if stories.iter().chain(written.iter().copied()).any(|story| story.section.is_none()) {
        add(Words::for_language(&paper.lang).news);
    }
    all
}
