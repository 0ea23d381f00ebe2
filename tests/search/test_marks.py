"""Search for marks: states, notes, and the user's tags besides the articles' own."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.document.anchor import Anchor
from reader.document.document import Position, Range
from reader.finding.finder import Finder, ResultPage, SearchRequest
from reader.finding.marked import MarksCache
from reader.index.index import Index
from reader.indexing.update import UpdateOptions, update
from reader.marks.facade import Marks
from reader.search.federated import Search, Sort
from reader.search.query_compiler import MarkQuery, without_empty_words
from reader.search.query_parser import parse
from reader.search.query_tree import And, Field, Not, Or, QueryNode, Words
from tests.articles import write_article

NAMES = "abcdefgh"
NOTE = Anchor(Range(Position(0), Position(0, 2)), "灯塔", "", "照海")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Articles of one letter each; those up to d contain 灯塔, and every other one has its own tag."""
    folder = tmp_path_factory.mktemp("archive")
    for number, name in enumerate(NAMES):
        body = "<p>灯塔照海</p>" if name <= "d" else "<p>港口 x</p>"
        path = write_article(folder / f"{name}.md", name, body, day=number + 1)
        if number % 2:
            text = path.read_text(encoding="utf-8").replace("author:", "tags: [航线, Harbour]\nauthor:")
            path.write_text(text, encoding="utf-8")
    (archive,) = open_archives([folder])
    update(0, archive, str(folder.with_suffix(".db")), UpdateOptions(show_copies=True))
    return Index(archive, str(folder.with_suffix(".db")))


@pytest.fixture(scope="module")
def articles(index: Index) -> dict[str, Article]:
    search = Search([Index(index.archive, index.path)])
    found = {article.title: article for _hit, article in search.articles(search.everything())}
    search.close()
    assert "".join(sorted(found)) == NAMES
    return found


@pytest.fixture
def marks(articles: dict[str, Article]) -> Marks:
    return marked(articles)


def marked(articles: dict[str, Article]) -> Marks:
    """Some marks of some articles, in memory."""
    marks = Marks(None)
    marks.articles.star(articles["a"], starred=True)
    marks.articles.mark_read(articles["b"], read=True)
    marks.articles.mark_read(articles["e"], read=True)
    marks.articles.keep_for_later(articles["c"], later=True)
    marks.bookmarks.add(articles["d"], Position(0), "x")
    marks.highlights.add(articles["e"], NOTE, "", 1)
    marks.highlights.add(articles["f"], NOTE, "", 1, "要再读，Ｓea líne ⭐")
    marks.highlights.add(articles["a"], NOTE, "", 1, "再 x")
    marks.articles.tag(articles["g"], ["航线", "⭐", "to do"])
    marks.articles.tag(articles["b"], ["mine"])
    return marks


@pytest.fixture
def search(index: Index, marks: Marks) -> Iterator[Search]:
    memory = MarksCache(marks, texts=True)

    def asked(one: MarkQuery) -> set[str]:
        memory.catch_up()
        return set(memory.marked.ids(one))

    search = Search([Index(index.archive, index.path)], asked)
    yield search
    search.close()


def found(search: Search, query: str, sort: Sort = Sort.NEWEST) -> str:
    hits = search.find(parse(query), sort, most=1_000)
    titles = "".join(sorted(article.title for _hit, article in search.articles(hits)))
    assert search.count(parse(query)) == len(titles)
    return titles


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("is:starred", "a"),
        ("is:read", "be"),
        ("is:unread", "acdfgh"),
        ("is:later", "c"),
        ("是：稍后读", "c"),
        ("is:bookmarked", "d"),
        ("is:highlighted", "aef"),
        ("is:noted", "af"),
        ("is:划线 -is:笔记", "e"),
        ("灯塔 is:highlighted", "a"),
        ("灯塔 -is:highlighted", "bcd"),
        ("is:later OR is:starred OR 港口", "acefgh"),
        ("-(is:unread is:highlighted)", "bcdegh"),
        ("is:unread after:2021-11-05", "fgh"),
        ("note:再", "af"),
        ("note:sea", "f"),
        ('note:"sea line"', "f"),
        ("笔记：再 -note:x", "f"),
        ("note:灯塔", ""),
        ("note:⭐", "f"),
        ("note:，", "f"),
        ("note:。", ""),
        ("-note:再", "bcdegh"),
        ("note:再 OR is:later", "acf"),
        ("tag:航线", "bdfgh"),
        ("tag:航线 港口", "fgh"),
        ("tag:HARBOUR", "bdfh"),
        ("tag:mine", "b"),
        ('tag:"to do"', "g"),
        ("tag:⭐", "g"),
        ("-tag:⭐ 港口", "efh"),
        ("tag:⭐ OR tag:mine", "bg"),
        ("-tag:航线", "ace"),
        ("tag:航线 is:read", "b"),
        ("tag:nothing", ""),
        ("tag:。", ""),
    ],
)
def test_marks_can_be_queried_like_words(search: Search, query: str, titles: str) -> None:
    assert found(search, query) == titles
    assert found(search, query, Sort.BEST) == titles


