"""Anchors: a range is found again in a text that was edited, and not in one from which it is gone."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.document.anchor import LONGEST, Anchor, Found, anchor, find_anchors
from reader.document.blocks import Heading, Image, Inline, Paragraph, Rule
from reader.document.document import Document, Position, Range
from reader.document.passage import Sought, find_words
from reader.document.squeezed import Squeezed, squeeze, squeezed


def document(*texts: str) -> Document:
    return Document(tuple(Paragraph(Inline(text)) for text in texts))


def marked(*texts: str) -> tuple[Document, Range]:
    """A document, and the range in it that stands between [ and ]."""
    ends = []
    for mark in "[]":
        number = next(number for number, text in enumerate(texts) if mark in text)
        ends.append(
            Position(number, texts[number].replace("[", "").index(mark) if mark == "]" else texts[number].index(mark))
        )
    return document(*(text.replace("[", "").replace("]", "") for text in texts)), Range(*ends)


def find_anchor(made: Document, kept: Anchor) -> Found | None:
    """Where it stands now; None if its text is gone."""
    return find_anchors(made, (kept,))[0]


def moved(old: tuple[str, ...], new: tuple[str, ...]) -> Found | None:
    """Where the range marked in the old text is found in the new one."""
    return find_anchor(document(*new), anchor(*marked(*old)))


def shown(old: tuple[str, ...], *new: str) -> str | None:
    """The new text's range as it is found, an asterisk behind it if it changed."""
    found = moved(old, new)
    return found and document(*new).extract(found.span) + "*" * found.changed


# What is kept.


def test_an_anchor_keeps_the_text_and_what_stands_around_it() -> None:
    made, span = marked("灯塔照着海。", "看守人数着[每一次闪光，", "数到]天亮为止。", "终。")
    assert anchor(made, span) == Anchor(span, "每一次闪光，\n数到", "灯塔照着海。\n看守人数着", "天亮为止。\n终。")


def test_no_more_than_32_characters_are_kept_on_either_side_and_leaves_without_text_are_passed_over() -> None:
    made = Document(
        (Paragraph(Inline("前" * 40)), Rule(), Paragraph(Inline("x中y")), Rule(), Paragraph(Inline("后" * 40)))
    )
    kept = anchor(made, Range(Position(2, 1), Position(2, 2)))
    assert (kept.before, kept.after) == ("前" * 30 + "\nx", "y\n" + "后" * 30)


def test_a_range_that_does_not_exist_is_brought_to_the_nearest_and_a_reversed_one_is_turned() -> None:
    made = document("abc", "def")
    assert anchor(made, Range(Position(1, 1), Position(0, 2))).quotation == "c\nd"
    assert anchor(made, Range(Position(1, 1), Position(7, 2))).span == Range(Position(1, 1), Position(1, 3))
    assert anchor(Document(()), Range(Position(3, 1), Position(4))) == Anchor(
        Range(Position(0), Position(0)), "", "", ""
    )


# The words are whole.

TALE = ("引子。", "灯塔照着海。看守人数着[每一次闪光]，数到天亮为止。", "终。")
LAMP = ("A storm.", "The lamp turned; [the keeper counted every flash] until it was day.", "The end.")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TALE, ("引子。", "灯塔照着海。看守人数着每一次闪光，数到天亮为止。", "终。"), "每一次闪光"),
        (TALE, ("新的。", "也是新的。", "灯塔照着海。看守人数着每一次闪光，数到天亮为止。"), "每一次闪光"),
        (TALE, ("很久以前，灯塔照着黑海。看守人数着每一次闪光，数到早上。",), "每一次闪光"),
        (LAMP, ("The lamp turned on; the keeper counted every flash until dawn.",), "the keeper counted every flash"),
        # White space is no matter, nor where leaves part.
        (LAMP, ("; the keeper", "counted   every\nflash until it was day."), "the keeper\ncounted   every\nflash"),
        (TALE, ("灯塔照着海。看守人数着每一", "次闪光，数到天亮为止。"), "每一\n次闪光"),
        (("One [two", "three] four"), ("One two three four",), "two three"),
        (("一二[三", "四]五"), ("一二三四五",), "三四"),
        (TALE, ("引子。", "看守人数着每一次 闪光 ，数到天亮为止。"), "每一次 闪光"),
        (("[第3次 PK 赛，iPhone 12] 的",), ("第 3 次PK赛， iPhone 12 的",), "第 3 次PK赛， iPhone 12"),
        # But a word in two is another.
        (("they saw [the therapist] at the harbour",), ("they saw the the rapist at the harbour",), "the the rapist*"),
        (("[gone]",), ("here",), None),
    ],
)  # fmt: skip
def test_a_range_is_found_where_it_stands_now(old: tuple[str, ...], new: tuple[str, ...], expected: str | None) -> None:
    assert shown(old, *new) == expected


