"""AsciiDoc: sections, lists, delimited blocks, tables, admonitions, links and emphasis.

Include directives are not evaluated; their lines are shown unchanged. All branches of conditionals are shown.
"""

import re
from collections.abc import Sequence
from html import escape

from reader.parse.formats.asciidoc_inline import Inliner
from reader.parse.indents import without_common_indent
from reader.regex import regex

_HEADING = regex(r"(={1,6}|#{1,6})[ \t]+(\S.*)")
_ATTRIBUTE = regex(r":(!?[\w-]+!?):(?:[ \t]+(.*))?")
_BLOCK_TITLE = regex(r"\.(?![. \t])(\S.*)")
_BLOCK_ATTRIBUTES = regex(r"\[(?!\[)([^\]]*)\][ \t]*")
_ANCHOR = regex(r"\[\[[^\]\n]*\]\][ \t]*")
_DELIMITED = regex(r"(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|`{3,}\S*|[|!,:]={3,})[ \t]*")
_ADMONITION = regex(r"(NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(.*)")
_ITEM = regex(r"[ \t]*(?:(\*{1,6}|-)|(\.{1,6}|\d{1,6}\.|[a-zA-Z]\.))[ \t]+(\S.*)")
_TERM = regex(r"[ \t]*(\S.*?)(:{2,4}|;;)(?:[ \t]+(.*))?")
_CHECKBOX = regex(r"\[([ xX*])\][ \t]+")
_IMAGE = regex(r"(image|video|audio)::([^\[\s]*)\[(.*)\][ \t]*")
_COMMENT = regex(r"//(?!/)")
_CONDITION = regex(r"(?:ifn?def|endif)::[^\s\[\]]*\[\]|ifeval::\[[^\]]*\]")
"""A directive of a conditional, which Asciidoctor evaluates before parsing; the lines that it encloses are shown."""
_RULE = regex(r"'{3,}|<<<+|(?:-[ ]?-[ ]?-|\*[ ]?\*[ ]?\*)")
_CALLOUT = regex(r"<(\d{1,3}|\.)>[ \t]+(.*)")
_CELL = regex(r"(?:^|(?<=[ \t])|(?<=\|))(?:\d+\*|\d*(?:\.\d+)?\+)?[<^>]?(?:\.[<^>])?[aehlmsv]?\|")
_AUTHOR = regex(r"[\w'.·-]+(?:[ \t]+[\w'.·-]+){0,2}(?:[ \t]+<[^<>\n]+>)?(?:;.*)?")
_REVISION = regex(r"v?\d[\w.]*(?:,.*)?")
_ENTITIES = ("listing", "source", "literal", "verse")
_DEEPEST = 32
"""The maximum depth of nested blocks; deeper ones are text."""
_TAB = 4
"""The distance of tab stops in columns, as on the page."""
_LONGEST = 5_000
"""The maximum number of lines of a delimited block, which bounds the search for missing closing delimiters."""


def asciidoc_to_html(text: str) -> str:
    """Translate AsciiDoc to HTML, with the title as `h1`. Any text is accepted."""
    reader = _AsciidocTranslator()
    lines = [line.rstrip() for line in text.split("\n") if not _CONDITION.fullmatch(line.rstrip())]
    body = reader.blocks(reader.header(lines), 0)
    return f"{body}\n{reader.inliner.notes_html()}"


