"""`reader show`: print articles as text or as JSON."""

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reader.cli.arguments import LONGEST, NARROWEST, SHORTEST
from reader.cli.articles import ArticleSource
from reader.cli.command_parser import see_help, terminal_columns, terminal_rows
from reader.cli.output import print_error, print_json, print_warning, print_warnings
from reader.cli.pager import print_paged
from reader.cli.standard_input import NAME, check_format
from reader.cli.starting_places import Target, part_from, targets_of
from reader.cli.styled_lines import LineStyle
from reader.document.blocks import is_diagram_source
from reader.document.document import Document, Range
from reader.errors import ReaderError, UsageError
from reader.export.text_lines import text_lines
from reader.hyperlinks import takes_hyperlinks
from reader.language import _
from reader.layout.head import Head
from reader.lean_dataclasses import replace
from reader.reading.byline import head_of
from reader.reading.opened_article import Reading
from reader.reading.starting_place import StartingPlace
from reader.settings.options import ChineseScript, Settings, Typesetting
from reader.syntax.token_roles import TokenRole

if TYPE_CHECKING:
    from reader.layout.diagrams import Drawing


def run(options: Namespace, settings: Settings) -> int:
    """Print articles, laid out for a width, or as JSON; return 0 if all could be read."""
    source = ArticleSource(
        settings, tuple(options.archive), options.whole, written_in=options.written_in, base=options.base
    )
    targets = targets_of(options.file)
    check_format(options.written_in, [target for target, _place in targets])
    if [target for target, _place in targets].count(NAME) > 1:
        raise UsageError(_("“-” can be given only once"), see_help("reader show"))
    parts, code = _opened(targets, options, source)
    readings = [reading for reading, _part in parts]
    for reading in readings:
        print_warnings(reading.warnings)
    if options.json:
        from reader.export.article_json import article_record  # noqa: PLC0415 - only for JSON

        print_json(
            [
                {
                    **article_record(reading.article, reading.document, reading.outline, span),
                    "warnings": [str(warning) for warning in reading.warnings],
                }
                for reading, span in parts
            ]
        )
        return code
    style = _line_style(options.color, settings)
    typesetting = _in_script(options.chinese, settings.typesetting) if options.chinese else settings.typesetting
    columns = _columns(options) if options.vertical else None
    if columns is not None and not all(map(_can_be_vertical, readings)):
        print_warning(_("only Chinese, Japanese and Korean are set vertically"))
    lines = _lines(parts, _width(options, settings), columns, typesetting, style)
    paged = not options.no_pager and sys.stdout.isatty()
    print_paged(lines, paged=paged)
    return code


def _opened(
    targets: Sequence[Target], options: Namespace, source: ArticleSource
) -> tuple[list[tuple[Reading, Range | None]], int]:
    """Open articles, and find the requested parts of them; return the highest exit code.

    If there are several, print an error with its path for each that cannot be read or lacks the part.

    Raises:
        ReaderError: The only article cannot be read, or has no such part.
    """
    if len(targets) == 1:
        ((target, place),) = targets
        reading = source.open(target)
        return [(reading, _span(reading, options, place))], 0
    parts: list[tuple[Reading, Range | None]] = []
    code = 0
    for target, place in targets:
        try:
            reading = source.open(target)
            try:
                parts.append((reading, _span(reading, options, place)))
            except UsageError as error:
                message = _("{path}: {message}").format(path=target, message=error.message)
                raise UsageError(message, error.hint) from error
        except ReaderError as error:
            print_error(error)
            code = max(code, error.exit_code)
    return parts, code


def _span(reading: Reading, options: Namespace, place: StartingPlace | None) -> Range | None:
    """The requested part of an article; None for all of it."""
    if place is not None:
        if options.section is not None or options.range is not None:
            message = _("{place} cannot be combined with --section or --range").format(place=place.written)
            raise UsageError(message, see_help("reader show"))
        return part_from(place, reading)
    if options.section is None and options.range is None:
        return None
    from reader.reading.article_parts import chosen_range  # noqa: PLC0415 - most commands print all of an article

    return chosen_range(reading, options.section, options.range)