def test_the_title_is_a_leaf_like_others() -> None:
    made = Document((Heading(Inline("灯塔看守人"), 0), Paragraph(Inline("正文。"))))
    kept = anchor(made, Range(Position(0, 0), Position(0, 2)))
    assert kept.after == "看守人\n正文。"
    assert find_anchor(Document((Paragraph(Inline("新")), *made.blocks)), kept) == Found(
        Range(Position(1, 0), Position(1, 2)), changed=False
    )


def test_a_range_without_words_is_where_it_was_or_nowhere() -> None:
    picture = Document((Image(Inline(), "a.png"), Paragraph(Inline("a  b"))))
    for span in (
        Range(Position(0), Position(0)),
        Range(Position(1, 1), Position(1, 3)),
        Range(Position(0), Position(1)),
    ):
        kept = anchor(picture, span)
        assert find_anchor(Document((*picture.blocks, Paragraph(Inline("c")))), kept) == Found(span, changed=False)
    assert find_anchor(document("x", "abcd"), anchor(picture, Range(Position(1, 1), Position(1, 3)))) is None
    assert find_anchor(Document(()), anchor(picture, Range(Position(1, 0), Position(1, 1)))) is None


def test_white_space_at_the_ends_stays_in_where_nothing_moved() -> None:
    made = document("灯塔 照着 海", "终")
    span = Range(Position(0, 2), Position(0, 6))
    assert find_anchor(document("灯塔 照着 海浪", "终"), anchor(made, span)) == Found(span, changed=False)
    found = find_anchor(document("新", "灯塔 照着 海", "终"), anchor(made, span))
    assert found == Found(Range(Position(1, 3), Position(1, 5)), changed=False)


# The same words stand in several places.

LINES = ("甲", *["重复的一行"] * 6, "乙")


def test_of_equal_lines_that_one_is_taken_around_which_the_others_stand() -> None:
    for number in range(1, 7):
        kept = anchor(document(*LINES), Range(Position(number), Position(number, 5)))
        found = find_anchor(document("新", *LINES), kept)
        assert found == Found(Range(Position(number + 1), Position(number + 1, 5)), changed=False)
    # Another line among them: it stands where the fifth stood, and is the sixth.
    kept = anchor(document(*LINES), Range(Position(5), Position(5, 5)))
    found = find_anchor(document(*LINES[:3], "新的一行", *LINES[3:]), kept)
    assert found == Found(Range(Position(6), Position(6, 5)), changed=False)


def test_of_places_that_fit_alike_the_nearest_is_taken() -> None:
    line = "同一行里的字都是一样的，前后也都是一样的，所以只有远近能说明是哪一行。"
    old, new = document(*[line] * 9), document(*[line] * 6, "插进来的。", *[line] * 9)
    for number in range(1, 5):
        kept = anchor(old, Range(Position(number, 2), Position(number, 9)))
        found = find_anchor(new, replace(kept, span=Range(Position(number, 3), Position(number, 10))))
        assert found == Found(kept.span, changed=False)
    # The leaf counts first, whatever the offset.
    words = "一样的两三个字"
    kept = Anchor(Range(Position(1, 0), Position(1, 7)), words, "", "")
    found = find_anchor(document("x" * 50 + words, "y" * 90 + words, words), kept)
    assert found == Found(Range(Position(1, 90), Position(1, 97)), changed=False)


def test_what_stands_at_the_old_place_by_chance_is_not_taken() -> None:
    old = ("看守人说：灯。", "水手在岸上答道：[灯塔]还亮着，明天照旧出海。")
    # Another 灯塔 stands now where this one stood.
    new = ("看守人说：灯。", "那时谁也没有提到灯塔的事。", "水手在岸上答道：灯塔还亮着，明天照旧出海。")
    assert moved(old, new) == Found(Range(Position(2, 8), Position(2, 10)), changed=False)


def test_one_of_equal_lines_that_was_edited_is_found_between_its_neighbours() -> None:
    for number in range(1, 7):
        kept = anchor(document(*LINES), Range(Position(number), Position(number, 5)))
        edited = [*LINES]
        edited[number] = "重复的一横"
        assert find_anchor(document(*edited), kept) == Found(Range(Position(number), Position(number, 5)), changed=True)


def test_a_short_word_that_was_deleted_is_not_found_in_another_sentence() -> None:
    old = ("海边有灯塔。", "第二天早上他又一次登上[灯塔]，看见远处的船正在进港。")
    assert shown(old, "海边有灯塔。", "第二天早上他又睡了很久，没有看见什么船。") is None
    # But it is where so much stands around it on either side.
    assert shown(old, "海边有灯塔。", "他又一次登上灯塔，看见远处的雾。") == "灯塔"


