"""Anchors in random texts: a marked range is found, and a deleted one is not.

The texts come from a random generator, because texts made by Hypothesis resemble each other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.document.anchor import AnchorMatch, anchor, find_anchors
from reader.document.document import Document, Position, Range
from reader.document.fuzzy_find import SearchTarget, find_words
from reader.document.spaceless import SpacelessText, spaceless, without_spaces
from tests.document.anchoring import document, find_anchor, prose


@dataclass
class Article:
    """An article in three parts; the first and the last leaf of `inside` continue in the leaves before and after."""

    random: Random
    before: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    @property
    def made(self) -> Document:
        texts = list(self.before)
        texts[-1] += self.inside[0]
        texts += self.inside[1:]
        texts[-1] += self.after[0]
        return document(*texts, *self.after[1:])

    @property
    def span(self) -> Range:
        first = len(self.before) - 1
        last = first + len(self.inside) - 1
        before = len(self.before[-1])
        return Range(Position(first, before), Position(last, len(self.inside[-1]) + before * (first == last)))

    def edit_around(self) -> None:
        """Change something outside the range."""
        part = self.random.choice([self.before, self.after])
        shared = -1 if part is self.before else 0
        number = self.random.randrange(len(part))
        text = part[number]
        at = self.random.randint(0, len(text))
        new = prose(self.random, self.random.choice([1, 2, 9, 60]))
        kind = self.random.choice(["insert", "delete", "replace", "add leaf", "drop leaf", "split", "join"])
        if kind in {"insert", "delete", "replace"}:
            rest = text[at:] if kind == "insert" else text[at + self.random.choice([1, 2, 9, 60]) :]
            part[number] = text[:at] + new * (kind != "delete") + rest
        elif kind == "add leaf":
            part.insert(number + (shared == 0), new)
        elif kind == "drop leaf" and part[number] is not part[shared]:
            del part[number]
        elif kind == "split":
            part[number : number + 1] = [text[:at], text[at:]]
        elif kind == "join" and number + 1 < len(part):
            part[number : number + 2] = [text + self.random.choice(["", " "]) + part[number + 1]]

    def edit_inside(self) -> None:
        """Change up to three characters between the first and the last one of a leaf of the range."""
        number = self.random.randrange(len(self.inside))
        text = self.inside[number]
        start = self.random.randint(1, len(text) - 1)
        end = min(start + self.random.randint(0, 3), len(text) - 1)
        self.inside[number] = text[:start] + prose(self.random, self.random.randint(0, 3)) + text[end:]


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article with a range long enough to be identified by itself, whatever is edited beside it."""
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311 - the same each time
    parts = [[prose(random, random.choice([0, 1, 9, 90])) for _ in range(random.randint(1, 6))] for _ in range(2)]
    inside = [prose(random, random.choice([30, 60, 400])) for _ in range(random.choice([1, 1, 1, 2, 5]))]
    return Article(random, parts[0], inside, parts[1])


def edits(article: Article, edit: Callable[[], None], most: int) -> None:
    for _ in range(article.random.randint(1, most)):
        edit()


@given(articles())
def test_range_is_found_with_the_same_text_after_edits_elsewhere(article: Article) -> None:
    kept = anchor(article.made, article.span)
    edits(article, article.edit_around, 8)
    assert find_anchor(article.made, kept) == AnchorMatch(article.span, changed=False)


@given(articles())
def test_range_is_found_after_lines_and_leaves_are_broken_differently(article: Article) -> None:
    kept = anchor(article.made, article.span)
    pieces = without_spaces(kept.quotation)
    words = "\n".join(article.inside)
    article.inside = [""]
    for character in words:
        if character.isspace():
            article.inside[-1] += article.random.choice([" ", "  ", "\u3000", "\n"])
        elif article.random.random() < 0.05 and article.inside[-1].strip():
            article.inside.append(character)
        else:
            article.inside[-1] += character
    edits(article, article.edit_around, 3)
    found = find_anchor(article.made, kept)
    assert found == AnchorMatch(article.span, changed=False)
    assert without_spaces(article.made.extract(found.span)) == pieces


@given(articles())
def test_a_range_that_was_deleted_is_not_found(article: Article) -> None:
    kept = anchor(article.made, article.span)
    article.inside = ["", ""][: article.random.randint(1, 2)]
    edits(article, article.edit_around, 3)
    assert find_anchor(article.made, kept) is None


