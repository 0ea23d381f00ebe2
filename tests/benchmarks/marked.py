"""Marks databases of any size for the benchmarks."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import apsw
import pytest

from reader.archive.article import Article
from reader.document.anchor import Anchor
from reader.document.body import BodyFormat
from reader.document.document import Position, Range
from reader.index.index_file import index_path
from reader.marks.facade import Marks
from tests.articles import write_article
from tests.benchmarks.corpus import sentence

SENTENCES = 900
"""The number of sentences in a marked article, one per paragraph, each with a unique name."""


def write_marked(folder: Path, name: str) -> str:
    """Write an article whose sentences begin with a name and a number; return its title."""
    body = "\n".join(f"<p>{_said(name, number)}</p>" for number in range(SENTENCES))
    write_article(folder / f"{name}.md", f"Marked {name}", f"<div>{body}</div>")
    return f"Marked {name}"


def _said(name: str, number: int) -> str:
    return f"{name}{number:03} the harbour works by night!"


def articles_of(archive: Path, cache: Path) -> dict[str, Article]:
    """The articles of an indexed archive, by title."""
    connection = apsw.Connection(os.fspath(index_path(cache, archive, None)), flags=apsw.SQLITE_OPEN_READONLY)
    blank = Article("", archive, archive, "", None, "", (), (), "", BodyFormat.HTML, 1)
    rows: list[tuple[Any, ...]] = connection.execute("SELECT id, path, title FROM article").fetchall()
    return {title: replace(blank, id=one, path=archive / os.fsdecode(path), title=title) for one, path, title in rows}


def fill(store: Path, articles: Sequence[Article], count: int) -> None:
    """Fill a database with the same calls as the screen: highlights, a third of them with notes, and bookmarks.

    A tenth of the articles are starred, a third are read, and some are tagged or marked to be read later.
    """
    random = Random(1)  # noqa: S311 - not for cryptography
    sentences = [sentence(random) for _ in range(5_000)]
    with pytest.MonkeyPatch.context() as patch:
        # Test data needs to be synced to disk only once, at the end.
        patch.setattr("reader.marks.store_opening.SYNCHRONOUS", "off")
        marks = Marks(store)
        for number in range(count):
            article = articles[number % len(articles)]
            _mark(marks, article, random, sentences, number)
        for number, article in enumerate(articles):
            if number % 10 == 0:
                marks.articles.star(article, starred=True)
            if number % 3 == 0:
                marks.articles.mark_read(article, read=True)
            if number % 20 == 0:
                marks.articles.tag(article, [f"tag{number % 400}", "all"])
                marks.articles.keep_for_later(article, later=True)
        for number in range(700):
            marks.days.add(date(2025, 1, 1) + timedelta(days=number), 900, 12_000)
        marks.close()


def _mark(marks: Marks, article: Article, random: Random, sentences: Sequence[str], number: int) -> None:
    quotation = random.choice(sentences)
    place = Position(random.randrange(40), random.randrange(60))
    if number % 4 == 3:
        marks.bookmarks.add(article, place, quotation[:24], "一节", quotation[:40])
        return
    span = Range(place, Position(place.block, place.offset + len(quotation)))
    note = " ".join(random.choices(sentences, k=2)) if number % 3 == 0 else ""
    around = random.choice(sentences)[:32]
    marks.highlights.add(article, Anchor(span, quotation, around, around[::-1]), "一节", number % 4 + 1, note)


def highlight_every_other(store: Path, article: Article, name: str, count: int) -> None:
    """Highlight the sentences with even numbers, from the beginning of such an article on."""
    marks = Marks(store)
    for number in range(0, 2 * count, 2):
        said = _said(name, number)
        span = Range(Position(number, 0), Position(number, len(said)))
        around = (_said(name, one)[-32:] if one >= 0 else "" for one in (number - 1, number + 1))
        marks.highlights.add(article, Anchor(span, said, *around), "", number % 4 + 1)
    marks.close()


def open_first(store: Path, article: Article) -> None:
    """Let the next start open an article at its beginning."""
    marks = Marks(store)
    marks.articles.save_position(article, Position(0), 0)
    marks.close()
