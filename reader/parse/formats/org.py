"""Org: headlines, lists, tables, blocks, footnotes, links and emphasis, as in Org's own HTML export.

Drawers, comments, `#+OPTIONS` and similar keywords are not shown, as in Org's export.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from html import escape

from reader.parse.formats.footnote_list import FootnoteList
from reader.parse.formats.org_inline import inline
from reader.parse.indents import indent_of, without_common_indent
from reader.parse.source_line_breaks import break_rule
from reader.regex import regex
from reader.settings.options import SourceBreaks

# A title or term ends in no blank: else each blank of a row would be tried as its end, in quadratic time.
_HEADLINE = regex(r"(\*+)[ \t]++((?:.*?(?<![ \t]))?)(?:[ \t]++(:(?:[\w@#%]+:)+))?[ \t]*+")
_KEYWORD = regex(r"[ \t]*#\+([A-Za-z_-]+)(?:\[[^\]\n]*\])?:[ \t]*(.*)")
_BEGIN = regex(r"[ \t]*#\+begin[_:]?(\S*)[ \t]*(.*)", re.IGNORECASE)
_DRAWER = regex(r"[ \t]*:([\w-]+):[ \t]*")
_END = regex(r"(?:^[ \t]*(?:#\+end[_:]\S*|:END:)[ \t]*$)|\\end\{[a-zA-Z*]+\}", re.IGNORECASE)
"""The end of a block, drawer or formula."""
_PLANNING = regex(r"[ \t]*(?:(?:SCHEDULED|DEADLINE|CLOSED):[ \t]*[<\[][^>\]\n]*[>\]](?:--[<\[][^>\]\n]*[>\]])?[ \t]*)+")
_COMMENT = regex(r"[ \t]*#(?:[ \t].*)?")
_FIXED = regex(r"[ \t]*:(?: |(?=\t)|$)(.*)")
_RULE = regex(r"[ \t]*-{5,}[ \t]*")
_TABLE = regex(r"[ \t]*\|")
_TABLE_RULE = regex(r"[ \t]*\|[-+|]*")
_ITEM = regex(r"([ \t]*)(?:([-+]|(?<=[ \t])\*)|(\d{1,9}|[A-Za-z])[.)])(?:[ \t]+(.*)|[ \t]*)")
_COUNTER = regex(r"\[@(\d{1,9})\][ \t]*")
_CHECKBOX = regex(r"\[([ xX-])\][ \t]+")
_TERM = regex(r"(.*?)(?<![ \t])[ \t]++::(?:[ \t]+(.*)|[ \t]*)")
_NOTE = regex(r"\[fn:([\w-]+)\][ \t]*(.*)")
_LATEX = regex(r"[ \t]*\\begin\{([a-zA-Z*]+)\}")

_VERBATIM = {"src", "example", "export", "latex", "html", "ascii"}
_DEEPEST = 40
"""The maximum depth of nested blocks; deeper ones are text."""
_TAB = 8
"""The distance of tab stops in columns (Org's manual requires a `tab-width` of 8)."""


def org_to_html(text: str, breaks: SourceBreaks = SourceBreaks.AUTO) -> str:
    """Translate Org to HTML. Any text is accepted; lines without Org syntax are text.

    `breaks` says what becomes of the line breaks in paragraphs outside lists.
    """
    reader = _OrgTranslator(break_rule(breaks))
    body = reader.blocks(text.split("\n"), 0)
    return f"{body}\n{reader.notes.html()}"


class _IndexedLines(list[str]):
    """Lines with an index of the ends of blocks and drawers, built in one pass."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__(lines)
        self._ends: dict[str, list[int]] = {}
        for number, line in enumerate(self):
            if line.startswith("*") and _HEADLINE.fullmatch(line):
                self._ends.setdefault("*", []).append(number)
            elif found := _END.search(line):
                self._ends.setdefault(found[0].strip().lower().replace("#+end:", "#+end_"), []).append(number)

    def end(self, at: int, closing: str) -> int:
        """Return the index of the first `closing` line from `at` on; 0 if there is none before the next headline."""
        found = self._next(at, closing)
        return found if found < self._next(at, "*") else 0

    def _next(self, at: int, closing: str) -> int:
        places = self._ends.get(closing, [])
        place = bisect_left(places, at)
        return places[place] if place < len(places) else len(self)


class _OrgTranslator:
    def __init__(self, keeps_breaks: Callable[[Sequence[str]], bool]) -> None:
        self.notes = FootnoteList()
        self._keeps_breaks = keeps_breaks

    def blocks(self, source: Iterable[str], depth: int) -> str:
        """Translate lines to HTML."""
        lines = _IndexedLines(source)
        made: list[str] = []
        paragraph: list[str] = []
        caption = ""

        def close() -> None:
            nonlocal caption
            if paragraph:
                said = self._inline(paragraph)
                html = (
                    f"<p>{said.replace(chr(10), '<br>') if not depth and self._keeps_breaks(paragraph) else said}</p>"
                )
                made.append(self._captioned(html, caption))
                caption = ""
                paragraph.clear()

        number = 0
        while number < len(lines):
            line = lines[number]
            keyword = _KEYWORD.fullmatch(line)
            if keyword and not _BEGIN.fullmatch(line):
                close()
                if keyword[1].lower() == "caption":
                    caption = keyword[2]
                number += 1
                continue
            html, end = self._block(lines, number, depth) if line.strip() else ("", number + 1)
            if end == number:
                paragraph.append(line)
                number += 1
                continue
            close()
            if html:
                made.append(self._captioned(html, caption))
                caption = ""
            number = end
        close()
        return "\n".join(made)

    def _captioned(self, html: str, caption: str) -> str:
        return f"<figure>{html}<figcaption>{inline(caption, self.notes)}</figcaption></figure>" if caption else html

    def _inline(self, lines: Sequence[str]) -> str:
        return inline("\n".join(line.strip() for line in lines), self.notes)

    def _block(self, lines: _IndexedLines, at: int, depth: int) -> tuple[str, int]:  # noqa: C901, PLR0911 - one case per block
        """Return the block that begins at a line and the index after it; the same index if no block begins there."""
        line = lines[at]
        if depth == 0 and (headline := _HEADLINE.fullmatch(line)):
            return self._headline(headline), at + 1
        if _DRAWER.fullmatch(line) and (end := lines.end(at + 1, ":end:")):
            return "", end + 1
        if begin := _BEGIN.fullmatch(line):
            return self._delimited(lines, at, begin, depth)
        if note := _NOTE.fullmatch(line):
            end = _until_blank(lines, at)
            self.notes.define(
                note[1], self.blocks([note[2], *lines[at + 1 : end]], depth + 1) if depth < _DEEPEST else ""
            )
            return "", end
        if _ITEM.fullmatch(line):
            return self._list(lines, at, indent_of(line, _TAB), depth) if depth < _DEEPEST else ("", at)
        if _TABLE.match(line):
            return self._table(lines, at)
        if _LATEX.match(line):
            return self._formula(lines, at)
        if _RULE.fullmatch(line):
            return "<hr>", at + 1
        if _PLANNING.fullmatch(line):
            return f"<p><small>{escape(line.strip())}</small></p>", at + 1
        if _FIXED.fullmatch(line):
            return _fixed(lines, at)
        return ("", at + 1) if _COMMENT.fullmatch(line) else ("", at)

    def _formula(self, lines: _IndexedLines, at: int) -> tuple[str, int]:
        found = _LATEX.match(lines[at])
        end = lines.end(at, f"\\end{{{found[1].lower() if found else ''}}}")
        if not end and f"\\end{{{found[1] if found else ''}}}" not in lines[at]:
            return "", at
        end = max(end, at)
        return f"<p>\\[{escape(chr(10).join(lines[at : end + 1]))}\\]</p>", end + 1

    def _headline(self, found: re.Match[str]) -> str:
        level = min(len(found[1]), 6)
        tags = f"<p><small>{escape(found[3])}</small></p>" if found[3] else ""
        return f"<h{level}>{inline(found[2], self.notes)}</h{level}>{tags}"

    def _delimited(self, lines: _IndexedLines, at: int, begin: re.Match[str], depth: int) -> tuple[str, int]:
        kind = begin[1].lower()
        end = lines.end(at + 1, f"#+end_{kind}")
        if not end:
            return "", at
        inner = lines[at + 1 : end]
        if kind == "comment":
            return "", end + 1
        if kind == "export" and begin[2].split()[:1] == ["html"]:
            return "\n".join(inner), end + 1
        if kind in _VERBATIM:
            language = begin[2].split()[0] if kind == "src" and begin[2].split() else ""
            return _code(inner, language), end + 1
        if kind == "verse":
            return f"<p>{'<br>'.join(inline(line.strip(), self.notes) for line in inner)}</p>", end + 1
        tag = "blockquote" if kind == "quote" else "div"
        return (f"<{tag}>{self.blocks(inner, depth + 1)}</{tag}>" if depth < _DEEPEST else _code(inner)), end + 1

    def _list(self, lines: _IndexedLines, at: int, indent: int, depth: int) -> tuple[str, int]:
        """Return a list whose items are indented by `indent`, with all lines that are indented further."""
        items: list[tuple[re.Match[str], list[str]]] = []
        number = at
        while number < len(lines):
            line = lines[number]
            own = indent_of(line, _TAB)
            item = _ITEM.fullmatch(line)
            if item and own == indent:
                if items and _kind(item) != _kind(items[0][0]):
                    break
                items.append((item, [item[4] or ""]))
            elif line.strip() and own <= indent:
                break
            elif not line.strip() and (number + 1 >= len(lines) or not lines[number + 1].strip()):
                break  # Two blank lines end a list.
            elif (
                items
                and own > indent
                and (begin := _BEGIN.fullmatch(line))
                and (end := lines.end(number + 1, f"#+end_{begin[1].lower()}"))
            ):
                # The lines of a block belong to the item however they are indented.
                items[-1][1].extend(lines[number : end + 1])
                number = end
            else:
                items[-1][1].append(line)
            number += 1
        while number > at and not lines[number - 1].strip():
            number -= 1
        ordered = items[0][0][3]
        if _kind(items[0][0]) == "dl":
            return f"<dl>{''.join(self._entry(own, depth) for _, own in items)}</dl>", number
        tag = _kind(items[0][0])
        kind = f' type="{ordered[0]}"' if ordered and ordered.isalpha() and ordered in "aA" else ""
        start = f' start="{int(ordered)}"' if ordered and ordered.isdigit() and ordered != "1" else ""
        return f"<{tag}{kind}{start}>{''.join(self._item(own, depth) for _, own in items)}</{tag}>", number

    def _item(self, lines: list[str], depth: int) -> str:
        first = lines[0]
        value = ""
        if counter := _COUNTER.match(first):
            first, value = first[counter.end() :], f' value="{counter[1]}"'
        box = ""
        if checkbox := _CHECKBOX.match(first):
            first = first[checkbox.end() :]
            box = f'<input type="checkbox"{" checked" if checkbox[1] in "xX" else ""}> '
        body = self.blocks([first, *lines[1:]], depth + 1)
        # The checkbox belongs to the first paragraph of the item.
        return f"<li{value}>{body.replace('<p>', '<p>' + box, 1) if body.startswith('<p>') else box + body}</li>"

    def _entry(self, lines: list[str], depth: int) -> str:
        found = _TERM.fullmatch(lines[0])
        term, first = (found[1], found[2] or "") if found else ("", lines[0])
        return f"<dt>{inline(term, self.notes)}</dt><dd>{self.blocks([first, *lines[1:]], depth + 1)}</dd>"

    def _table(self, lines: _IndexedLines, at: int) -> tuple[str, int]:
        end = at
        while end < len(lines) and _TABLE.match(lines[end]):
            end += 1
        groups: list[list[str]] = [[]]
        for line in lines[at:end]:
            if _TABLE_RULE.fullmatch(line.rstrip()):
                groups.append([])
            else:
                cells = line.strip().removeprefix("|").removesuffix("|").split("|")
                groups[-1].append("".join(f"<td>{inline(cell.strip(), self.notes)}</td>" for cell in cells))
        groups = [group for group in groups if group]
        if not groups:
            return "", end
        head = "".join(f"<tr>{row}</tr>" for row in groups[0]).replace("td>", "th>") if len(groups) > 1 else ""
        rows = "".join(f"<tr>{row}</tr>" for group in groups[1 if head else 0 :] for row in group)
        return f"<table>{f'<thead>{head}</thead>' if head else ''}<tbody>{rows}</tbody></table>", end


def _kind(item: re.Match[str]) -> str:
    """Return the list element for an item."""
    return "ol" if item[3] else "dl" if _TERM.fullmatch(item[4] or "") else "ul"


def _until_blank(lines: _IndexedLines, at: int) -> int:
    """Return the index after a footnote definition.

    It ends at a headline, at the next definition, or at a blank line that no indented line follows.
    """
    number = at + 1
    while number < len(lines) and not (_NOTE.fullmatch(lines[number]) or _HEADLINE.fullmatch(lines[number])):
        if not lines[number].strip() and (number + 1 == len(lines) or not lines[number + 1].startswith((" ", "\t"))):
            break
        number += 1
    return number


def _code(lines: Sequence[str], language: str = "") -> str:
    """Return a code block. The escaping comma before `*` and `#+` and the common indent are removed."""
    bare = [re.sub(r"^([ \t]*),(?=\*|#\+)", r"\1", line) for line in lines]
    name = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{name}>{escape(chr(10).join(without_common_indent(bare, _TAB)))}</code></pre>"


def _fixed(lines: _IndexedLines, at: int) -> tuple[str, int]:
    end, code = at, []
    while end < len(lines) and (found := _FIXED.fullmatch(lines[end])):
        code.append(found[1])
        end += 1
    return f"<pre><code>{escape(chr(10).join(code))}</code></pre>", end