@given(articles())
def test_a_range_that_was_edited_a_little_is_found_there(article: Article) -> None:
    kept = anchor(article.made, article.span)
    edits(article, article.edit_inside, 3)
    found = find_anchor(article.made, kept)
    assert found is not None
    now = article.made.extract(article.span)
    assert found.changed or without_spaces(now) == without_spaces(kept.quotation)
    assert not found.changed or now.split() != kept.quotation.split()
    assert found.span.start < article.span.end
    assert article.span.start < found.span.end


ALIKE = st.lists(st.text("ab灯 \n", max_size=8) | st.just("灯灯a"), min_size=1, max_size=8)
PLACES = st.builds(Position, st.integers(0, 8), st.integers(0, 9))


@given(ALIKE | articles().map(lambda article: [leaf.text.text for leaf in article.made.leaves]), PLACES, PLACES)
def test_any_range_is_found_in_the_unchanged_text(texts: list[str], one: Position, other: Position) -> None:
    made = document(*texts)
    kept = anchor(made, Range(one, other))
    assert find_anchor(made, kept) == AnchorMatch(kept.span, changed=False)


@given(ALIKE, ALIKE, PLACES, PLACES)
def test_range_found_in_any_other_text_is_valid_and_has_the_right_text(
    texts: list[str], others: list[str], one: Position, other: Position
) -> None:
    made = document(*others)
    kept = anchor(document(*texts), Range(one, other))
    found = find_anchor(made, kept)
    assert find_anchors(made, [kept, kept]) == [found, found]
    if found is None:
        return
    span = found.span
    assert (made.clamp(span.start), made.clamp(span.end)) == (span.start, span.end)
    assert span.start <= span.end
    if not found.changed:
        assert without_spaces(made.extract(span)) == without_spaces(kept.quotation)
    elif kept.quotation.split() == made.extract(span).split():
        pytest.fail("the same words are no change")


@given(ALIKE, st.text("ab灯", min_size=1, max_size=3), st.text("ab灯", max_size=5), st.text("ab灯", max_size=5), PLACES)
@example(["灯灯灯", "灯灯a"], "灯", "灯", "灯", Position(1, 1))
def test_place_with_the_best_context_is_chosen(
    texts: list[str], words: str, before: str, after: str, old: Position
) -> None:
    text = spaceless(document(*texts))
    target = SearchTarget(words, words, before, after, text.offset(old))

    def rank(start: int) -> tuple[int, tuple[int, int]]:
        return -target.fit(text, start, start + len(words)), target.distance(text, start)

    starts = [start for start in range(len(text.text)) if text.text.startswith(words, start)]
    place = find_words(text, target)
    assert (place is None) == (not starts)
    if place:
        assert rank(place.start) == min(map(rank, starts))


@given(ALIKE)
def test_spaceless_text_maps_back_to_the_document(texts: list[str]) -> None:
    made = document(*texts)
    text = spaceless(made)
    assert text.text == without_spaces("".join(texts))
    for start in range(len(text.text)):
        for end in range(start + 1, len(text.text) + 1):
            span = text.range(start, end)
            assert without_spaces(made.extract(span)) == text.text[start:end]
            assert (text.offset(span.start), text.offset(span.end)) == (start, end)


class CountingText(str):
    """A text that counts how often it is searched."""

    __slots__ = ("asked",)
    asked: int

    def find(self, *arguments: object) -> int:
        self.asked += 1
        return super().find(*arguments)  # type: ignore[arg-type]

    def __contains__(self, needle: object) -> bool:
        self.asked += 1
        return super().__contains__(needle)  # type: ignore[operator]


@pytest.mark.parametrize("lines", [1_000, 100_000])
def test_number_of_searches_does_not_grow_with_the_text(lines: int) -> None:
    made = document("甲", *["灯塔"] * lines, "乙")
    kept = anchor(made, Range(Position(lines // 2), Position(lines // 2, 2)))
    plain = spaceless(made)
    text = CountingText(plain.text)
    text.asked = 0
    before, after = "乙" + without_spaces(kept.before)[1:], without_spaces(kept.after)[:-1] + "甲"
    assert find_words(
        SpacelessText(text, plain.reverse, plain.runs, plain.places),
        SearchTarget(kept.quotation, kept.quotation, before, after, plain.offset(kept.span.start)),
    )
    assert text.asked <= 600
