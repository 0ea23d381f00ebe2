"""Lines of code that the source marks: highlighted ones, and those that a change adds or removes.

They are named beside the language of a fence, in attributes, or by comments in the code. The tools that read such
comments do not show them: VitePress and Shiki (`[!code ++]`), Docusaurus and Gatsby (`highlight-next-line`).
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import groupby

from reader.document.blocks import Inline, SpanKind
from reader.document.tabs import TAB, expanded
from reader.parse.inline import Draft
from reader.parse.spans import RawSpan
from reader.regex import regex

_KINDS: Mapping[str, SpanKind] = {
    **dict.fromkeys(("ins", "add", "++", "inserted"), SpanKind.INSERTED),
    **dict.fromkeys(("del", "remove", "--", "deleted"), SpanKind.DELETED),
}
"""Names of changes; every other name only highlights."""
_NAMES = {SpanKind.MARKED: "", SpanKind.INSERTED: "ins=", SpanKind.DELETED: "del="}
_NUMBERS = r"[\"'\s]*\d+(?:\s*[-–]\s*\d+)?[\"']?(?:[,\s]+[\"']?\d+(?:\s*[-–]\s*\d+)?[\"']?)*[\"'\s]*"
_NAMED = regex(
    rf"(?<![\w-])(?P<name>hl_lines|mark_lines|data-line|emphasize-lines|highlight|mark|ins|add|del|remove)\s*[:=]\s*"
    rf"(?:(?P<open>[\[{{])(?P<in>{_NUMBERS})[\]}}]|(?P<bare>\d[\d,\s-]*|\"{_NUMBERS}\"|'{_NUMBERS}'))",
    re.IGNORECASE,
)
_BRACED = regex(rf"(?<![=:$\"'])\{{(?P<in>{_NUMBERS})\}}")
"""Highlighted lines after the language, `{1,3-5}` (VitePress, Docusaurus, Gatsby, Astro)."""
_RANGE = regex(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")
_FROM_FIRST_NUMBER = "mark"
"""Hexo's name for highlighted lines, whose numbers count from the number of the first line."""

_OPENING = r"(?<![ \t])[ \t]*+(?://|#|--|;|%|<!--|\{?/\*)[ \t]*+"
_CLOSING = r"[ \t]*+(?:-->|\*/\}?)?+[ \t]*+"
_MARK = regex(rf"{_OPENING}\[!code (?P<name>\+\+|--|[a-z]+)(?::(?P<said>[^\]\n]{{0,100}}))?\]{_CLOSING}$", re.MULTILINE)
_MAGIC = regex(
    rf"^{_OPENING}highlight-(?P<name>next-line|start|end){_CLOSING}$|{_OPENING}highlight-(?P<own>line){_CLOSING}$"
)
_SHOWN_AS_TEXT = frozenset(("md", "mdx", "markdown", "text", "txt", "diff"))
"""Languages in which magic comments are only examples, and are shown."""
_MOST_LINES = 100_000

LineKinds = dict[int, SpanKind]
"""The kinds of the marked lines, by line number from 0."""


def named_lines(info: str, first_line: int = 0) -> LineKinds:
    """Return the lines that an info string or an attribute marks; `first_line` is the number of the first line."""
    if not any(map(str.isdigit, info)):
        return {}
    found: LineKinds = {}
    for hit in _BRACED.finditer(info):
        found.update(_lines(hit["in"], 1, SpanKind.MARKED))
    for hit in _NAMED.finditer(info):
        name = hit["name"].lower()
        first = first_line or 1 if name == _FROM_FIRST_NUMBER and hit["open"] is None else 1
        found.update(_lines(hit["in"] or hit["bare"], first, _KINDS.get(name, SpanKind.MARKED)))
    return found


def _lines(said: str, first: int, kind: SpanKind) -> LineKinds:
    found: LineKinds = {}
    for start, stop in _RANGE.findall(said):
        lowest, highest = int(start) - first, int(stop or start) - first
        found.update(dict.fromkeys(range(max(0, lowest), min(highest, lowest + _MOST_LINES) + 1), kind))
    return found


def line_info(kinds: Mapping[int, SpanKind]) -> str:
    """Return the words of an info string that mark lines: `{1,3-5} ins={2}`, as Astro reads them; empty for none."""
    parts: dict[SpanKind, list[str]] = {}
    for first, last, kind in _runs(kinds, max(kinds, default=0) + 1):
        parts.setdefault(kind, []).append(f"{first + 1}" if first == last else f"{first + 1}-{last + 1}")
    return " ".join(_NAMES[kind] + "{" + ",".join(numbers) + "}" for kind, numbers in parts.items())