def test_a_sentence_that_was_deleted_is_not_found_in_one_that_says_the_same_elsewhere() -> None:
    same, others = (
        "第一次打开页面时效果如下：",
        ("先看没有设置时的样子。", "图一。", "再看设置了以后的样子。", "图二。"),
    )
    old = (others[0] + same, others[1], f"{others[2]}[{same}]", others[3])
    assert shown(old, others[0] + same, *others[1:]) is None
    # One as long as a paragraph was moved there.
    long = "".join(others) + same
    assert shown((same, f"{others[2]}[{long}]", others[3]), same, others[2], others[3], long) == long


def test_a_sentence_that_was_deleted_is_not_found_in_one_like_it() -> None:
    one = "国家副主席出席开幕式并巡视企业展。"
    other = "国家副主席和国务院副总理出席开幕式。"
    old = (f"主席在线上致辞。[{one}]此外，各国来宾也观看了演出。", f"本届展会圆满成功。{other}")
    assert shown(old, "主席在线上致辞。此外，各国来宾也观看了演出。", f"本届展会圆满成功。{other}") is None
    assert shown(old, f"本届展会圆满成功。{other}") is None
    # At either end of the article, too.
    assert shown((f"[{one}]", other, "再见。"), other, "再见。") is None
    assert shown(("你好。", other, f"[{one}]"), "你好。", other) is None


# The words were edited.


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TALE, ("引子。", "灯塔照着海。看守人数着每一回闪光，数到天亮为止。", "终。"), "每一回闪光*"),
        (TALE, ("引子。", "灯塔照着海。看守人数着每一次红色的闪光，数到天亮为止。", "终。"), "每一次红色的闪光*"),
        (TALE, ("引子。", "灯塔照着海。看守人数着闪光，数到天亮为止。", "终。"), "闪光*"),
        (LAMP, ("The lamp turned; the keepers counted each flash until noon.",), "the keepers counted each flash*"),
        (LAMP, ("Now; the keeper counted nearly every flash till day.",), "the keeper counted nearly every flash*"),
        # Gone, whatever stands there instead.
        (TALE, ("引子。", "灯塔照着海。看守人数着，数到天亮为止。", "终。"), None),
        (TALE, ("引子。", "灯塔照着海。看守人数着海鸥和船，数到天亮为止。", "终。"), None),
        (LAMP, ("The lamp turned; a dog slept under the table until it was day.",), None),
        (LAMP, ("Nothing of all that.",), None),
    ],
)  # fmt: skip
def test_an_edited_range_is_found_by_its_ends(old: tuple[str, ...], new: tuple[str, ...], expected: str | None) -> None:
    assert shown(old, *new) == expected


def test_what_is_left_of_a_range_cut_off_with_what_followed_is_found() -> None:
    before, words, after = (prose(Random(seed), 200) for seed in range(3))  # noqa: S311 - the same each time
    old = (before, f"[{words}]{after}")
    assert shown(old, before, words[:150]) == words[:150].rstrip() + "*"
    assert shown(old, words[-150:] + after) == words[-150:].lstrip() + "*"
    assert shown(old, before, words[:40] + after) is None


# A quotation too long to be kept whole.


def test_a_very_long_range_is_kept_and_found_by_its_ends() -> None:
    words, other = (prose(Random(length), length) for length in (30_000, 100))  # noqa: S311 - the same each time
    old = (other, f"{other}[{words[:15_000]}", f"{words[15_000:]}]{other[::-1]}")
    kept = anchor(*marked(*old))
    assert kept.quotation == f"{words[:10_000]}\n…\n{words[-10_000:]}"
    assert len(kept.quotation) == LONGEST + 3

    assert shown(old, "新", other + words + other[::-1]) == words
    edited = words[:300] + "改" + words[301:]
    assert shown(old, "新", other + edited + other[::-1]) == edited + "*"
    # Half of it is gone.
    assert shown(old, other, other + words[:12_000].rstrip()) == words[:10_000] + "*"
    assert shown(old, other, other + words[-12_000:] + other[::-1]) == words[-10_000:] + "*"
    assert shown(old, other, other[::-1]) is None


# Properties. Texts come from a random generator of their own: those Hypothesis makes are alike.


def letters(random: Random, length: int) -> str:
    return "".join(chr(random.randint(0x4E00, 0x9FA5)) for _ in range(length))


def prose(random: Random, length: int) -> str:
    """Text of Chinese and some English that repeats nothing, beginning and ending with a letter, on one line."""
    if length < 3:
        return letters(random, length)
    pieces = []
    while sum(map(len, pieces)) < length:
        if random.random() < 0.2:
            pieces.append(f" {''.join(random.choices('abcdefghijklmnopqrstuvwxyz', k=random.randint(3, 9)))} ")
        else:
            pieces += letters(random, random.randint(1, 12)), random.choice(["，", "。", "", " ", "\u3000"])
    return letters(random, 1) + "".join(pieces)[: length - 2] + letters(random, 1)


