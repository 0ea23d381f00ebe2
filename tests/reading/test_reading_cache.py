"""The articles that were read last."""

from pathlib import Path

import pytest

from reader.archive.article import Article
from reader.cli.articles import open_file
from reader.lean_dataclasses import replace
from reader.reading.reading_cache import ReadingCache, ReadingKey
from reader.settings.options import SourceBreaks


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
