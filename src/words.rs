//! The fixed words and the dates that pages print, in the paper's language. To add a language, add
//! its words to `LANGUAGES`.

use jiff::civil::Date;
use serde::Serialize;

/// The fixed words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Words {
    /// Before the authors of a story; may be empty.
    pub by: &'static str,
    /// Between the last two authors.
    pub last_author: &'static str,
    /// Before the number of the page on which a story continues.
    pub continued_on: &'static str,
    /// Before the number of the page from which a story continues.
    pub continued_from: &'static str,
    /// Above the list of inside stories on the front page.
    pub inside: &'static str,
    /// Before a correction.
    pub correction: &'static str,
    /// Before the number of an edition.
    pub number: &'static str,
    /// Before the volume.
    pub volume: &'static str,
    /// Before the name of the publisher.
    pub publisher: &'static str,
    /// Before the name of the editor.
    pub editor: &'static str,
    /// Before the name of the printer.
    pub printer: &'static str,
    /// The section of stories that name no section.
    pub news: &'static str,
    /// The name of the front page in the PDF's bookmarks.
    pub front: &'static str,
    /// Above the briefs.
    pub briefs: &'static str,
    /// Above the weather.
    pub weather: &'static str,
    /// Before the highest temperature.
    pub high: &'static str,
    /// Before the lowest temperature.
    pub low: &'static str,
    /// Before the number of a page.
    pub page: &'static str,
}

macro_rules! words {
    ($($lang:literal: $by:literal $and:literal $on:literal $from:literal $inside:literal
       $correction:literal $number:literal $volume:literal $publisher:literal $editor:literal
       $printer:literal $news:literal $front:literal $briefs:literal
       $weather:literal $high:literal $low:literal $page:literal;)*) => {
        &[$(($lang, Words {
            by: $by, last_author: $and, continued_on: $on, continued_from: $from,
            inside: $inside, correction: $correction, number: $number, volume: $volume,
            publisher: $publisher, editor: $editor, printer: $printer, news: $news,
            front: $front, briefs: $briefs,
            weather: $weather, high: $high, low: $low, page: $page,
        })),*]
    };
}

static LANGUAGES: &[(&str, Words)] = words![
    "en": "By" " and " "Continued on page" "From page" "Inside" "Correction" "No." "Vol."
        "Publisher" "Editor" "Printed by" "News" "Front page" "In brief"
        "Weather" "High" "Low" "Page";
    "de": "Von" " und " "Fortsetzung auf Seite" "Von Seite" "Inhalt" "Berichtigung" "Nr."
        "Jg." "Verlag" "Redaktion" "Druck" "Nachrichten" "Titelseite" "Kurz gemeldet"
        "Wetter" "Höchst" "Tiefst" "Seite";
    "fr": "Par" " et " "Suite page" "Suite de la page" "À l’intérieur" "Rectificatif" "Nº"
        "Vol." "Éditeur" "Rédaction" "Imprimerie" "Actualités" "Une" "En bref"
        "Météo" "Max." "Min." "Page";
    "es": "Por" " y " "Continúa en la página" "Viene de la página" "En el interior"
        "Corrección" "N.º" "Vol." "Edita" "Dirección" "Imprime" "Noticias" "Portada" "En breve"
        "El tiempo" "Máx." "Mín." "Página";
    "it": "Di" " e " "Continua a pagina" "Segue da pagina" "All’interno" "Rettifica" "N."
        "Anno" "Editore" "Direzione" "Stampa" "Notizie" "Prima pagina" "In breve"
        "Meteo" "Max" "Min" "Pagina";
    "pt": "Por" " e " "Continua na página" "Vem da página" "Nesta edição" "Correção" "N.º"
        "Vol." "Editora" "Redação" "Impressão" "Notícias" "Primeira página" "Breves"
        "O tempo" "Máx." "Mín." "Página";
    "nl": "Door" " en " "Vervolg op pagina" "Vervolg van pagina" "Binnenin" "Rectificatie"
        "Nr." "Jg." "Uitgever" "Redactie" "Druk" "Nieuws" "Voorpagina" "Kort nieuws"
        "Weer" "Max." "Min." "Pagina";
    "sv": "Av" " och " "Fortsättning på sidan" "Från sidan" "Inuti" "Rättelse" "Nr" "Årg."
        "Utgivare" "Redaktör" "Tryck" "Nyheter" "Förstasidan" "I korthet"
        "Väder" "Högst" "Lägst" "Sidan";
    "da": "Af" " og " "Fortsættes på side" "Fra side" "Indhold" "Rettelse" "Nr." "Årg."
        "Udgiver" "Redaktør" "Tryk" "Nyheder" "Forside" "Kort nyt"
        "Vejr" "Højest" "Lavest" "Side";
];