@dataclass
class Article:
    """An article in three parts; the first and the last leaf of `inside` go on in those before and behind."""

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
    """An article with a range long enough to be told by itself, whatever is edited beside it."""
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311 - the same each time
    parts = [[prose(random, random.choice([0, 1, 9, 90])) for _ in range(random.randint(1, 6))] for _ in range(2)]
    inside = [prose(random, random.choice([30, 60, 400])) for _ in range(random.choice([1, 1, 1, 2, 5]))]
    return Article(random, parts[0], inside, parts[1])


def edits(article: Article, edit: Callable[[], None], most: int) -> None:
    for _ in range(article.random.randint(1, most)):
        edit()


@given(articles())
def test_after_edits_elsewhere_a_range_is_found_with_the_same_text(article: Article) -> None:
    kept = anchor(article.made, article.span)
    edits(article, article.edit_around, 8)
    assert find_anchor(article.made, kept) == Found(article.span, changed=False)


@given(articles())
def test_after_lines_and_leaves_were_broken_otherwise_a_range_is_found(article: Article) -> None:
    kept = anchor(article.made, article.span)
    pieces = squeezed(kept.quotation)
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
    assert found == Found(article.span, changed=False)
    assert squeezed(article.made.extract(found.span)) == pieces


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
    assert found.changed or squeezed(now) == squeezed(kept.quotation)
    assert not found.changed or now.split() != kept.quotation.split()
    assert found.span.start < article.span.end
    assert article.span.start < found.span.end


ALIKE = st.lists(st.text("ab灯 \n", max_size=8) | st.just("灯灯a"), min_size=1, max_size=8)
PLACES = st.builds(Position, st.integers(0, 8), st.integers(0, 9))


@given(ALIKE | articles().map(lambda article: [leaf.text.text for leaf in article.made.leaves]), PLACES, PLACES)
def test_in_the_same_text_any_range_is_where_it_was(texts: list[str], one: Position, other: Position) -> None:
    made = document(*texts)
    kept = anchor(made, Range(one, other))
    assert find_anchor(made, kept) == Found(kept.span, changed=False)


@given(ALIKE, ALIKE, PLACES, PLACES)
def test_in_any_other_text_a_found_range_exists_and_says_what_it_should(
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
        assert squeezed(made.extract(span)) == squeezed(kept.quotation)
    elif kept.quotation.split() == made.extract(span).split():
        pytest.fail("the same words are no change")


@given(ALIKE, st.text("ab灯", min_size=1, max_size=3), st.text("ab灯", max_size=5), st.text("ab灯", max_size=5), PLACES)
@example(["灯灯灯", "灯灯a"], "灯", "灯", "灯", Position(1, 1))
def test_of_all_places_the_one_that_fits_best_is_taken(
    texts: list[str], words: str, before: str, after: str, old: Position
) -> None:
    text = squeeze(document(*texts))
    sought = Sought(words, words, before, after, text.offset(old))

    def rank(start: int) -> tuple[int, tuple[int, int]]:
        return -sought.fit(text, start, start + len(words)), sought.distance(text, start)

    starts = [start for start in range(len(text.text)) if text.text.startswith(words, start)]
    place = find_words(text, sought)
    assert (place is None) == (not starts)
    if place:
        assert rank(place.start) == min(map(rank, starts))


@given(ALIKE)
def test_a_squeezed_text_leads_back(texts: list[str]) -> None:
    made = document(*texts)
    text = squeeze(made)
    assert text.text == squeezed("".join(texts))
    for start in range(len(text.text)):
        for end in range(start + 1, len(text.text) + 1):
            span = text.range(start, end)
            assert squeezed(made.extract(span)) == text.text[start:end]
            assert (text.offset(span.start), text.offset(span.end)) == (start, end)


class Counted(str):
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
def test_a_text_is_not_searched_the_more_often_the_longer_it_is(lines: int) -> None:
    made = document("甲", *["灯塔"] * lines, "乙")
    kept = anchor(made, Range(Position(lines // 2), Position(lines // 2, 2)))
    plain = squeeze(made)
    text = Counted(plain.text)
    text.asked = 0
    before, after = "乙" + squeezed(kept.before)[1:], squeezed(kept.after)[:-1] + "甲"
    assert find_words(
        Squeezed(text, plain.reverse, plain.runs, plain.places),
        Sought(kept.quotation, kept.quotation, before, after, plain.offset(kept.span.start)),
    )
    assert text.asked <= 600
