"""The byline below an article's title: author, date and length."""

from datetime import datetime
from typing import TYPE_CHECKING

from reader.archive.article import Article
from reader.archive.wall_clock import wall_clock
from reader.date_names import day_name, day_title
from reader.language import _, ngettext
from reader.layout.head import Head

if TYPE_CHECKING:
    from reader.document.length import Statistics
    from reader.reading.opened_article import Reading


def full_date(date: datetime) -> str:
    """Format a date and time, in the author's time zone if it is known, with the day of the week."""
    shown = wall_clock(date)
    # Exactly midnight means that the date has no time.
    if (shown.hour, shown.minute, shown.second) == (0, 0, 0):
        return day_title(shown)
    time = _("{weekday} {date} {time}")
    return time.format(weekday=day_name(shown), date=f"{shown:%Y-%m-%d}", time=f"{shown:%H:%M}")


def length(statistics: "Statistics") -> str:
    """Format the length of an article: in characters for Chinese, Japanese and Korean, otherwise in words."""
    count = statistics.characters + statistics.words
    if statistics.characters >= statistics.words:
        return ngettext("{count:,} character", "{count:,} characters", count).format(count=count)
    return ngettext("{count:,} word", "{count:,} words", count).format(count=count)


def byline(article: Article, statistics: "Statistics") -> str:
    """Format author, date, length and reading time, as far as they are known."""
    parts = [article.author]
    if article.date:
        parts.append(full_date(article.date))
    if statistics.characters + statistics.words:
        minutes = max(1, round(statistics.seconds / 60))
        parts += [length(statistics), _("{minutes} min").format(minutes=minutes)]
    return " · ".join(part for part in parts if part)


def head_of(reading: "Reading") -> Head:
    """The header of an article's page."""
    article = reading.article
    return Head(article.title, byline(article, reading.statistics), article.author)
