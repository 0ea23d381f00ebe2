"""The HTML parser: repair, tokenization by html2text, and tree building."""

import re
from collections.abc import Iterable, Sequence

from html2text import HTML2Text

from reader.document.blocks import Block
from reader.parse.builder import Builder
from reader.parse.html_vocabulary import BLOCKS, Attributes, names, value
from reader.parse.noise import is_skipped
from reader.parse.pages import boilerplate_elements, extract_article
from reader.parse.repair import repair

_WHOLE = re.compile("<(p|li|t[dh]|h[1-6])>([^<&]*+)</\\1>[ \t\n]*+")
"""An element that contains only text, with the insignificant white space after it."""
_BARE_TAG = re.compile("<([A-Za-z][A-Za-z0-9]*+)>")
"""A start tag without attributes, the most frequent case."""

_VOID = names("area base basefont bgsound br col embed frame hr img input link meta param source track wbr")


class _Tokens(HTML2Text):
    """html2text as a tokenizer: tags and text go to a builder instead of being converted to Markdown."""

    # `repair` has removed scripts and style sheets; the content of all other elements is parsed as HTML.
    CDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc]  # the only way to configure the standard library's parser
    RCDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc]

    def __init__(self, builder: Builder, chrome: frozenset[str]) -> None:
        super().__init__()
        # The standard library decodes `&` without `;` by the rules of HTML, which html2text does not.
        self.convert_charrefs = True
        self.tag_callback = self._tag  # type: ignore[assignment]  # html2text leaves its type open
        self._builder = builder
        self._chrome = chrome
        self._skipped = ""
        self._skipped_depth = 0

    def updatepos(self, _start: int, end: int) -> int:
        """Skip counting lines, because positions in the source are not needed."""
        return end

    def parse_starttag(self, start: int) -> int:
        """Parse the start tag at `start` and return the end offset. The repaired source has no malformed tags."""
        if not self._skipped and (found := _WHOLE.match(self.rawdata, start)):
            self._builder.whole(found[1], found[2])
            return found.end()
        found = _BARE_TAG.match(self.rawdata, start)
        if found is None:
            return super().parse_starttag(start)
        self.handle_starttag(found[1].lower(), [])
        return found.end()

    def parse_endtag(self, start: int) -> int:
        """Parse the end tag at `start` and return the end offset. In the repaired source it contains only a name."""
        stop = self.rawdata.find(">", start)
        self.handle_endtag(self.rawdata[start + 2 : stop].lower())
        return stop + 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Handle `<tag/>`: open the element and, unless it is void, close it."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str, entity_char: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - html2text's own
        """Handle text between tags."""
        if not self._skipped:
            self._builder.text(data)

    def _tag(self, _: HTML2Text, tag: str, attributes: Attributes, start: bool) -> bool:  # noqa: FBT001 - html2text's own
        if self._skipped and self._skips(tag, start=start):
            return True
        if not start:
            if tag not in _VOID or tag == "br":
                self._builder.end(tag)
        elif tag not in _VOID and (tag in self._chrome or (attributes and self._is_duplicate(tag, attributes))):
            self._skipped, self._skipped_depth = tag, 1
        else:
            self._builder.start(tag, attributes)
        return True

    def _is_duplicate(self, tag: str, attributes: Attributes) -> bool:
        if tag == "span" and (tex := value(attributes, "data-tex")):
            self._builder.formula(tex)
            return True
        # Limited to the elements used for such noise, so that a class of that name elsewhere drops no text.
        return tag in {"span", "td", "div"} and is_skipped(attributes)

    def _skips(self, tag: str, *, start: bool) -> bool:
        """Whether a tag belongs to the skipped element; a skipped inline element ends at any block tag."""
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
    """Parse an HTML body into blocks.

    Navigation and similar elements of a whole page are removed. If `whole_page` is None, the tags decide whether the
    source is a whole page.
    """
    text, is_page = extract_article(source) if whole_page is None or whole_page else (source, False)
    builder = Builder()
    tokens = _Tokens(builder, boilerplate_elements(text) if is_page else frozenset())
    tokens.feed(repair(text))
    tokens.close()
    # Break the reference cycle, which would keep the whole document alive until the next garbage collection.
    tokens.tag_callback = None
    return builder.finish()


def parse_pieces(pieces: Iterable[str | Sequence[Block]]) -> list[Block]:
    """Parse HTML fragments mixed with finished blocks, which are inserted into the elements open at that point."""
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
