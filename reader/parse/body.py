"""The one entry: a body of any format becomes a Document."""

from reader.document.blocks import Block, Heading, Leaf, Paragraph, leaves
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.memory import collection_paused
from reader.parse.headings import mark_headings, mark_title

_LONGEST_MARKDOWN = 10_000_000
"""Characters of Markdown that are parsed, some seconds' work; a longer text is shown as it was written."""


def parse(body: Body, *, headings: bool = True) -> Document:
    """What a body says. Any text whatever gives a document; nothing in it is lost but what `noise.py` names.

    Without `headings` the text is the same to the letter, for a third less time: a heading that the source does not
    call one stays a line of its paragraph, and no heading's level is settled.
    """
    with collection_paused():
        mark = mark_headings if headings else mark_title
        blocks = mark(_blocks(body), body.title)
    if not any(leaf.text and not _repeats_title(leaf) for block in blocks for leaf in leaves(block)):
        # A body that says only its title again is a page with that line on it, not an empty one.
        blocks = [Paragraph(block.text) if isinstance(block, Heading) else block for block in blocks]
    return Document(tuple(blocks))


def _repeats_title(leaf: Leaf) -> bool:
    return isinstance(leaf, Heading) and leaf.level == 0


def _blocks(body: Body) -> list[Block]:
    # A parser that a body does not need is not loaded for it: opening an article waits for these imports.
    match body.format:
        case BodyFormat.HTML:
            from reader.parse.html import parse_html  # noqa: PLC0415

            return parse_html(body.text)
        case BodyFormat.MARKDOWN if len(body.text) <= _LONGEST_MARKDOWN:
            from reader.parse.markdown import parse_markdown  # noqa: PLC0415

            return parse_markdown(body.text)
        case BodyFormat.TEXT | BodyFormat.MARKDOWN:
            from reader.parse.formats.text import parse_text  # noqa: PLC0415

            return parse_text(body.text)
        case _:
            from reader.parse.formats.formats import parse_markup  # noqa: PLC0415

            return parse_markup(body)
