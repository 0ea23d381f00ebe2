"""Pages of DokuWiki, and of the desktop wiki Zim, whose syntax is derived from it.

The syntax: https://www.dokuwiki.org/wiki:syntax and https://zim-wiki.org/manual/Help/Wiki_Syntax.html.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from reader.parse.formats.dokuwiki_inline import inline
from reader.parse.formats.footnote_list import FootnoteList
from reader.parse.formats.nested_lists import MarkedItem, list_html
from reader.regex import regex

_ZIM_HEADER = regex(r"\s*Content-Type: text/x-zim-wiki[^\n]*(?:\n[A-Z][\w-]*:[^\n]*)*")
_VERBATIM = regex(
    r"<(?P<tag>code|file|cli)(?P<said>(?:[ \t][^<>\n]*)?)>\n?(?P<code>.*?)(?:</(?P=tag)>|\Z)"
    r"|^'''[ \t]*\n(?P<block>.*?)(?:^'''[ \t]*$|\Z)"
    r"|^\{\{\{code:(?P<options>[^\n]*)\n(?P<plugin>.*?)(?:^\}\}\}[ \t]*$|\Z)"
    r"|<(?P<raw>html|HTML)>(?P<html>.*?)(?:</(?P=raw)>|\Z)"
    r"|(?P<kept><nowiki>(?:(?!</?nowiki>).)*+</nowiki>|%%.*?%%)",
    re.DOTALL | re.MULTILINE,
)
_CONTROLS = regex("[\x01\x02]")
_SIGN = regex("\x01([0-9]+)\x02")
_PERCENTS = "\x02\x02"
"""Stands for `%%` in pages of Zim, where it is text."""
_LANGUAGE = regex(r"[ \t]*([\w+#.-]+)")
_OPTION = regex(r"""lang=["']?([\w+#.-]+)""")
_HEADING = regex(r"[ \t]*(={2,6})[ \t]*([^=\s].*?)(?<!=)={2,}+[ \t]*")
_RULE = regex(r" ?-{4,}[ \t]*|-{20,}")
_ITEM = regex(
    r"(?P<indent>[ \t]*)(?:(?P<box>\[[ *x<>]\])|\*|(?P<number>\d{1,3}\.|(?<=\t)[A-Za-z]\.|[Aa]\.|(?<=  )-))[ \t]+"
    r"(?P<text>\S.*)"
    r"|(?P<close>[ \t]{2,})(?P<sign>[*-])(?P<said>[^\s*-].*)"
)
_TABLE = regex(r"[ \t]*[|^].*[|^][ \t]*")
_CELL = regex(r"([|^])((?:\[\[[^\[\]\n]*+\]\]|\{\{[^{}\n]*+\}\}|%%[^\n]*?%%|''[^\n]*?''|[^|^])*)")
_DELIMITER = regex(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
_QUOTE = regex(r">+[ \t]?")
_CODE_LINE = regex(r"(?: {2,}|\t)\S.*")
_NO_TEXT = regex(
    r"\s*|~~[A-Z][\w:#. -]*~~\s*|\{\{(?:tag|indexmenu_n)>[^{}]*\}\}\s*"
    r"|[ \t]*</?(?:WRAP|note|hidden)\b[^<>]*>[ \t]*",
)
"""Lines without text: blank ones, instructions to the program, and tags of boxes."""
_TABS = 4
"""The width of a tab in the indent of a list."""


def dokuwiki_to_html(text: str) -> str:
    """Translate a page of DokuWiki or Zim to HTML; the header of Zim is left out."""
    header = _ZIM_HEADER.match(text)
    page = _WikiPage(is_zim=header is not None)
    return page.html(text[header.end() :] if header else text)


class _WikiPage:
    """A page: which program wrote it, its footnotes, and its verbatim blocks in HTML."""

    def __init__(self, *, is_zim: bool) -> None:
        self._notes = FootnoteList()
        self._is_zim = is_zim
        self._verbatim: list[str] = []

    def html(self, text: str) -> str:
        """Return the blocks of a text and its footnotes in HTML.

        Until then, signs stand for verbatim blocks, which may be within items of lists and footnotes.
        """
        text = _CONTROLS.sub("", text)
        if self._is_zim:
            text = text.replace("%%", _PERCENTS)
        text = _VERBATIM.sub(self._sign, text)
        # The footnotes are known when all blocks have been translated.
        made = "\n".join((*self._blocks(text), self._notes.html()))
        return _SIGN.sub(lambda found: self._verbatim[int(found[1])], made).replace(_PERCENTS, "%%")

    def _sign(self, found: re.Match[str]) -> str:
        if found["kept"] is not None:
            return found[0]
        self._verbatim.append(found["html"] if found["raw"] else _code(found))
        return f"\x01{len(self._verbatim) - 1}\x02"

    def _blocks(self, text: str) -> Iterator[str]:  # noqa: C901 - one case per kind
        for kind, group in groupby(text.split("\n"), self._kind):
            lines = list(group)
            match kind:
                case "heading":
                    for found in filter(None, map(_HEADING.fullmatch, lines)):
                        level = 7 - len(found[1])
                        yield f"<h{level}>{self._inline(found[2].rstrip())}</h{level}>"
                case "rule":
                    yield "<hr>"
                case "table":
                    yield self._table(lines)
                case "list":
                    yield list_html(map(self._item, filter(None, map(_ITEM.fullmatch, lines))))
                case "quote":
                    said = "<br>".join(self._inline(_QUOTE.sub("", line, count=1)) for line in lines)
                    yield f"<blockquote><p>{said}</p></blockquote>"
                case "code":
                    code = "\n".join(line.removeprefix("\t").removeprefix("  ") for line in lines)
                    yield f"<pre><code>{escape(code, quote=False)}</code></pre>"
                case "verbatim":
                    yield from lines
                case "text":
                    yield f"<p>{self._paragraph(lines)}</p>"

    def _kind(self, line: str) -> str:  # noqa: PLR0911 - one case per kind
        if _NO_TEXT.fullmatch(line):
            return "none"
        if line.startswith("\x01") and _SIGN.fullmatch(line.rstrip()):
            return "verbatim"
        if _HEADING.fullmatch(line):
            return "heading"
        if _RULE.fullmatch(line):
            return "rule"
        if _TABLE.fullmatch(line):
            return "table"
        if _ITEM.fullmatch(line):
            return "list"
        if line.startswith(">"):
            return "quote"
        return "code" if not self._is_zim and _CODE_LINE.match(line) else "text"

    def _inline(self, text: str) -> str:
        return inline(text, self._notes)

    def _paragraph(self, lines: Iterable[str]) -> str:
        # Zim shows the line breaks of its pages; DokuWiki joins the lines.
        said = self._inline("\n".join(map(str.strip, lines)))
        return said.replace("\n", "<br>") if self._is_zim else said

    def _item(self, found: re.Match[str]) -> MarkedItem:
        indent = (found["indent"] or found["close"] or "").replace("\t", " " * _TABS)
        box = ""
        if found["box"]:
            box = f'<input type="checkbox"{"" if found["box"] == "[ ]" else " checked"}> '
        tag = "ol" if found["number"] or found["sign"] == "-" else "ul"
        return MarkedItem(len(indent), tag, box + self._inline((found["text"] or found["said"]).strip()))

    def _table(self, lines: list[str]) -> str:
        is_delimited = len(lines) > 1 and _DELIMITER.fullmatch(lines[1]) is not None
        if is_delimited:
            del lines[1]
        rows = (self._row(line, is_header=is_delimited and not number) for number, line in enumerate(lines))
        return f"<table>{''.join(rows)}</table>"

    def _row(self, line: str, *, is_header: bool) -> str:
        cells: list[tuple[str, str, int]] = []
        for sign, said in _CELL.findall(line.strip())[:-1]:
            if not said and cells:
                # Two signs without a blank between them: the cell before is wider.
                cells[-1] = (*cells[-1][:2], cells[-1][2] + 1)
                continue
            text = "" if said.strip() == ":::" else self._inline(said.strip())
            cells.append(("th" if sign == "^" or is_header else "td", text, 1))
        made = (f"<{tag}{f' colspan={width}' if width > 1 else ''}>{text}</{tag}>" for tag, text, width in cells)
        return f"<tr>{''.join(made)}</tr>"


def _code(found: re.Match[str]) -> str:
    code = next(said for name in ("code", "block", "plugin") if (said := found[name]) is not None)
    language = _OPTION.search(found["options"] or "") or _LANGUAGE.match(found["said"] or "")
    name = language[1] if language else ""
    marked = f' class="language-{escape(name)}"' if name and name != "-" else ""
    return f"<pre><code{marked}>{escape(code.rstrip(), quote=False)}</code></pre>"
