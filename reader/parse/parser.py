"""The entry point of the parsers: a body of any format becomes a Document."""

from reader.document.blocks import Block, Heading, Leaf, Paragraph, leaves
from reader.document.body import Body, BodyFormat
from reader.document.document import Document, PageInfo
from reader.document.soft_hyphens import soft_hyphens
from reader.memory import collection_paused
from reader.parse.headings.heading_blocks import mark_headings, mark_title
from reader.settings.options import SourceBreaks

_LONGEST_MARKDOWN = 10_000_000
"""The maximum length of Markdown in characters, not counting embedded pictures and endless addresses; parsing it takes
some seconds. Longer text is parsed as plain text."""


def parse(body: Body, *, headings: bool = True, breaks: SourceBreaks = SourceBreaks.AUTO) -> Document:
    """Parse a body into a document. Any text is accepted, and no text is lost except what `browser_controls.py` lists.

    Without `headings` parsing takes less time and yields the same text. Then pseudo headings stay lines of their
    paragraphs, heading levels are not normalized, and Markdown has no formatting. `breaks` says what becomes of the
    line breaks in Markdown and plain text.
    """
    with collection_paused():
        found, page = _blocks(body, breaks, lean=not headings)
        if headings:
            blocks = mark_headings(found, body.title, is_outlined=body.is_outlined)
        else:
            blocks = mark_title(found, body.title)
    if not any(leaf.text and not _repeats_title(leaf) for block in blocks for leaf in leaves(block)):
        # A body that only repeats its title shows that line instead of an empty page.
        blocks = [Paragraph(block.text, block.anchor) if isinstance(block, Heading) else block for block in blocks]
    hyphens = soft_hyphens(body.text) if headings else {}
    has_slugs = body.format is BodyFormat.MARKDOWN
    return Document(tuple(blocks), page, hyphens, body.title, body.language, has_slugs)


def _repeats_title(leaf: Leaf) -> bool:
    return isinstance(leaf, Heading) and leaf.level == 0


def _blocks(body: Body, breaks: SourceBreaks, *, lean: bool) -> tuple[list[Block], PageInfo | None]:
    if body.format is not BodyFormat.HTML:
        return _text_blocks(body, breaks, lean=lean), None
    from reader.parse.html import parse_html, parse_page  # noqa: PLC0415 - only what the body needs: opening waits

    if body.whole_page:
        return parse_html(body.text, body.language), None
    return parse_page(body.text, body.site_blocks, body.title, body.language)


def _text_blocks(body: Body, breaks: SourceBreaks, *, lean: bool) -> list[Block]:
    # Import only the parser that the body needs, because opening an article waits for these imports.
    match body.format:
        case BodyFormat.MARKDOWN if _is_short(body.text):
            from reader.parse.markdown import parse_markdown  # noqa: PLC0415

            return parse_markdown(body.text, breaks, lean=lean)
        case BodyFormat.TEXT | BodyFormat.MARKDOWN:
            from reader.parse.formats.plain_text import parse_text  # noqa: PLC0415

            return parse_text(body.text, breaks)
        case _:
            from reader.parse.formats.formats import parse_markup  # noqa: PLC0415

            return parse_markup(body, breaks)


def _is_short(text: str) -> bool:
    if len(text) <= _LONGEST_MARKDOWN:
        return True
    from reader.document.embedded_data import length_without_data  # noqa: PLC0415 - only for megabytes

    return length_without_data(text) <= _LONGEST_MARKDOWN