impl Words {
    /// The words of a language (BCP 47), or the English ones if there are none.
    pub(crate) fn for_language(lang: &str) -> &'static Self {
        Self::known(lang).unwrap_or(&LANGUAGES[0].1)
    }

    /// The words of a language, if there are any.
    pub(crate) fn known(lang: &str) -> Option<&'static Self> {
        let primary = lang.split(['-', '_']).next().unwrap_or(lang);
        let known = LANGUAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(primary));
        known.map(|(_, words)| words)
    }
}

/// A date in full, with the day of the week, as the language writes it.
pub(crate) fn long_date(date: Date, lang: &str) -> String {
    use icu::datetime::{DateTimeFormatter, fieldsets::YMDE};
    match (iso(date), DateTimeFormatter::try_new(locale_of(lang).into(), YMDE::long())) {
        (Some(iso), Ok(formatter)) => formatter.format(&iso).to_string(),
        _ => date.to_string(),
    }
}

/// Month and year of a date, as the language writes them.
pub(crate) fn month_text(date: Date, lang: &str) -> String {
    use icu::datetime::{DateTimeFormatter, fieldsets::YM};
    match (iso(date), DateTimeFormatter::try_new(locale_of(lang).into(), YM::long())) {
        (Some(iso), Ok(formatter)) => formatter.format(&iso).to_string(),
        _ => date.strftime("%Y-%m").to_string(),
    }
}

/// A range of days, as the language writes it. What both dates have in common appears once, as in
/// `23–29 November 2026`.
pub(crate) fn range_text(from: Date, to: Date, lang: &str) -> String {
    let (from, to) = (full_date(from, lang), full_date(to, lang));
    if from == to {
        return from;
    }
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split(' ').collect(), to.split(' ').collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    // At least one word of each date remains.
    let most = from.len().min(to.len()) - 1;
    let before = from.iter().zip(&to).take(most).take_while(same).count();
    let after = from.iter().rev().zip(to.iter().rev()).take(most - before).take_while(same).count();
    let middle = |words: &[&str]| words[before..words.len() - after].join(" ");
    let (first, last) = (middle(&from), middle(&to));
    let first = first.trim_end_matches(',');
    let dash = if first.contains(' ') || last.contains(' ') { " – " } else { "–" };
    let mut words: Vec<String> = from[..before].iter().map(|word| (*word).to_owned()).collect();
    words.push(format!("{first}{dash}{last}"));
    words.extend(from[from.len() - after..].iter().map(|word| (*word).to_owned()));
    words.join(" ")
}

/// A date in full, without the day of the week.
fn full_date(date: Date, lang: &str) -> String {
    use icu::datetime::{DateTimeFormatter, fieldsets::YMD};
    match (iso(date), DateTimeFormatter::try_new(locale_of(lang).into(), YMD::long())) {
        (Some(iso), Ok(formatter)) => formatter.format(&iso).to_string(),
        _ => date.to_string(),
    }
}

/// The day of the week, abbreviated and in full.
pub(crate) fn weekday_text(date: Date, lang: &str) -> (String, String) {
    use icu::datetime::{DateTimeFormatter, fieldsets::E};
    let text =
        |length: E| match (iso(date), DateTimeFormatter::try_new(locale_of(lang).into(), length)) {
            (Some(iso), Ok(formatter)) => formatter.format(&iso).to_string(),
            _ => date.strftime("%a").to_string(),
        };
    (text(E::short()), text(E::long()))
}