def test_changes_are_found_at_once(search: Search, marks: Marks, articles: dict[str, Article]) -> None:
    assert found(search, "note:新") == ""
    made = marks.highlights.add(articles["h"], NOTE, "", 1, "新")
    assert found(search, "note:新") == "h"
    marks.highlights.change(made, note="旧")
    assert (found(search, "note:新"), found(search, "note:旧")) == ("", "h")
    marks.undo()
    assert found(search, "note:新") == "h"
    marks.articles.tag(articles["h"], ["新"])
    assert found(search, "tag:新 note:新") == "h"
    marks.articles.tag(articles["h"], [])
    assert found(search, "tag:新") == ""


def test_unsearchable_words_are_removed_except_where_they_are_compared_as_text() -> None:
    def mark(field: Field | None) -> Words:
        return Words("，", exact=False, field=field)

    for field in (None, *Field):
        kept = mark(field) if field in {Field.NOTE, Field.TAG, Field.LINK, Field.LINKED_BY, Field.URL} else None
        assert without_empty_words(mark(field)) == kept
        assert without_empty_words(Not(mark(field))) == (Not(kept) if kept else None)
    word = Words("灯塔", exact=False)
    assert without_empty_words(And((mark(None), word))) == word
    assert without_empty_words(Or((mark(Field.NOTE), word))) == Or((mark(Field.NOTE), word))
    assert without_empty_words(Words(" ", exact=False, field=Field.NOTE)) is None


def test_without_marks_nothing_is_marked(index: Index) -> None:
    search = Search([Index(index.archive, index.path)])
    assert found(search, "is:highlighted OR note:再 OR is:later") == ""
    assert found(search, "is:unread") == NAMES
    assert found(search, "tag:航线") == "bdfh"
    search.close()


@pytest.mark.parametrize("query", ["note:⭐", "note:再", "tag:⭐ 港口", "tag:⭐ OR note:，"])
def test_screen_finds_the_same_and_shows_excerpts(index: Index, marks: Marks, search: Search, query: str) -> None:
    finder = Finder([Index(index.archive, index.path)], MarksCache(marks, texts=True).marked.ids)
    pages: list[ResultPage] = []
    assert finder.ask(SearchRequest(query), pages.append)
    assert "".join(sorted(one.article.title for page in pages for one in page.found)) == found(search, query)
    assert finder.count(query) == (len(found(search, query)), 0)
    finder.close()


# Any query

KNOWN = {
    "is:read": "be",
    "is:unread": "acdfgh",
    "is:starred": "a",
    "is:later": "c",
    "is:highlighted": "aef",
    "is:noted": "af",
    "is:bookmarked": "d",
    "note:再": "af",
    "note:⭐": "f",
    "tag:航线": "bdfgh",
    "tag:⭐": "g",
    "tag:mine": "b",
    "灯塔": "abcd",
    "港口": "efgh",
    "after:2021-11-04": "defgh",
    "has:image": "",
}
"""The expected results of each part of a query."""

queries = st.recursive(
    st.sampled_from([*KNOWN]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        inner.map(lambda one: f"-({one})"),
    ),
    max_leaves=5,
)


def expected(node: QueryNode | None) -> set[str]:
    """The expected results of a query, computed from those of its parts."""
    match node:
        case And():
            return set.intersection(*map(expected, node.nodes))
        case Or():
            return set.union(*map(expected, node.nodes))
        case Not():
            return set(NAMES) - expected(node.node)
    return next(set(titles) for text, titles in KNOWN.items() if parse(text) == node)


@pytest.fixture(scope="module")
def everlasting(index: Index, articles: dict[str, Article]) -> Iterator[Search]:
    search = Search([Index(index.archive, index.path)], MarksCache(marked(articles), texts=True).marked.ids)
    yield search
    search.close()


@given(query=queries)
@settings(max_examples=80, deadline=None)
def test_results_of_any_query_follow_from_its_parts(everlasting: Search, query: str) -> None:
    node = parse(query)
    for sort in Sort:
        hits = everlasting.find(node, sort, most=1_000)
        assert {article.title for _hit, article in everlasting.articles(hits)} == expected(node)


def test_every_part_is_covered(everlasting: Search) -> None:
    for text, titles in KNOWN.items():
        assert found(everlasting, text) == titles
    for one, other in product(KNOWN, KNOWN):
        both = "".join(sorted(set(KNOWN[one]) & set(KNOWN[other])))
        assert found(everlasting, f"({one}) ({other})") == both
