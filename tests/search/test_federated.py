"""Search, compared with a plain scan of the texts: the same articles, none missing, none extra."""

import os
import re
from random import Random
from typing import NamedTuple

import pytest

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.archive.scan import read_body, scan
from reader.document.text_folding import folded
from reader.index.index import Index
from reader.index.texts import plain_text
from reader.indexing.update import UpdateOptions, update
from reader.parse.parser import parse as parse_body
from reader.search.excerpt import excerpt, hits_pattern
from reader.search.federated import Hit, Search, Sort
from reader.search.query_parser import parse
from reader.search.query_tree import Words
from tests.benchmarks.corpus import write_corpus

HAN = re.compile("[\u4e00-\u9fff]{2,}")


class SampleArchive(NamedTuple):
    search: Search
    texts: dict[str, list[str]]
    """The folded title and leaves of each article, by path."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SampleArchive:
    folder = tmp_path_factory.mktemp("archive")
    write_corpus(folder / "a", 250, seed=3)
    (archive,) = open_archives([folder / "a"])
    index = os.fspath(folder / "index.db")
    update(0, archive, index, UpdateOptions(show_copies=True))
    texts = {}
    for article in scan([archive]):
        assert isinstance(article, Article)
        leaves = plain_text(parse_body(read_body(article)[0])).split("\0")
        lines = [line for leaf in [article.title, *leaves] for line in folded(leaf).split("\n")]
        texts[os.fspath(article.path)] = lines
    return SampleArchive(Search([Index(archive, index)]), texts)


def found(made: SampleArchive, query: str, sort: Sort = Sort.NEWEST) -> set[str]:
    hits = made.search.find(parse(query), sort, most=10_000)
    return {os.fspath(article.path) for _hit, article in made.search.articles(hits)}


def scanned(made: SampleArchive, needle: str) -> set[str]:
    return {path for path, lines in made.texts.items() if any(needle in line for line in lines)}


def needles(made: SampleArchive, count: int) -> list[str]:
    random = Random(1)  # noqa: S311 - the same words each time
    runs = [run for lines in made.texts.values() for line in lines for run in HAN.findall(line)]
    chosen = []
    for _ in range(count):
        run = random.choice(runs)
        length = min(random.randint(1, 8), len(run))
        start = random.randint(0, len(run) - length)
        chosen.append(run[start : start + length])
    return chosen


def test_hundreds_of_words_are_found_as_by_a_plain_scan(made: SampleArchive) -> None:
    for needle in needles(made, 400):
        assert found(made, f'"{needle}"') == scanned(made, needle), needle


def test_conjunction_disjunction_and_exclusion_are_set_operations(made: SampleArchive) -> None:
    chosen = needles(made, 120)
    everything = set(made.texts)
    for first, second in zip(chosen[::2], chosen[1::2], strict=True):
        one, other = scanned(made, first), scanned(made, second)
        assert found(made, f'"{first}" "{second}"') == one & other
        assert found(made, f'"{first}" OR "{second}"') == one | other
        assert found(made, f'"{first}" -"{second}"') == one - other
        assert found(made, f'-"{first}"') == everything - one
        assert found(made, f'"{first}" "{second}"', Sort.BEST) == one & other


def test_pages_are_consecutive(made: SampleArchive) -> None:
    node = parse("的")
    whole = made.search.all(node)
    for sort in Sort:
        paged: list[Hit] = []
        while page := made.search.find(node, sort, most=7, after=paged):
            paged += page
        assert {hit.key for hit in paged} == {hit.key for hit in whole}
        assert len(paged) == len(whole) == made.search.count(node)


def test_dates_and_lengths_limit_the_results(made: SampleArchive) -> None:
    days = "date:2021-03..2021-08"
    within = made.search.articles(made.search.all(parse(days)))
    assert within
    assert all(
        article.date is not None and "2021-03" <= f"{article.date.astimezone():%Y-%m}" <= "2021-08"
        for _hit, article in within
    )
    long = made.search.count(parse("len:>2000"))
    assert 0 < long < len(made.texts)
    assert long + made.search.count(parse("len:<=2000")) == len(made.texts)
    both = made.search.count(parse(f"{days} len:>2000"))
    assert made.search.count(parse(f"{days} OR len:>2000")) == len(within) + long - both


def test_word_of_only_punctuation_is_ignored(made: SampleArchive) -> None:
    assert found(made, '"！"') == set()
    assert found(made, '的 "！"') == found(made, "的")


def test_an_excerpt_shows_its_hits_and_counts_characters() -> None:
    text = "第一段很长，" * 30 + "\0图书馆开了门。" + "后面还有很多话，" * 30
    hits = hits_pattern([Words("图书馆", exact=False)])
    part = excerpt(text, hits, 40)
    assert len(part.text) <= 42
    assert [part.text[start:end] for start, end in part.hits] == ["图书馆"]
    assert part.text.startswith("…")
    assert part.text.endswith("…")
    assert excerpt("短。", hits, 40).text == "短。"
    assert excerpt("圖書館与图书馆", hits, 40).hits[-1] == (4, 7)
