"""Many links at once: the same results as for each alone, with work that does not grow with their product."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.autolinks import addresses_in, with_addresses
from reader.document.blocks import Footnote, Footnotes, Inline, Paragraph, Span, SpanKind
from reader.document.document import Document, Position
from reader.document.find import DocumentSearch
from reader.linking import fragments, named_articles
from reader.linking.fragments import Fragments
from reader.linking.link_candidates import Candidate
from reader.linking.named_articles import MOST_RANKED, NamedArticles, names_of
from reader.parse.document_links import leaf_links
from tests.growth import assert_linear
from tests.linking.archives import linked

_PIECES = st.lists(st.sampled_from(["字 ", "http://a.org/b ", "www.a.org/c。", "x"]), max_size=12)
_KINDS = st.sampled_from([SpanKind.LINK, SpanKind.STRONG, SpanKind.CODE, SpanKind.IMAGE])


def nested(text: str, cuts: list[tuple[int, int, SpanKind]]) -> Inline:
    """A text with those of the spans that nest or are disjoint."""
    spans: list[Span] = []
    for first, second, kind in cuts:
        start, end = sorted((first % (len(text) + 1), second % (len(text) + 1)))
        if start < end and all(
            end <= one.start
            or one.end <= start
            or one.start <= start <= end <= one.end
            or start <= one.start <= one.end <= end
            for one in spans
        ):
            spans.append(Span(start, end, kind, "a.md"))
    return Inline(text, tuple(sorted(spans, key=lambda span: (span.start, -span.end))))


@given(_PIECES.map("".join), st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99), _KINDS), max_size=8))
def test_an_address_is_a_link_unless_it_overlaps_one(text: str, cuts: list[tuple[int, int, SpanKind]]) -> None:
    inline = nested(text, cuts)
    links = [span for span in inline.spans if span.kind is SpanKind.LINK]
    bare = [one for one in addresses_in(text) if not any(one[0] < span.end and span.start < one[1] for span in links)]
    places = leaf_links(Paragraph(inline))
    assert [(start, end, target) for start, end, target, is_picture in places if target != "a.md"] == bare
    assert len(places) == len(bare) + sum(span.kind in (SpanKind.LINK, SpanKind.IMAGE) for span in inline.spans)
    closed = [span for span in inline.spans if span.kind is not SpanKind.STRONG]
    added = {(span.start, span.end) for span in with_addresses(inline).spans} - {(s.start, s.end) for s in inline.spans}
    for start, end, _target in addresses_in(text):
        if not any(start < span.end and span.start < end for span in inline.spans):
            assert (start, end) in added
        if any(span.start <= start and end <= span.end for span in closed):
            assert (start, end) not in added


def test_links_and_addresses_of_one_paragraph_take_linear_time() -> None:
    def paragraph(count: int) -> None:
        piece = "字 http://a.org/b "
        links = [Span(at * len(piece), at * len(piece) + 1, SpanKind.LINK, "a.md") for at in range(count)]
        text = piece * count
        inline = Inline(text, (Span(0, len(text), SpanKind.STRONG), *links))
        assert len(leaf_links(Paragraph(inline))) == 2 * count
        assert len(with_addresses(inline).spans) == 2 * count + 1

    assert_linear(paragraph, 500)


def notes(count: int) -> Document:
    """A document with footnotes and a reference to each."""
    text = "注" * count
    spans = tuple(Span(at, at + 1, SpanKind.FOOTNOTE, f"n{at}") for at in range(count))
    found = tuple(Footnote(f"n{at}", (Paragraph(Inline("文")),)) for at in range(count))
    return Document((Paragraph(Inline(text, spans)), Footnotes(found)))


def test_footnotes_are_found_in_linear_time() -> None:
    def look(count: int) -> None:
        places = Fragments(notes(count))
        assert places.place(f"fn-n{count - 1}") == Position(count)
        for number in range(count):
            assert places.place(f"fnref-n{number}") == Position(0, number)
            assert places.place(f"fn-zz{number}") is None

    assert_linear(look, 200)


def test_only_some_text_fragments_are_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    first = DocumentSearch.first
    monkeypatch.setattr(DocumentSearch, "first", lambda self, text: searched.append(text) or first(self, text))
    monkeypatch.setattr(fragments, "MOST_TEXTS", 3)
    places = Fragments(Document((Paragraph(Inline("灯塔")), Paragraph(Inline("渡口 Light")))))
    assert places.place(":~:text=light") == Position(1, 3)
    for number in range(9):
        assert places.place(f":~:text=none{number}") is None
    assert places.place(":~:text=light") == Position(1, 3)
    assert searched == ["light", "none0", "none1"]


def candidate(path: str, key: int = 0) -> Candidate:
    return Candidate(Path("/r"), key, path, path, "", (), (), "", "", is_hidden=False)


@pytest.mark.parametrize("place", [("d7", "a"), ("none", "a"), ("a.md",), ("x", "d7", "a.html")])
def test_of_many_articles_with_one_name_few_are_compared(place: tuple[str, ...]) -> None:
    everything = [candidate(f"d{number}/a.md", number) for number in range(3_000)]
    known = NamedArticles(dict.fromkeys(names_of(place), everything), {}, [])
    found = {one.path for one in known.of([place], ("d9", "e"))}
    assert len(found) <= 4 * MOST_RANKED
    assert "d9/a.md" in found
    if "d7" in place:
        assert "d7/a.md" in found


def test_links_lead_to_the_same_articles_if_many_have_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"d{number}/a.md": "" for number in range(12)} | {
        "a.md": "",
        "d3/s/a.md": "",
        "d3/s/b.md": "",
        "k/A/index.md": "",
    }
    targets = [
        "wiki:a",
        "wiki:d7/a",
        "../d7/a",
        "a",
        "../../D7/a.html",
        "/d7/a/",
        "wiki:s/a",
        "a.md#x",
        "../a",
        "/k/a/",
        "x/a",
    ]
    with linked(tmp_path, files) as archive:
        asked = [(path, target) for path in ("d3/s/b.md", "d5/a.md", "a.md") for target in targets]
        exact = [archive.follow(*one) for one in asked]
        monkeypatch.setattr(named_articles, "MOST_RANKED", 6)
        monkeypatch.setattr(named_articles, "_NEAR", 4)
        assert [archive.follow(*one) for one in asked] == exact
    assert "article d7/a.md" in exact
