"""The HTML parser: repair, tokenization by html2text, and tree building."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from html import unescape

from html2text import HTML2Text

from reader.document.blocks import Block, leaves
from reader.document.document import PageInfo
from reader.parse.boilerplate import is_skipped
from reader.parse.builder import Builder
from reader.parse.html_vocabulary import BLOCKS, Attributes, is_hidden, names, value
from reader.parse.pages import boilerplate_elements, is_page, page_body
from reader.parse.repair import repair
from reader.regex import regex

_WHOLE = regex("<(p|li|t[dh]|h[1-6])>([^<&]*+)</\\1>[ \t\n]*+")
"""An element that contains only text, with the insignificant white space after it."""
_BARE_TAG = regex("<([A-Za-z][A-Za-z0-9]*+)>")
"""A start tag without attributes, the most frequent case."""

_START_TAG = regex(
    r"""<([A-Za-z][A-Za-z0-9:_.-]*+)((?:\s++[^\s"'<>/=]++(?:="[^"<>]*+"|='[^'<>]*+'|=[^\s"'=<>`]++)?+)*+)\s*+(/?)>"""
)
_ATTRIBUTE = regex(r"""([^\s"'<>/=]++)(?:=(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?+""")

_VOID = names("area base basefont bgsound br col embed frame hr img input link meta param source track wbr")

_MOSTLY = 4
"""If a page hides this many times more text than it displays, a script is meant to show the text."""

_SVG_DESCRIPTIONS = names("title desc metadata")
"""Elements of a drawing that describe it and are not displayed."""


class _Tokenizer(HTML2Text):
    """html2text as a tokenizer: tags and text go to a builder instead of being converted to Markdown."""

    # `repair` has removed scripts and style sheets; the content of all other elements is parsed as HTML.
    CDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc]  # the only way to configure the standard library's parser
    RCDATA_CONTENT_ELEMENTS = ()  # type: ignore[misc]

    def __init__(self, builder: Builder, chrome: frozenset[str], *, shows_hidden: bool = False) -> None:
        super().__init__()
        # The standard library decodes `&` without `;` by the rules of HTML, which html2text does not.
        self.convert_charrefs = True
        self.tag_callback = self._tag  # type: ignore[assignment]  # html2text leaves its type open
        self._builder = builder
        self._chrome = chrome
        self._shows_hidden = shows_hidden
        self.hidden = 0
        """The number of characters in hidden elements."""
        self._begin("")

    def _begin(self, source: str) -> None:
        self.reset()
        self._skipped = ""
        self._skipped_depth = 0
        self._svgs = 0
        self._source = source
        self._balanced: dict[str, bool] = {}
        self._hides = False

    def tokenize(self, source: str) -> None:
        """Pass all of a repaired source to the builder. Sources are independent of each other."""
        self._begin(source)
        self.feed(source)
        self.close()

    def release(self) -> None:
        """Break the reference cycles, which would keep the whole document alive until the next garbage collection."""
        self.tag_callback = None
        self.out = None  # type: ignore[assignment]  # html2text keeps a method of its own there

    def updatepos(self, _start: int, end: int) -> int:
        """Skip counting lines, because positions in the source are not needed."""
        return end

    def goahead(self, _end: bool) -> None:  # noqa: FBT001 - the standard library's own
        """Handle all tags and text. In the repaired source every `<` begins a tag, which this loop need not check."""
        source, at = self.rawdata, 0
        while (start := source.find("<", at)) >= 0:
            if start > at:
                text = source[at:start]
                self.handle_data(unescape(text) if "&" in text else text)
            at = self.parse_endtag(start) if source.startswith("/", start + 1) else self.parse_starttag(start)
            if at <= start:
                self.handle_data("<")
                at = start + 1
        if at < len(source):
            self.handle_data(unescape(source[at:]))
        self.rawdata = ""

    def parse_starttag(self, start: int) -> int:
        """Parse the start tag at `start` and return the end offset. The repaired source has no malformed tags."""
        if not self._skipped and (found := _WHOLE.match(self.rawdata, start)):
            self._builder.whole(found[1], found[2])
            return found.end()
        found = _BARE_TAG.match(self.rawdata, start)
        if found is not None:
            self.handle_starttag(found[1].lower(), [])
            return found.end()
        # The parser of the standard library takes three times as long for the well-formed tags of a repaired source.
        found = _START_TAG.match(self.rawdata, start)
        if found is None:
            return super().parse_starttag(start)
        handle = self.handle_startendtag if found[3] else self.handle_starttag
        handle(found[1].lower(), _attributes(found[2]))
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
        elif self._hides:
            self.hidden += len(data)
        elif self._skipped == "td":
            # The numbers beside the code in Hexo's and Pygments' tables.
            self._builder.code_label.note_number(data)

    def _tag(self, _: HTML2Text, tag: str, attributes: Attributes, start: bool) -> bool:  # noqa: FBT001 - html2text's own
        if self._skipped and self._skips(tag, start=start):
            return True
        if tag == "svg":
            self._svgs += 1 if start else -1
        if not start:
            if tag not in _VOID or tag == "br":
                self._builder.end(tag)
        elif tag in _VOID or not self._begins_skipped(tag, attributes):
            self._builder.start(tag, attributes)
        return True

    def _begins_skipped(self, tag: str, attributes: Attributes) -> bool:
        """Whether an element is skipped with all its content."""
        if self._is_boilerplate(tag) or (attributes and self._is_duplicate(tag, attributes)):
            self._hides = False
        elif (attributes or self._svgs > 0 or tag == "template") and self._is_undisplayed(tag, attributes):
            self._hides = True
        else:
            return False
        self._skipped, self._skipped_depth = tag, 1
        return True

    def _is_boilerplate(self, tag: str) -> bool:
        # The footer of a quotation is its source.
        return tag in self._chrome and not (tag == "footer" and self._builder.in_quotation)

    def _is_undisplayed(self, tag: str, attributes: Attributes) -> bool:
        """Whether browsers do not display an element; one without an end tag could hide the rest of the page."""
        if self._svgs > 0 and tag in _SVG_DESCRIPTIONS:
            return self._is_balanced(tag)
        if self._shows_hidden or not (tag == "template" or (attributes and is_hidden(attributes))):
            return False
        return self._is_balanced(tag)

    def _is_balanced(self, tag: str) -> bool:
        if tag not in self._balanced:
            starts = len(re.findall(rf"<{tag}(?=[\s/>])", self._source, re.IGNORECASE))
            self._balanced[tag] = starts == len(re.findall(rf"</{tag}\s*>", self._source, re.IGNORECASE))
        return self._balanced[tag]

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
        if tag in BLOCKS and (self._skipped not in BLOCKS or self._skipped == "p"):
            self._skipped = ""
            return False
        if tag in ("tr", "table") and self._skipped == "td" and not start:
            self._skipped = ""
            return False
        return True


def _attributes(written: str) -> list[tuple[str, str | None]]:
    """Return the attributes of a well-formed tag, with character references decoded."""
    found: list[tuple[str, str | None]] = []
    for one in _ATTRIBUTE.finditer(written):
        name, double, single, bare = one.groups()
        content = double if double is not None else single if single is not None else bare
        found.append((name.lower(), unescape(content) if content and "&" in content else content))
    return found


def parse_html(source: str) -> list[Block]:
    """Parse HTML into blocks; of a whole page, everything that its body displays."""
    return _displayed(repair(page_body(source) if is_page(source) else source), frozenset())


def parse_page(source: str, site_blocks: AbstractSet[int] = frozenset()) -> tuple[list[Block], PageInfo | None]:
    """Parse an HTML body into blocks. Of a whole page only the article is parsed, and described.

    `site_blocks` are those that the page's site has on most pages, see `site_blocks.py`.
    """
    if not is_page(source):
        return parse_html(source), None
    # Imported here because most bodies are not whole pages, and the library takes some milliseconds to load.
    from reader.parse.main_content import main_content  # noqa: PLC0415

    text = page_body(source)
    repaired = repair(text)
    article = main_content(repaired, site_blocks)
    if article is None or article.is_doubtful:
        return _displayed(repaired, boilerplate_elements(text)), PageInfo(is_doubtful=article is not None)
    # Repaired again, because serialization writes `<` in attributes as it is.
    return _displayed(repair(article.source), frozenset()), PageInfo(article.omitted)


def _displayed(repaired: str, boilerplate: frozenset[str]) -> list[Block]:
    blocks, hidden = _parsed(repaired, boilerplate)
    if hidden > _MOSTLY * sum(len(leaf.text.text) for block in blocks for leaf in leaves(block)):
        blocks, _ = _parsed(repaired, boilerplate, shows_hidden=True)
    return blocks


def _parsed(repaired: str, boilerplate: frozenset[str], *, shows_hidden: bool = False) -> tuple[list[Block], int]:
    """Return the blocks, and the number of characters in hidden elements."""
    builder = Builder()
    tokens = _Tokenizer(builder, boilerplate, shows_hidden=shows_hidden)
    tokens.tokenize(repaired)
    tokens.release()
    return builder.finish(), tokens.hidden


def parse_pieces(pieces: Iterable[str | Sequence[Block]]) -> list[Block]:
    """Parse HTML fragments mixed with finished blocks, which are inserted into the elements open at that point."""
    builder = Builder()
    tokens = _Tokenizer(builder, frozenset())
    for piece in pieces:
        if isinstance(piece, str):
            tokens.tokenize(repair(piece))
        else:
            builder.put(piece)
    tokens.release()
    return builder.finish()


def page_blocks(source: str) -> frozenset[int]:
    """Return the blocks of the article of a whole page, for learning those of its site; empty for any other body."""
    if not is_page(source):
        return frozenset()
    from reader.parse.main_content import article_blocks  # noqa: PLC0415 - as above

    return article_blocks(repair(page_body(source)))