fn iso(date: Date) -> Option<icu::calendar::Date<icu::calendar::Iso>> {
    let (month, day) = (date.month() as u8, date.day() as u8);
    icu::calendar::Date::try_new_iso(i32::from(date.year()), month, day).ok()
}

fn locale_of(lang: &str) -> icu::locale::Locale {
    use icu::locale::{Locale, locale};
    // Plain `en` has the date in the British order, day first.
    let usual = locale!("en-GB");
    let found = lang.replace('_', "-").parse::<Locale>();
    let found = found.ok().filter(|_| !lang.eq_ignore_ascii_case("en"));
    found.filter(has_dates).unwrap_or(usual)
}

/// Whether ICU can write dates in a language. If it can't, it writes them as for an unknown
/// language.
fn has_dates(locale: &icu::locale::Locale) -> bool {
    use icu::datetime::{DateTimeFormatter, fieldsets::YMD};
    let day = iso(Date::constant(2026, 12, 1));
    let text = |locale: &icu::locale::Locale| {
        let formatter = DateTimeFormatter::try_new(locale.clone().into(), YMD::long()).ok()?;
        Some(formatter.format(day.as_ref()?).to_string())
    };
    text(locale).is_some_and(|own| text(&icu::locale::Locale::UNKNOWN).as_ref() != Some(&own))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ranges_say_once_what_is_the_same() {
        let (monday, sunday) = (date(2026, 11, 23), date(2026, 11, 29));
        let week = |lang: &str| range_text(monday, sunday, lang);
        assert_eq!(week("en"), "23–29 November 2026");
        assert_eq!(week("en-US"), "November 23–29, 2026");
        assert_eq!(week("de"), "23.–29. November 2026");
        assert_eq!(week("es"), "23–29 de noviembre de 2026");
        let (monday, sunday) = (date(2026, 11, 30), date(2026, 12, 6));
        assert_eq!(range_text(monday, sunday, "en"), "30 November – 6 December 2026");
        assert_eq!(range_text(monday, sunday, "en-US"), "November 30 – December 6, 2026");
        let (monday, sunday) = (date(2026, 12, 28), date(2027, 1, 3));
        assert_eq!(range_text(monday, sunday, "en"), "28 December 2026 – 3 January 2027");
    }

    #[test]
    fn dates_are_in_the_papers_language() {
        let day = date(2026, 11, 24);
        assert_eq!(long_date(day, "en"), "Tuesday, 24 November 2026");
        assert_eq!(long_date(day, "en-US"), "Tuesday, November 24, 2026");
        assert_eq!(long_date(day, "de"), "Dienstag, 24. November 2026");
        assert_eq!(long_date(day, "fr-CA"), "mardi 24 novembre 2026");
        assert_eq!(long_date(day, "pt-BR"), "terça-feira, 24 de novembro de 2026");
        assert_eq!(long_date(day, "en-x-town"), "Tuesday, November 24, 2026");
    }

    #[test]
    fn months_and_weekdays_are_too() {
        let day = date(2026, 11, 24);
        assert_eq!(month_text(day, "en"), "November 2026");
        assert_eq!(month_text(day, "de"), "November 2026");
        assert_eq!(weekday_text(day, "fr"), ("mar.".into(), "mardi".into()));
    }

    #[test]
    fn an_unknown_language_falls_back() {
        assert_eq!(Words::for_language("xx").by, "By");
        assert_eq!(Words::for_language("de-AT").by, "Von");
        assert!(Words::known("ca").is_none() && Words::known("pt-BR").is_some());
        // Languages that ICU can't write dates in get English dates.
        let day = date(2026, 12, 1);
        for lang in ["xx", "tlh", "enm", "no language"] {
            assert_eq!(long_date(day, lang), "Tuesday, 1 December 2026", "{lang}");
            assert_eq!(month_text(day, lang), "December 2026", "{lang}");
        }
    }
}
