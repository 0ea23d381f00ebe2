"""The articles that were read last."""

from pathlib import Path

import pytest

from reader.archive.article import Article
from reader.cli.articles import open_file
from reader.lean_dataclasses import replace
from reader.reading.reading_cache import ReadingCache, ReadingKey
from reader.settings.options import SourceBreaks
from reader.workers import parsing


@pytest.fixture
def article(tmp_path: Path) -> Article:
    path = tmp_path / "a.md"
    path.write_text("正文", encoding="utf-8")
    return open_file(path).article


def key(article: Article, stamp: tuple[int, int] | None = (1, 6)) -> ReadingKey:
    return ReadingKey(article, stamp, whole_page=False, breaks=SourceBreaks.AUTO)


def test_an_unchanged_article_is_not_read_again(article: Article) -> None:
    cache = ReadingCache()
    assert key(article) not in cache
    first = cache.read(key(article))
    article.path.unlink()
    assert key(article) in cache
    assert cache.read(key(article)) is first


@pytest.mark.parametrize("change", ["stamp", "title", "page", "breaks"])
def test_a_changed_article_is_read_again(article: Article, change: str) -> None:
    cache = ReadingCache()
    first = cache.read(key(article))
    changed = {
        "stamp": replace(key(article), stamp=(2, 6)),
        "title": replace(key(article), article=replace(article, title="新")),
        "page": replace(key(article), whole_page=True),
        "breaks": replace(key(article), breaks=SourceBreaks.KEEP),
    }
    assert cache.read(changed[change]) is not first


def test_large_files_and_earlier_articles_are_not_kept(article: Article) -> None:
    cache = ReadingCache()
    for stamp in (None, (1, 10_000_000)):
        cache.read(key(article, stamp))
        assert key(article, stamp) not in cache
    for number in range(9):
        cache.read(key(article, (number, 6)))
    assert [number for number in range(9) if key(article, (number, 6)) in cache] == [6, 7, 8]


def test_the_article_that_was_opened_least_recently_is_dropped(article: Article) -> None:
    cache = ReadingCache()
    one, two, three, four = (key(article, (number, 6)) for number in range(4))
    for opened in (one, two, three, one, four):
        cache.read(opened)
    assert [opened in cache for opened in (one, two, three, four)] == [True, False, True, True]
    cache.keep(three, cache.read(three))
    cache.read(two)
    assert [opened in cache for opened in (one, two, three, four)] == [False, True, True, True]


def test_an_article_whose_parser_failed_is_parsed_again(article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError

    cache = ReadingCache()
    with monkeypatch.context() as failing:
        failing.setattr(parsing, "parse", broken)
        assert cache.read(key(article)).is_unparsed
    assert key(article) not in cache
    assert not cache.read(key(article)).is_unparsed
    assert key(article) in cache
