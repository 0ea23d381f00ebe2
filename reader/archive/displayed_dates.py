"""The date that a page displays near its headline without markup for dates, and the date in its URL."""

import re
from collections.abc import Iterator
from datetime import datetime

from reader.archive.character_references import unescaped
from reader.archive.dates import parse_date
from reader.regex import regex

_BEFORE, _AFTER = 1_500, 6_000
"""The distances before and after the headline, in characters, within which a date is searched."""
_MOST_BESIDE = 60
"""The maximum number of characters beside the date in its text: dates in longer texts are not the publication date."""
_MOST_OF_A_SENTENCE, _SENTENCE_ENDS = 8, ".!?。！？…"
"""The same maximum for a text that ends like a sentence, and the punctuation that ends sentences."""
_LONG, _LONG_TEXTS = 150, 2
"""The article begins at the second text of at least 150 characters: the first may be a standfirst."""
_TEXT = regex(r">([^<>]+)<")
_MONTHS = (
    "jan|january|januar|janvier|enero|ene|gennaio|gen|janeiro|januari",
    "feb|february|februar|f[ée]vrier|febrero|febbraio|fevereiro|februari",
    "mar|march|märz|maerz|mrz|mars|marzo|março|maart",
    "apr|april|avril|abril|aprile|abr",
    "may|mai|mayo|maggio|mag|maio|mei",
    "jun|june|juni|juin|junio|giugno|junho",
    "jul|july|juli|juillet|julio|luglio|julho",
    "aug|august|ao[ûu]t|agosto|ago|augustus",
    "sep|sept|september|septembre|septiembre|settembre|setembro",
    "oct|october|okt|oktober|octobre|octubre|ottobre|outubro",
    "nov|november|novembre|noviembre|novembro",
    "dec|december|dez|dezember|d[ée]cembre|diciembre|dic|dicembre|dezembro",
)
"""The names of months in English, German, French, Spanish, Italian, Portuguese and Dutch."""
_NAMED = rf"(?P<name>{'|'.join(_MONTHS)})"
_CLOCK = r"(?:\s*(?:[T,|·•/(–-]|um|at|à|a las|às|alle|ore)?\s*(?P<clock>\d{1,2}[:h]\d{2})(?!\d))?"
_DATES = tuple(
    regex(spelling + _CLOCK, re.IGNORECASE)
    for spelling in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-/.年년]\s?(?P<month>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})(?!\d)\s?[日일号]?",
        r"(?<![\d.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:19|20)\d\d)(?!\d|\.\d)",
        r"(?<![\d/])(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|er|º|st|nd|rd|th)?\s(?:de\s)?{_NAMED}\b\.?,?\s(?:del?\s)?(?P<year>(?:19|20)\d\d)(?!\d)",
        rf"\b{_NAMED}\b\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>(?:19|20)\d\d)(?!\d)",
    )
)
"""The spellings of dates; those with slashes only where day and month cannot be confused."""
_ADDRESS = regex(r"/((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")


def displayed_date(text: str, start: int, end: int) -> datetime | None:
    """Return the first date below a headline, or else the last one above it, that is not part of a sentence.

    `text` is HTML without scripts and style sheets; `start` and `end` are the offsets of the headline in it.
    """
    for said in _texts_before_article(text[end : end + _AFTER]):
        if date := _date_alone(said):
            return date
    above = _TEXT.findall(text[max(0, start - _BEFORE) : start])
    return next((date for said in reversed(above) if (date := _date_alone(_plain(said)))), None)


def date_in_address(address: str) -> datetime | None:
    """Return the date in the path of a URL, as in those of WordPress and many newspapers."""
    found = _ADDRESS.search(address.partition("?")[0])
    return parse_date("-".join(found.groups())) if found else None


def _texts_before_article(markup: str) -> Iterator[str]:
    long = 0
    for said in _TEXT.findall(markup):
        text = _plain(said)
        yield text
        long += len(text) >= _LONG
        if long == _LONG_TEXTS:
            return


def _plain(said: str) -> str:
    return " ".join(unescaped(said).split())


def _date_alone(said: str) -> datetime | None:
    for spelling in _DATES if any(map(str.isdigit, said)) else ():
        found = spelling.search(said)
        if found is not None:
            beside = len(said) - len(found[0])
            is_alone = beside <= (_MOST_OF_A_SENTENCE if said[-1] in _SENTENCE_ENDS else _MOST_BESIDE)
            return parse_date(_written(found)) if is_alone else None
    return None


def _written(found: re.Match[str]) -> str:
    part = found.groupdict()
    month = part.get("month") or str(_month(part["name"]))
    clock = (part["clock"] or "").lower().replace("h", ":")
    return f"{part['year']}-{int(month):02}-{int(part['day']):02} {clock}".strip()


def _month(name: str) -> int:
    # Not with `lower`, which keeps ſ and ı; the expressions match them as s and i.
    return next(number for number, names in enumerate(_MONTHS, 1) if re.fullmatch(names, name, re.IGNORECASE))
