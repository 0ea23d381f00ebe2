"""Language tags (BCP 47), and the languages that a source declares for parts of its text."""

from collections.abc import Iterator
from itertools import pairwise

from reader.document.blocks import Block, Heading, Inline, Leaf, Paragraph, Span, SpanKind
from reader.document.mapping import map_leaves
from reader.lean_dataclasses import dataclass, replace
from reader.regex import regex

_TAG = regex(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
"""A language tag, also with underscores, as in the names of locales."""

HAN_LANGUAGES = frozenset(("zh", "ja", "ko"))
"""Languages that are written with Han characters."""


@dataclass(frozen=True, slots=True)
class LanguageRange:
    """The language (BCP 47) of the characters from `start` to `end` (exclusive)."""

    start: int
    end: int
    language: str


def language_tag(written: str) -> str:
    """A declared language as BCP 47; empty if it is not valid."""
    tag = written.strip()
    return tag.replace("_", "-") if _TAG.fullmatch(tag) else ""


def base_language(tag: str) -> str:
    """The language of a tag without script and region: “zh” of “zh-Hant-TW”."""
    return tag.partition("-")[0].lower()


def says_more(tag: str, outer: str) -> bool:
    """Whether a tag says more than that of the text around it: “zh-TW” does in “zh”, “zh” does not in “zh-TW”."""
    return not f"{outer}-".lower().startswith(f"{tag}-".lower())


def language_ranges(inline: Inline) -> Iterator[LanguageRange]:
    """The parts of a text whose language is declared, in order and disjoint; the innermost declaration applies."""
    spans = [span for span in inline.spans if span.kind is SpanKind.LANGUAGE and span.start < span.end]
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    opened: list[Span] = []
    following = 0
    for start, end in pairwise(edges):
        opened = [span for span in opened if span.end > start]
        while following < len(spans) and spans[following].start <= start:
            opened.append(spans[following])
            following += 1
        if opened:
            yield LanguageRange(start, end, opened[-1].value)


def with_language(block: Block, language: str) -> Block:
    """A block whose paragraphs and headings are in a language, except for parts with a language of their own."""

    def change(leaf: Leaf) -> Leaf:
        text = leaf.text
        # Names of kinds of callouts are words of the program.
        is_name = any(span.kind is SpanKind.CALLOUT for span in text.spans)
        if not isinstance(leaf, Paragraph | Heading) or not text or is_name:
            return leaf
        whole = Span(0, len(text.text), SpanKind.LANGUAGE, language)
        return replace(leaf, text=Inline(text.text, (whole, *text.spans)))

    return map_leaves(block, change)
