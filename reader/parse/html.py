"""The HTML parser: repair, handling of tags and text by html2text, and tree building."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from html2text import HTML2Text

from reader.document.blocks import Block, Heading, Image, MathBlock, Rule, SpanKind, leaves
from reader.document.document import PageInfo
from reader.lean_dataclasses import replace
from reader.parse.browser_controls import is_skipped
from reader.parse.builder import Builder
from reader.parse.dollar_formulas import with_dollar_formulas
from reader.parse.html_repair import repair
from reader.parse.html_tokens import HtmlTokens, attributes_of, decoded, is_empty_element, tokens_of
from reader.parse.html_vocabulary import BLOCKS, VOID, Attributes, is_hidden, names, value
from reader.parse.pages import boilerplate_elements, is_page, page_body

_TEXTS = names("p li td th h1 h2 h3 h4 h5 h6")
"""Elements that often contain only text."""
_DOUBLED = names("span div td")
"""Only these elements are skipped if their class says that they repeat other content."""
_BLANK = " \t\n"

_SHORT, _HARDLY_ANY = 200, 80
"""A page with fewer characters may have its text in a script; one with fewer than the second number counts as empty."""
_MOSTLY = 4
"""If a page hides this many times more text than it displays, a script is meant to show the text."""

_SVG_DESCRIPTIONS = names("title desc metadata")
"""Elements of a drawing that describe it and are not displayed."""


class _TokenHandler(HTML2Text):
    """html2text as a handler of tokens: tags and text go to a builder instead of being converted to Markdown."""

    def __init__(self, builder: Builder, chrome: frozenset[str], *, shows_hidden: bool = False) -> None:
        super().__init__()
        self.tag_callback = self._tag  # type: ignore[assignment]  # html2text leaves its type open
        self._builder = builder
        self._chrome = chrome
        self._shows_hidden = shows_hidden
        self.hidden = 0
        """The number of characters in hidden elements."""
        self._begin(())

    def _begin(self, tokens: HtmlTokens) -> None:
        self._skipped = ""
        self._skipped_depth = 0
        self._svgs = 0
        self._tokens = tokens
        self._attributes: dict[str, dict[str, str | None]] = {}
        """Parsed attributes by their source text, because many tags have the attributes of an earlier tag."""
        self._balanced: dict[str, bool] = {}
        self._mathml: bool | None = None
        self._hides = False

    def handle_tokens(self, tokens: HtmlTokens) -> None:
        """Handle tags and text. Several calls are independent of each other."""
        self._begin(tokens)
        place, end = 0, len(tokens)
        while place < end:
            slash, tag, written, text = tokens[place]
            place += 1
            if slash:
                self.handle_tag(tag.lower(), {}, start=False)
            elif written:
                self._handle_attributes(tag.lower(), written)
            elif (
                tag in _TEXTS
                and "&" not in text
                and place < end
                and tokens[place][:3] == ("/", tag, "")
                and not self._skipped
            ):
                self._builder.whole(tag, text)
                # The white space after a block is insignificant.
                text = tokens[place][3].lstrip(_BLANK)
                place += 1
            elif tag:
                self.handle_tag(tag.lower(), {}, start=True)
            if text:
                self.handle_data(decoded(text) if "&" in text else text)

    def _handle_attributes(self, tag: str, written: str) -> None:
        if (attributes := self._attributes.get(written)) is None:
            attributes = self._attributes[written] = attributes_of(written)
        self.handle_tag(tag, attributes, start=True)
        if written[-1] == "/" and tag not in VOID and is_empty_element(written):
            self.handle_endtag(tag)

    def release(self) -> None:
        """Break the reference cycles, which would keep the whole document alive until the next garbage collection."""
        self.tag_callback = None
        self.out = None  # type: ignore[assignment]  # html2text keeps a method of its own there

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
            if tag not in VOID or tag == "br":
                self._builder.end(tag)
        elif (
            tag in VOID
            or not (attributes or self._svgs > 0 or tag in self._chrome or tag == "template")
            or not self._begins_skipped(tag, attributes)
        ):
            self._builder.start(tag, attributes)
        return True

    def _begins_skipped(self, tag: str, attributes: Attributes) -> bool:
        """Whether an element is skipped with all its content."""
        if self._is_boilerplate(tag) or (tag in _DOUBLED and self._is_duplicate(tag, attributes)):
            self._hides = False
        elif self._is_undisplayed(tag, attributes):
            self._hides = True
        else:
            return False
        self._skipped, self._skipped_depth = tag, 1
        return True

    def _is_boilerplate(self, tag: str) -> bool:
        # The footer of a quotation is its source.
        return tag in self._chrome and not (tag == "footer" and self._builder.in_quotation)

    def _is_undisplayed(self, tag: str, attributes: Attributes) -> bool:
        """Whether browsers do not display an element; False if its end tag may be missing, as it may hold the page."""
        if self._svgs > 0 and tag in _SVG_DESCRIPTIONS:
            return self._is_balanced(tag)
        if self._shows_hidden or not (tag == "template" or (attributes and is_hidden(attributes))):
            return False
        return self._is_balanced(tag)

    def _is_balanced(self, tag: str) -> bool:
        if tag not in self._balanced:
            slashes = [slash for slash, name, _, _ in self._tokens if name.lower() == tag]
            self._balanced[tag] = 2 * sum(map(bool, slashes)) == len(slashes)
        return self._balanced[tag]

    def _is_duplicate(self, tag: str, attributes: Attributes) -> bool:
        if tag != "td" and (tex := value(attributes, "data-tex") or value(attributes, "data-math")):
            self._builder.formula(tex)
            return True
        if not is_skipped(attributes):
            return False
        return "katex-html" not in value(attributes, "class") or self._has_mathml()

    def _has_mathml(self) -> bool:
        """Whether the source contains MathML, too; KaTeX may write only the visible form of formulas."""
        if self._mathml is None:
            self._mathml = any(tag == "math" for _, tag, _, _ in self._tokens)
        return self._mathml

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


def parse_html(source: str, language: str = "") -> list[Block]:
    """Parse HTML in a language (BCP 47) into blocks; for a whole page, everything that its body displays."""
    return _displayed(tokens_of(repair(page_body(source) if is_page(source) else source)), frozenset(), language)


def parse_page(
    source: str, site_blocks: AbstractSet[int] = frozenset(), title: str = "", language: str = ""
) -> tuple[list[Block], PageInfo | None]:
    """Parse an HTML body (only the article if it is a whole page) into blocks; also return a description of the page.

    `site_blocks` are the keys of the blocks that most pages of the site share, see `site_blocks.py`; `title` is the
    title of the article, `language` that of the page (BCP 47).
    """
    if not is_page(source):
        return parse_html(source, language), None
    # Imported here because most bodies are not whole pages, and the library takes some milliseconds to load.
    from reader.parse.main_content import main_content  # noqa: PLC0415

    text = page_body(source)
    article = main_content(text, site_blocks, title)
    if article is None or article.is_doubtful:
        blocks = _displayed(tokens_of(repair(text)), boilerplate_elements(text), language)
        info = PageInfo(is_doubtful=article is not None)
    else:
        blocks = _displayed(article.tokens, frozenset(), language)
        info = PageInfo(article.omitted)
    return (blocks, info) if _length(blocks) >= _SHORT else _with_text_of_scripts(source, blocks, info)


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(leaf.text.text) for block in blocks for leaf in leaves(block))


def _with_text_of_scripts(source: str, blocks: list[Block], info: PageInfo) -> tuple[list[Block], PageInfo]:
    """Show the text in the scripts of a page that itself shows hardly any text.

    Of the blocks of the page, headings and most pictures are kept.
    """
    from reader.parse.script_data import article_in_data  # noqa: PLC0415 - few pages are like this
    from reader.parse.script_texts import article_body, is_loaded_by_script  # noqa: PLC0415
    from reader.parse.wechat_posts import wechat_article, wechat_post  # noqa: PLC0415

    length = _length(blocks)
    if post := parse_html(wechat_post(source)):
        headings: list[Block] = [block for block in blocks if isinstance(block, Heading)]
        return [*headings, *post], PageInfo(info.omitted + length - _length(headings))
    is_loaded = is_loaded_by_script(source)
    said = article_body(source) or wechat_article(source) or (article_in_data(source) if is_loaded else "")
    found = parse_html(said)
    if _length(found) > 2 * length:
        kept = [block for block in blocks if isinstance(block, (Heading, Image))]
        return [*kept, *found], PageInfo(info.omitted + length - _length(kept))
    is_empty = length < _HARDLY_ANY and not any(isinstance(leaf, Image) for block in blocks for leaf in leaves(block))
    return blocks, replace(info, is_scripted=is_empty and is_loaded)


def _displayed(tokens: HtmlTokens, boilerplate: frozenset[str], language: str) -> list[Block]:
    blocks, hidden = _parsed(tokens, boilerplate, language)
    if hidden > _MOSTLY * _length(blocks):
        blocks, _ = _parsed(tokens, boilerplate, language, shows_hidden=True)
    return blocks


def _parsed(
    tokens: HtmlTokens, boilerplate: frozenset[str], language: str, *, shows_hidden: bool = False
) -> tuple[list[Block], int]:
    """Return the blocks, and the number of characters in hidden elements."""
    builder = Builder(language)
    handler = _TokenHandler(builder, boilerplate, shows_hidden=shows_hidden)
    handler.handle_tokens(with_dollar_formulas(tokens))
    handler.release()
    return builder.finish(), handler.hidden


def _has_formula(blocks: Sequence[Block]) -> bool:
    """Whether there is a formula in blocks or in their text."""
    return any(
        isinstance(leaf, MathBlock)
        or (not isinstance(leaf, Rule) and any(span.kind is SpanKind.MATH for span in leaf.text.spans))
        for block in blocks
        for leaf in leaves(block)
    )


def parse_pieces(pieces: Iterable[str | Sequence[Block]]) -> list[Block]:
    """Parse HTML fragments mixed with finished blocks, which are inserted into the elements open at that point."""
    builder = Builder()
    handler = _TokenHandler(builder, frozenset())
    pieces = list(pieces)
    has_formulas = any("$" in piece for piece in pieces if isinstance(piece, str)) and any(
        _has_formula(piece) for piece in pieces if not isinstance(piece, str)
    )
    for piece in pieces:
        if isinstance(piece, str):
            tokens = tokens_of(repair(piece))
            handler.handle_tokens(with_dollar_formulas(tokens, has_formulas=has_formulas) if has_formulas else tokens)
        else:
            builder.put(piece)
    handler.release()
    return builder.finish()


def page_blocks(source: str) -> frozenset[int]:
    """Return the keys of the blocks in a page's article, for learning the site's blocks; empty for an HTML fragment."""
    if not is_page(source):
        return frozenset()
    from reader.parse.main_content import article_blocks  # noqa: PLC0415 - as above

    return article_blocks(page_body(source))
