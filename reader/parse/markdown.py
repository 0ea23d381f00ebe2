"""Markdown bodies: rendered to HTML by markdown-it, then read as HTML, so that one builder makes every block.

CommonMark with tables, strikethrough, footnotes, task lists, definition lists and formulas between dollars.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from reader.document.blocks import Block
from reader.document.cleaning import clean
from reader.parse.html import parse_html
from reader.parse.inline import WIDE
from reader.parse.plain import parse_plain
from reader.parse.repair import FORMULA, escaped

if TYPE_CHECKING:
    from markdown_it.token import Token

_NESTING = 60
"""Elements around one text. markdown-it drops what stands deeper, so a text that reaches this is read as plain."""

_WRITTEN_TOGETHER = re.compile(f"[{WIDE}\u1100-\u11ff\uac00-\ud7a3]")


def parse_markdown(source: str) -> list[Block]:
    """The blocks of a Markdown body; one that is nested beyond all writing is read as plain text."""
    text = clean(source)
    try:
        html = _rendered(text)
    except (RecursionError, IndexError, ValueError, AssertionError):
        # A fault of the library on some odd text must not cost the article.
        html = None
    return parse_plain(text) if html is None else parse_html(html, whole_page=False)


def _rendered(text: str) -> str | None:
    """`text` as HTML, or None if it is nested too deep."""
    markdown = _renderer()
    environment: dict[str, Any] = {}
    tokens = markdown.parse(text, environment)
    if unused := _unused_footnotes(environment):
        environment = {}
        tokens = markdown.parse(_as_text(text, unused), environment)
    if any(token.level >= _NESTING - 1 for token in tokens):
        return None
    return str(markdown.renderer.render(tokens, markdown.options, environment))


@cache
def _renderer() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    footnote_plugin(markdown)
    tasklists_plugin(markdown)
    deflist_plugin(markdown)
    dollarmath_plugin(markdown, allow_space=False, allow_digits=False, double_inline=True)
    markdown.inline.ruler.at("emphasis", _emphasis)
    markdown.core.ruler.after("block", "surplus_cells", _keep_surplus_cells)
    for kind, display in (("math_inline", ""), ("math_inline_double", " display"), ("math_block", " display")):
        markdown.add_render_rule(kind, _formula_rule(display))
    markdown.add_render_rule("math_block_label", _formula_rule(" display"))
    return markdown


def _formula_rule(display: str) -> Callable[..., str]:
    def render(_: Any, tokens: list[Any], index: int, *_rest: Any) -> str:
        token = tokens[index]
        html = f"<{FORMULA}{display}>{escaped(token.content)}</{FORMULA}>"
        label = f" ({escaped(token.info)})" if token.info and "label" in token.type else ""
        return f"<p>{html}{label}</p>\n" if token.block else html

    return render


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
    """Emphasis that also begins and ends beside a mark where Han or kana stand on its other side.

    CommonMark asks for white space there, which these scripts do not write, and so loses `**“人、物、馆”**防疫`.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    opens, closes = scanned.can_open, scanned.can_close
    if marker == "*":
        before = state.src[state.pos - 1 : state.pos] or " "
        behind = state.src[state.pos + scanned.length : state.pos + scanned.length + 1] or " "
        opens = opens or (not behind.isspace() and _WRITTEN_TOGETHER.match(before) is not None)
        closes = closes or (not before.isspace() and _WRITTEN_TOGETHER.match(behind) is not None)
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        delimiter = Delimiter(ord(marker), scanned.length, len(state.tokens) - 1, -1, opens, closes)
        state.delimiters.append(delimiter)
    state.pos += scanned.length
    return True


def _keep_surplus_cells(state: StateCore) -> None:
    """Puts cells beyond a table's columns back into the row's last one: the specification drops them."""
    last: Token | None = None
    lines: list[str] | None = None
    columns = 0
    for token in state.tokens:
        if token.type == "tr_open":
            columns = 0
        elif token.type in ("td_open", "th_open"):
            columns += 1
            last = None
        elif token.type == "inline":
            last = token
        elif token.type == "tr_close" and last and last.map:
            lines = lines or state.src.split("\n")
            cells = escapedSplit(lines[last.map[0]].strip().lstrip("> \t").removeprefix("|"))
            if surplus := "|".join(cells[columns:]).removesuffix("|").rstrip():
                last.content += "|" + surplus


def _unused_footnotes(environment: dict[str, Any]) -> list[str]:
    """The labels of footnotes that nothing refers to: the library would drop them with their text."""
    references = environment.get("footnotes", {}).get("refs", {})
    return [label[1:] for label, number in references.items() if number < 0]


def _as_text(text: str, labels: list[str]) -> str:
    """`text` with the definitions of these footnotes made paragraphs."""
    wanted = "|".join(map(re.escape, labels))
    return re.sub(rf"^( {{0,3}})\[(?=\^(?:{wanted})\]:)", r"\n\1\\[", text, flags=re.MULTILINE)