def marked_code(code: str, language: str, info: str, first_line: int) -> Draft:
    """Return code without the comments that mark lines, but with the marks of these comments and of the info string.

    Tabs are expanded, and the spaces in place of each tab get a mark, too.
    """
    text, kinds = _without_comments(code, language)
    text, tabs = expanded(text)
    marks = [RawSpan(start, stop, 0, SpanKind.TAB, str(TAB)) for start, stop in tabs]
    return with_marked_lines(Draft(text, marks), {**named_lines(info, first_line), **kinds})


def _without_comments(code: str, language: str) -> tuple[str, LineKinds]:
    """Remove the comments that mark lines; return the remaining code and the marked lines."""
    has_marks = "[!code" in code
    has_magic = "highlight-" in code and language not in _SHOWN_AS_TEXT
    return _CommentReader().read(code, has_magic=has_magic) if has_marks or has_magic else (code, {})


class _CommentReader:
    """Reads code line by line; line numbers do not count the lines of removed comments."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._found: LineKinds = {}
        self._is_inside = False

    def read(self, code: str, *, has_magic: bool) -> tuple[str, LineKinds]:
        """Return the code without the comments, and the lines that they mark."""
        for line in code.split("\n"):
            if "[!code" in line and (hit := _MARK.search(line)):
                self._marked(line, hit)
            elif not (has_magic and "highlight-" in line and (hit := _MAGIC.search(line)) and self._magic(line, hit)):
                self._add(line)
        last = len(self._lines)
        return "\n".join(self._lines), {line: kind for line, kind in self._found.items() if line < last}

    def _marked(self, line: str, hit: re.Match[str]) -> None:
        kind = _KINDS.get(hit["name"], SpanKind.MARKED)
        said = hit["said"] or ""
        own = line[: hit.start()]
        first = len(self._lines)
        if own.strip():
            self._add(own)
        if hit["name"] != "word":
            lines = int(said) if re.fullmatch(r"\d{1,4}", said) else 1
            self._found.update(dict.fromkeys(range(first, first + lines), kind))

    def _magic(self, line: str, hit: re.Match[str]) -> bool:
        """Apply a comment of Docusaurus or Gatsby; return False if its line is ordinary code."""
        number = len(self._lines)
        match hit["name"] or hit["own"]:
            case "next-line":
                self._found[number] = SpanKind.MARKED
            case "line" if own := line[: hit.start()]:
                self._found[number] = SpanKind.MARKED
                self._add(own)
            case "start":
                self._is_inside = True
            case "end" if self._is_inside:
                self._is_inside = False
            case _:
                return False
        return True

    def _add(self, line: str) -> None:
        if self._is_inside:
            self._found[len(self._lines)] = SpanKind.MARKED
        self._lines.append(line)


def marked_lines(code: Inline) -> LineKinds:
    """Return the lines of code that are marked as a whole by spans."""
    spans = deque(span for span in code.spans if span.kind in _NAMES)
    found: LineKinds = {}
    start = 0
    for number, line in enumerate(code.text.split("\n") if spans else ()):
        stop = start + len(line)
        while spans and spans[0].end < stop:
            spans.popleft()
        if spans and spans[0].start <= start:
            found[number] = spans[0].kind
        start = stop + 1
    return found


def with_marked_lines(draft: Draft, kinds: Mapping[int, SpanKind]) -> Draft:
    """Add the marks of lines to preformatted text: one mark for each run of lines of the same kind."""
    if not kinds:
        return draft
    text = draft.text
    starts = [0, *(hit.end() for hit in re.finditer("\n", text)), len(text) + 1]
    marks = [
        RawSpan(starts[first], starts[last + 1] - 1, -1, kind) for first, last, kind in _runs(kinds, len(starts) - 1)
    ]
    return Draft(text, [*draft.marks, *(mark for mark in marks if mark.start < mark.stop)])


def _runs(kinds: Mapping[int, SpanKind], lines: int) -> Iterator[tuple[int, int, SpanKind]]:
    """Yield the first and the last line of each run of adjacent lines of the same kind, and the kind."""
    known = sorted(line for line in kinds if line < lines)
    for (_place, kind), run in groupby(enumerate(known), lambda one: (one[1] - one[0], kinds[one[1]])):
        numbers = [line for _number, line in run]
        yield numbers[0], numbers[-1], kind
