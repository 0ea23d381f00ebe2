"""The previous and next article of a series, by the numbers in their titles: 第 3 期, （二）, 上篇, Part 2."""

from collections.abc import Iterable, Sequence

from reader.archive.article import Article
from reader.document.letters_and_digits import letters
from reader.document.text_folding import folded
from reader.index.date_keys import han_number
from reader.index.index import Index
from reader.lean_dataclasses import dataclass
from reader.regex import regex
from reader.search.index_search import IndexSearch
from reader.search.query_tree import Field, Words

_MOST = 2_000
"""Maximum number of articles whose titles are compared."""

_NUMBER = r"(?P<number>\d{1,4}|[〇零一二三四五六七八九十百千]{1,7}|(?:x{0,3})(?:ix|iv|v?i{1,3}|v|x))"
_COUNTERS = "期回章篇集话話讲講部卷弹彈季节節天日课課辑輯次步号號届屆周週"
_PATTERNS = (
    regex(rf"第\s*{_NUMBER}\s*(?:[{_COUNTERS}]|部分|章节)"),
    regex(
        r"(?:(?<=[^a-z])|^)(?:part|pt|vol|volume|no|episode|ep|chapter|day|week|issue|lesson|step)[\s.#_-]*"
        r"(?P<number>\d{1,4}|(?:x{0,3})(?:ix|iv|v?i{1,3}|v|x))(?![a-z0-9])"
    ),
    regex(rf"[(\[【（［〔「]\s*{_NUMBER}\s*(?:/\s*\d+\s*)?[)\]】）］〕」]"),
    regex(r"#\s*(?P<number>\d{1,4})(?!\d)"),
    regex(
        r"(?P<number>第?[上中下])(?:篇|集|部|卷|半|半部)\s*$|[(\[【（［〔\s—:：·•、-](?P<alone>[上中下])[)\]】）］〕]?\s*$"
    ),
    regex(r"(?:之|其)(?P<number>[一二三四五六七八九十]{1,3})(?![\w])"),
    regex(r"(?<![\d.\-年月])(?P<number>\d{1,3})\s*$"),
)
"""The places of a number in a folded title, the most reliable first."""

_ROMAN = {"i": 1, "v": 5, "x": 10}
_PARTS = {"上": 1, "中": 2, "下": 3}

_BARE = len(_PATTERNS) - 1
"""The index of the pattern of a bare number, which may be something else, such as a version in “Windows 10”."""


@dataclass(frozen=True, slots=True)
class SeriesNumber:
    """The place of a title in a series: the letters of the title without the number, and the number.

    Attributes:
        series: The letters, and the kind of the number.
        number: The number.
        is_bare: Whether the number has no counting word, so that only the numbers next to it belong to the series.
    """

    series: str
    number: int
    is_bare: bool = False


def series_number(title: str) -> SeriesNumber | None:
    """The place of a title in a series; None if it has no number. The text after the number is not part of the name."""
    text = folded(title)
    for kind, pattern in enumerate(_PATTERNS):
        found = None
        for hit in pattern.finditer(text):
            found = hit
        if found is None:
            continue
        written = found["number"] or found.groupdict().get("alone") or ""
        number = _value(written.removeprefix("第"))
        if number is None:
            continue
        before, after = letters(text[: found.start()]), letters(text[found.end() :])
        if kind == _BARE and not before:
            return None
        # The title of an issue may follow its number, if the name of the series precedes the number.
        return SeriesNumber(f"{kind}:{before}" if before else f"{kind}::{after}", number, kind == _BARE)
    return None


def neighbours(indexes: Sequence[Index], article: Article) -> tuple[Article | None, Article | None]:
    """The previous and the next article of the series of an article; None where there is none."""
    own = series_number(article.title)
    if own is None:
        return None, None
    before: tuple[tuple[int, bool, int], Article] | None = None
    after: tuple[tuple[int, bool, int], Article] | None = None
    for index in indexes:
        for key, other in _candidates(index, article):
            place = series_number(other.title)
            if place is None or place.series != own.series or place.number == own.number:
                continue
            if own.is_bare and abs(place.number - own.number) > 1:
                continue
            # Of several articles with one number, the one of the same author and folder is preferred.
            far = (other.author, other.path.parent) != (article.author, article.path.parent)
            if place.number > own.number:
                rank = (place.number, far, -key)
                after = min(filter(None, (after, (rank, other))), key=lambda one: one[0])
            else:
                rank = (-place.number, far, -key)
                before = min(filter(None, (before, (rank, other))), key=lambda one: one[0])
    return before[1] if before else None, after[1] if after else None


def _candidates(index: Index, article: Article) -> Iterable[tuple[int, Article]]:
    """The articles that may belong to the series of an article: with its name in their title, or of its category."""
    name = _name(article.title)
    if name:
        keys = IndexSearch(index, lambda _asked: ()).newest(Words(name, exact=True, field=Field.TITLE), _MOST)
    else:
        rows = index.rows(
            "SELECT o.key FROM article a JOIN article o ON o.category = a.category"
            " WHERE a.id = ? AND o.hidden = 0 ORDER BY abs(o.key - a.key) LIMIT ?",
            (article.id, _MOST),
        )
        keys = [key for (key,) in rows]
    return ((key, one) for key, one in index.articles(keys).items() if one.id != article.id)


def _name(title: str) -> str:
    """The words of a title before its number, or else after it; empty if there are none."""
    text = folded(title)
    for pattern in _PATTERNS:
        hits = [
            hit
            for hit in pattern.finditer(text)
            if _value((hit["number"] or hit.groupdict().get("alone") or "").removeprefix("第"))
        ]
        if hits:
            before = text[: hits[-1].start()].strip(" -_:：|｜·,，、()（）[]【】《》")
            return before if letters(before) else ""
    return ""


def _value(written: str) -> int | None:
    """The value of a number in digits, Chinese or Roman numerals; None if it is not a number."""
    if written.isdigit():
        return int(written)
    if written in _PARTS:
        return _PARTS[written]
    if written and all(letter in _ROMAN for letter in written):
        values = [_ROMAN[letter] for letter in written]
        return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))
    try:
        return han_number(written) if written else None
    except (KeyError, ValueError):
        return None