class _AsciidocTranslator:
    def __init__(self) -> None:
        self.inliner = Inliner()

    def header(self, lines: list[str]) -> list[str]:
        """Separate the author and revision lines below the title into their own paragraph."""
        at = next((number for number, line in enumerate(lines) if line and not line.startswith("//")), len(lines))
        if at == len(lines) or not lines[at].startswith("= "):
            return lines
        end = at + 1
        author_lines: list[str] = []
        for pattern in (_AUTHOR, _REVISION):
            if end < len(lines) and not lines[end].startswith(":") and pattern.fullmatch(lines[end]):
                author_lines.append(lines[end])
                end += 1
        return [lines[at], "", *author_lines, "", *lines[end:]] if author_lines else lines

    def blocks(self, lines: Sequence[str], depth: int) -> str:
        """Translate lines to HTML."""
        made: list[str] = []
        attributes = title = ""
        number = 0
        while number < len(lines):
            line = lines[number]
            if found := _BLOCK_ATTRIBUTES.fullmatch(line):
                attributes, number = found[1], number + 1
            elif found := _BLOCK_TITLE.fullmatch(line):
                title, number = found[1], number + 1
            elif not line.strip() or _ANCHOR.fullmatch(line) or _COMMENT.match(line):
                number += 1
            elif found := _ATTRIBUTE.fullmatch(line):
                self.inliner.attributes[found[1].lower()] = found[2] or ""
                number += 1
            else:
                html, number = self._block(lines, number, attributes, depth)
                made.append(self._titled(html, title))
                attributes = title = ""
        return "\n".join(one for one in made if one)

    def _titled(self, html: str, title: str) -> str:
        words = self.inliner.html(title)
        if not title:
            return html
        if html.startswith("<table>"):
            return html.replace("<table>", f"<table><caption>{words}</caption>", 1)
        if html.startswith("<p><img"):
            return f"<figure>{html}<figcaption>{words}</figcaption></figure>"
        return f"<p><em>{words}</em></p>\n{html}"

    def _block(self, lines: Sequence[str], at: int, attributes: str, depth: int) -> tuple[str, int]:
        """Return the block that begins at a non-blank line, and the index of the line after it."""
        line = lines[at]
        if heading := _HEADING.fullmatch(line):
            level = len(heading[1])
            return f"<h{level}>{self.inliner.html(heading[2])}</h{level}>", at + 1
        if (fence := _DELIMITED.fullmatch(line)) and (end := _end(lines, at, fence[1])):
            return self._delimited(lines[at + 1 : end], fence[1], attributes, depth), end + 1
        if _RULE.fullmatch(line):
            return "<hr>", at + 1
        if image := _IMAGE.fullmatch(line):
            return self._image(image), at + 1
        if depth < _DEEPEST and (_ITEM.fullmatch(line) or _TERM.fullmatch(line) or _CALLOUT.fullmatch(line)):
            return self._list(lines, at, depth)
        end = at + 1
        while end < len(lines) and lines[end].strip() and not _begins_block(lines[end]):
            end += 1
        return self._paragraph(lines[at:end], attributes), end

    def _paragraph(self, lines: Sequence[str], attributes: str) -> str:
        kind, _, rest = attributes.partition(",")
        if kind in _ENTITIES or lines[0].startswith((" ", "\t")):
            code = _code(without_common_indent(lines, _TAB), rest.split(",")[0] if kind == "source" else "")
            return code + self._attribution(rest) if kind == "verse" else code
        if admonition := _ADMONITION.fullmatch(lines[0]):
            said = self._inline([admonition[2], *lines[1:]])
            return _admonition(admonition[1], f"<p>{said}</p>")
        if kind == "quote":
            return f"<blockquote><p>{self._inline(lines)}</p>{self._attribution(rest)}</blockquote>"
        return f"<p>{self._inline(lines)}</p>"

    def _attribution(self, rest: str) -> str:
        said = self.inliner.html(", ".join(part.strip(' "') for part in rest.split(",") if part.strip()))
        return f"<p>— {said}</p>" if said else ""

    def _inline(self, lines: Sequence[str]) -> str:
        return self.inliner.html("\n".join(line.strip() for line in lines if not _COMMENT.match(line)))

    def _image(self, found: re.Match[str]) -> str:
        kind, source, rest = found.groups()
        alt = rest.split(",")[0].strip(' "')
        if kind == "image":
            return f'<p><img src="{escape(source)}" alt="{escape("" if "=" in alt else alt)}"></p>'
        return f'<{kind} src="{escape(source)}"></{kind}>'

    def _delimited(self, lines: Sequence[str], fence: str, attributes: str, depth: int) -> str:  # noqa: PLR0911 - one case per kind of fence
        kind, _, rest = attributes.partition(",")
        mark = fence[0]
        if mark == "/":
            return ""
        if mark in "-.`" and fence != "--":
            language = fence.lstrip("`") if mark == "`" else rest.split(",")[0].strip() if kind == "source" else ""
            return _code(without_common_indent(lines, _TAB) if "indent=0" in attributes else lines, language)
        if mark == "+":
            return "\n".join(lines)
        if fence[1:2] == "=" and mark in "|!,:":
            return self._table(lines, attributes, mark)
        if depth >= _DEEPEST:
            return _code(lines)
        inner = self.blocks(lines, depth + 1)
        if mark == "_":
            return f"<blockquote>{inner}{self._attribution(rest)}</blockquote>"
        if kind in {"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}:
            return _admonition(kind, inner)
        return f"<aside>{inner}</aside>" if mark == "*" else f"<div>{inner}</div>"

    def _table(self, lines: Sequence[str], attributes: str, mark: str) -> str:
        """Return a table. `cols`, or else the first line with cells, determines the number of columns."""
        text = [line for line in lines if line.strip()]
        if mark in ",:":
            rows = [[cell.strip(' "') for cell in line.split(mark)] for line in text]
        else:
            cells: list[str] = []
            first = 0
            for line in text:
                parts = _CELL.split(line)
                if before := parts[0].strip():
                    # Text before a bar continues the cell above.
                    cells[-1:] = ["\n".join((*cells[-1:], before))]
                cells += [part.strip() for part in parts[1:]]
                first = first or len(parts) - 1
            columns = _columns(attributes) or first or 1
            rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
        has_head = "header" in attributes or (len(lines) > 2 and bool(lines[0].strip()) and not lines[1].strip())
        made = [
            "".join(f"<{'th' if has_head and not number else 'td'}>{self.inliner.html(cell)}" for cell in row)
            for number, row in enumerate(rows)
        ]
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in made)}</table>"

    def _list(self, lines: Sequence[str], at: int, depth: int) -> tuple[str, int]:
        """Return a list with continuations; a different marker begins a nested list."""
        marker = _marker(lines[at])
        items: list[list[str]] = []
        number = at
        while number < len(lines):
            line = lines[number]
            own = _marker(line)
            if own == marker:
                items.append([line])
            elif not line.strip():
                following = next(
                    (n for n in range(number, min(number + 3, len(lines))) if lines[n].strip()), len(lines)
                )
                if following == len(lines) or not _marker(lines[following]):
                    break
                items[-1].append("")
            elif (
                (fence := _DELIMITED.fullmatch(line))
                and items[-1][-1] == "+"
                and (end := _end(lines, number, fence[1]))
            ):
                items[-1] += lines[number : end + 1]
                number = end
            else:
                items[-1].append(line)
            number += 1
        tag = {"-": "ul", "*": "ul", ":": "dl", ";": "dl"}.get(marker[0], "ol")
        return f"<{tag}>{''.join(self._item(own, tag, depth) for own in items)}</{tag}>", number

    def _item(self, lines: list[str], tag: str, depth: int) -> str:
        box = term = ""
        first = lines[0]
        if tag == "dl" and (found := _TERM.fullmatch(first)):
            term, first = f"<dt>{self.inliner.html(found[1])}</dt>", found[3] or ""
        elif found := _ITEM.fullmatch(first) or _CALLOUT.fullmatch(first):
            first = found[found.lastindex or 0]
        if checkbox := _CHECKBOX.match(first):
            first = first[checkbox.end() :]
            box = f'<input type="checkbox"{"" if checkbox[1] == " " else " checked"}> '
        # A `+` line attaches the next block; other lines belong to the paragraph of the item.
        rest = ["" if line == "+" else line for line in lines[1:]]
        if not first and rest:
            rest[0] = rest[0].lstrip()  # An indented definition below its term is not literal text.
        body = self.blocks([first, *rest], depth + 1)
        body = body.replace("<p>", f"<p>{box}", 1) if box else body
        return f"{term}<dd>{body}</dd>" if term else f"<li>{body}</li>"


