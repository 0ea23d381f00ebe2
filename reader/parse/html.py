"""HTML bodies: mended, taken apart by html2text, put together by the builder."""

import re
from collections.abc import Iterable, Sequence

from html2text import HTML2Text

from reader.document.blocks import Block
from reader.parse.builder import Builder
from reader.parse.noise import is_skipped
from reader.parse.pages import article_of, chrome_of
from reader.parse.repair import repair
from reader.parse.tags import BLOCKS, Attributes, names, value

_WHOLE = re.compile("<(p|li|t[dh]|h[1-6])>([^<&]*+)</\\1>[ \t\n]*+")
"""An element that holds nothing but text, and the white space behind it, which is nothing behind a block."""
_BARE_TAG = re.compile("<([A-Za-z][A-Za-z0-9]*+)>")
"""A start tag without attributes, as most are."""

_VOID = names("area base basefont bgsound br col embed frame hr img input link meta param source track wbr")


class _Tokens(HTML2Text):
    """html2text as a tokenizer: every tag and text goes to a builder instead of into Markdown."""

    # The repaired source has no script or style left; no other element's content is to be read as anything but HTML.
    CDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc]  # the one way to tell the standard library's parser
    RCDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc]

    def __init__(self, builder: Builder, chrome: frozenset[str]) -> None:
        super().__init__()
        # Decoding whole texts at once follows HTML's rules for `&` without `;`, which html2text's own do not.
        self.convert_charrefs = True
        self.tag_callback = self._tag  # type: ignore[assignment]  # html2text leaves its type open
        self._builder = builder
        self._chrome = chrome
        self._skipped = ""
        self._skipped_depth = 0

    def updatepos(self, _start: int, end: int) -> int:
        """Count no lines: nobody asks where in the source a tag stands."""
        return end

    def parse_starttag(self, start: int) -> int:
        """Read the start tag at `start`; gives the place behind it. The repaired source holds none that is broken."""
        if not self._skipped and (found := _WHOLE.match(self.rawdata, start)):
            self._builder.whole(found[1], found[2])
            return found.end()
        found = _BARE_TAG.match(self.rawdata, start)
        if found is None:
            return super().parse_starttag(start)
        self.handle_starttag(found[1].lower(), [])
        return found.end()

    def parse_endtag(self, start: int) -> int:
        """Read the end tag at `start`; gives the place behind it. The repaired source has nothing in one but a name."""
        stop = self.rawdata.find(">", start)
        self.handle_endtag(self.rawdata[start + 2 : stop].lower())
        return stop + 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read `<tag/>`; an empty element has no end. `</br>` alone is one that browsers obey."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str, entity_char: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - html2text's own
        """Text between tags."""
        if not self._skipped:
            self._builder.text(data)

    def _tag(self, _: HTML2Text, tag: str, attributes: Attributes, start: bool) -> bool:  # noqa: FBT001 - html2text's own
        if self._skipped and self._skips(tag, start=start):
            return True
        if not start:
            if tag not in _VOID or tag == "br":
                self._builder.end(tag)
        elif tag not in _VOID and (tag in self._chrome or (attributes and self._redundant(tag, attributes))):
            self._skipped, self._skipped_depth = tag, 1
        else:
            self._builder.start(tag, attributes)
        return True

    def _redundant(self, tag: str, attributes: Attributes) -> bool:
        if tag == "span" and (tex := value(attributes, "data-tex")):
            self._builder.formula(tex)
            return True
        # Only what such noise is made of: a class of that name elsewhere must not take the text behind it along.
        return tag in {"span", "td", "div"} and is_skipped(attributes)

    def _skips(self, tag: str, *, start: bool) -> bool:
        """Whether a tag belongs to the element being left out; an inline one is over where any block begins or ends."""
        if tag == self._skipped:
            self._skipped_depth += 1 if start else -1
            if not self._skipped_depth:
                self._skipped = ""
            return True
        if tag in BLOCKS and self._skipped not in BLOCKS:
            self._skipped = ""
            return False
        if tag in ("tr", "table") and self._skipped == "td" and not start:
            self._skipped = ""
            return False
        return True


def parse_html(source: str, *, whole_page: bool | None = None) -> list[Block]:
    """The blocks of an HTML body.

    A whole page loses its navigation and the like. Its tags tell whether the source is one, if `whole_page` does not.
    """
    text, is_page = article_of(source) if whole_page is None or whole_page else (source, False)
    builder = Builder()
    tokens = _Tokens(builder, chrome_of(text) if is_page else frozenset())
    tokens.feed(repair(text))
    tokens.close()
    # A method of its own that it holds would keep it, and the whole document, until cycles are looked for.
    tokens.tag_callback = None
    return builder.finish()


def parse_pieces(pieces: Iterable[str | Sequence[Block]]) -> list[Block]:
    """The blocks of HTML with ready blocks in it, which go where the elements open around them take them."""
    builder = Builder()
    for piece in pieces:
        if isinstance(piece, str):
            tokens = _Tokens(builder, frozenset())
            tokens.feed(repair(piece))
            tokens.close()
            tokens.tag_callback = None
        else:
            builder.put(piece)
    return builder.finish()