def _can_be_vertical(reading: Reading) -> bool:
    from reader.layout.vertical_text import can_be_vertical  # noqa: PLC0415 - seldom asked for

    return can_be_vertical(reading.document)


def _width(options: Namespace, settings: Settings) -> int:
    # Limit the width to that of the terminal; a pipe has no width, so the configured one applies.
    width: int = options.width or max(NARROWEST, min(settings.measure, terminal_columns(settings.measure)))
    return width


def _columns(options: Namespace) -> tuple[int, int]:
    """The width in cells and the height in rows of a screenful of vertical text.

    It leaves room in the terminal for the blank row between two screenfuls.
    """
    rows = options.rows or max(SHORTEST, min(terminal_rows() - 2, LONGEST))
    return options.width or max(NARROWEST, terminal_columns()), rows


def _line_style(color: str, settings: Settings) -> LineStyle:
    """The styles for stdout: none in a pipe, unless asked for with `--color always`."""
    is_terminal = sys.stdout.isatty()
    styles = color == "always" or (color == "auto" and is_terminal and os.environ.get("TERM") != "dumb")
    colours = styles and (color == "always" or not os.environ.get("NO_COLOR"))
    return LineStyle(
        styles=styles,
        colours=colours,
        links=is_terminal and color != "never" and takes_hyperlinks(os.environ),
        tokens=_token_codes(settings, colours=colours) if styles else {},
    )


def _token_codes(settings: Settings, *, colours: bool) -> Mapping[TokenRole, str]:
    """The styles of code, in the colours of the theme in the settings."""
    from reader.cli.code_styles import token_codes  # noqa: PLC0415 - not for files and pipes
    from reader.themes.theme_files import chosen_themes  # noqa: PLC0415

    return token_codes(chosen_themes(settings)[0][0] if colours else None, os.environ)


def _in_script(script: str, typesetting: Typesetting) -> Typesetting:
    """The typesetting options with Chinese in a script.

    Raises:
        UsageError: OpenCC is not installed.
    """
    from reader.document.chinese_script import can_convert  # noqa: PLC0415 - seldom asked for

    if script != ChineseScript.SOURCE and not can_convert():
        raise UsageError(_("--chinese needs OpenCC"), _("install it: pip install 'archive-reader[variants]'"))
    return replace(typesetting, chinese=ChineseScript(script))


def _lines(
    parts: Iterable[tuple[Reading, Range | None]],
    width: int,
    columns: tuple[int, int] | None,
    typesetting: Typesetting,
    style: LineStyle,
) -> Iterator[str]:
    """The styled lines of articles with their heads, or of parts of articles, separated by empty lines.

    They are at most `width` cells wide. If `columns` is given, it has the width in cells and the rows of vertical text.
    """
    for number, (reading, span) in enumerate(parts):
        if number:
            yield ""
        shown, document = head_of(reading), reading.document
        if span is not None:
            from reader.document.parts import part_of  # noqa: PLC0415 - as in `_span`

            shown, document = Head(""), part_of(document, span)
        if columns is not None and _can_be_vertical(reading):
            from reader.layout.vertical_pages import vertical_lines  # noqa: PLC0415 - seldom asked for

            yield from map(style.render, vertical_lines(shown, document, *columns, typesetting))
            continue
        own = style
        if style.tokens:
            from reader.cli.code_styles import DocumentTokens  # noqa: PLC0415 - as in `_token_codes`

            own = replace(style, tokens_between=DocumentTokens(document).between)
        drawings = _drawings(document, width, typesetting) if sys.stdout.isatty() else None
        yield from map(own.render, text_lines(shown, document, width, typesetting, drawings))


def _drawings(document: Document, width: int, typesetting: Typesetting) -> "Mapping[int, Drawing] | None":
    """The drawings of the diagrams of a document; None if it has no diagrams, like most documents."""
    if not any(map(is_diagram_source, document.leaves)):
        return None
    from reader.cli.drawn_diagrams import drawn_diagrams  # noqa: PLC0415 - seldom needed

    return drawn_diagrams(document, width, typesetting)
