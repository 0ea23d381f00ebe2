"""The mapping from markup formats to translators."""

from collections.abc import Callable
from functools import partial

from reader.document.blocks import Block
from reader.document.body import Body, BodyFormat
from reader.parse.html import parse_html
from reader.settings.options import SourceBreaks

_LONGEST_RESTRUCTURED = 400_000
"""The maximum length in characters: docutils parses some 30,000 of them per second and cannot be interrupted."""


def parse_markup(body: Body, breaks: SourceBreaks = SourceBreaks.AUTO) -> list[Block]:
    """Parse a body in a format that is translated to HTML; as plain text if the translator fails."""
    try:
        return parse_html(_translator(body, breaks)(body.text))
    except Exception:  # noqa: BLE001 - docutils may raise anything, and the text must be shown
        from reader.parse.plain import parse_plain  # noqa: PLC0415 - rarely needed

        return parse_plain(body.text, breaks)


def _translator(body: Body, breaks: SourceBreaks) -> Callable[[str], str]:
    # Imported on demand: docutils takes a tenth of a second to import.
    match body.format:
        case BodyFormat.AOZORA:
            from reader.parse.formats.aozora import aozora_to_html as translate  # noqa: PLC0415
        case BodyFormat.ORG:
            from reader.parse.formats.org import org_to_html  # noqa: PLC0415

            return partial(org_to_html, breaks=breaks)
        case BodyFormat.RESTRUCTURED if len(body.text) <= _LONGEST_RESTRUCTURED:
            from reader.parse.formats.restructured import restructured_to_html as translate  # noqa: PLC0415
        case BodyFormat.ASCIIDOC:
            from reader.parse.formats.asciidoc import asciidoc_to_html as translate  # noqa: PLC0415
        case BodyFormat.GEMTEXT:
            from reader.parse.formats.gemtext import gemtext_to_html as translate  # noqa: PLC0415
        case BodyFormat.DOKUWIKI:
            from reader.parse.formats.dokuwiki import dokuwiki_to_html as translate  # noqa: PLC0415
        case BodyFormat.TIDDLYWIKI:
            from reader.parse.formats.tiddlywiki import tiddlywiki_to_html as translate  # noqa: PLC0415
        case _:
            raise ValueError(body.format)
    return translate