def _admonition(kind: str, html: str) -> str:
    return f'<div class="admonition {kind.lower()}"><p><em>{kind.title()}</em></p>{html}</div>'


def _marker(line: str) -> str:
    """Return the list marker of a line (`*`, `**`, `.`, `1.`, `::` …), or empty if it is not an item."""
    if found := _ITEM.fullmatch(line):
        return found[1] or (found[2] if found[2].startswith(".") else "1.")
    if _CALLOUT.fullmatch(line):
        return "<1>"
    found = _TERM.fullmatch(line)
    return found[2] if found else ""


def _begins_block(line: str) -> bool:
    return bool(
        _DELIMITED.fullmatch(line)
        or _BLOCK_ATTRIBUTES.fullmatch(line)
        or line == "+"
        or ((marker := _marker(line)) and marker[0] in "*.-")
    )


def _end(lines: Sequence[str], at: int, fence: str) -> int:
    """Return the index of the line that closes a delimited block, or 0 if it is not closed."""
    closing = "```" if fence.startswith("```") else fence
    return next((n for n in range(at + 1, min(at + _LONGEST, len(lines))) if lines[n] == closing), 0)


def _columns(attributes: str) -> int:
    found = re.search(r'cols="([^"]*)"|cols=(\d+)', attributes)
    if not found:
        return 0
    if found[2]:
        return int(found[2][:3])
    return sum(
        int(part.split("*")[0][:3]) if part.split("*")[0].isdigit() and "*" in part else 1
        for part in re.split("[,;]", found[1])
    )


def _code(lines: Sequence[str], language: str = "") -> str:
    name = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{name}>{escape(chr(10).join(lines), quote=False)}</code></pre>"
