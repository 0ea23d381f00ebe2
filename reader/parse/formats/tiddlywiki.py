"""Wikitext of TiddlyWiki 5: https://tiddlywiki.com/static/WikiText.html."""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from reader.parse.formats.nested_lists import MarkedItem, list_html
from reader.parse.formats.tiddlywiki_inline import inline
from reader.regex import regex

_DEFINED = r"\\(?:define|procedure|function|widget)"
_PROGRAM = regex(
    rf"\s*(?:{_DEFINED}[ \t][^\n]*\n(?:(?!{_DEFINED}\b)[^\n]*\n)*?[ \t]*\\end\b[^\n]*"
    rf"|{_DEFINED}[ \t][^\n]*\)[ \t]*\S[^\n]*"
    r"|\\(?:import|rules|whitespace|parameters|parsermode)\b[^\n]*)(?:\n|\Z)"
)
"""A definition or instruction at the top of a tiddler."""
_BLOCK = regex(
    r"^```(?P<language>[^\n`]*)\n(?P<code>.*?)(?:^[ \t]*```[ \t]*$|\Z)"
    r'|^"""[ \t]*\n?(?P<lines>.*?)(?:"""[ \t]*$|\Z)'
    r"|^\$\$\$(?P<type>[^\n]*)\n(?P<typed>.*?)(?:^\$\$\$[ \t]*$|\Z)"
    r"|^<<<(?P<class>[^\n]*)\n(?P<quote>.*?)(?:^<<<(?P<cite>[^\n]*)$|\Z)"
    r"|(?P<comment><!--.*?(?:-->|\Z))",
    re.DOTALL | re.MULTILINE,
)
_WIDGET = regex(
    r"<\$[\w.-]{1,100}+(?:\"[^\"]{0,2000}+\"|'[^']{0,2000}+'|<<[^<>]{0,500}+>>|[^<>\"']){0,1000}+>",
)
"""The tag of a widget, which may continue on further lines."""
_HEADING = regex(r"(!{1,6})(?:\.\S*)?[ \t]*(\S.*)")
_RULE = regex(r"-{3,}[ \t]*")
_ITEM = regex(r"([*#]+>*|[*#>]+|[;:]+)(?:\.\S*)?[ \t]*(.*)")
_TABLE = regex(r"\|.*\|[chfk]?[ \t]*")
_CELL = regex(
    r"\|((?:\[\[[^\[\]\n]*+\]\]|\[(?:img|ext)[^\[\]\n]*+\[[^\[\]\n]*+\]\]|\{{2,3}[^{}\n]*+\}{2,3}"
    r"|<<[^<>\n]*+(?:<[^<>\n]*+>[^<>\n]*+)?>>|``[^\n]*?``|`[^`\n]*`|[^|])*)"
)
_ELEMENT = regex(r"[ \t]*</?[a-zA-Z]")
_BLOCK_ELEMENT = regex(
    r"[ \t]*<(?!/?(?:a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)\b)"
    r"[$/a-zA-Z]"
)
"""A line that begins with a tag of HTML or of a widget, except elements of running text."""
_SPAN_SIGNS = frozenset({"<", ">", "~"})
_STYLE = regex(r"@@(?:[.\w]\S*)?[ \t]*")
_DEEPEST = 8


def tiddlywiki_to_html(text: str, depth: int = 0) -> str:
    """Translate wikitext to HTML. Macros and widgets are not evaluated: their content is shown."""
    at = 0
    while not depth and (found := _PROGRAM.match(text, at)):
        at = found.end()
    return "\n".join(_parts(text[at:], depth))


def _parts(text: str, depth: int) -> Iterator[str]:
    end = 0
    for found in _BLOCK.finditer(text):
        yield from _lines(text[end : found.start()])
        end = found.end()
        if found["code"] is not None or found["typed"] is not None:
            yield _code(found["code"] or found["typed"] or "", (found["language"] or "").strip())
        elif found["lines"] is not None:
            yield f"<p>{inline(found['lines'].strip()).replace(chr(10), '<br>')}</p>"
        elif found["quote"] is not None:
            yield _quote(found["quote"], (found["cite"] or "").strip(), depth)
    yield from _lines(text[end:])


def _code(code: str, language: str) -> str:
    marked = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{marked}>{escape(code.rstrip(), quote=False)}</code></pre>"


def _quote(text: str, cite: str, depth: int) -> str:
    inner = tiddlywiki_to_html(text, depth + 1) if depth < _DEEPEST else f"<p>{inline(text)}</p>"
    return f"<blockquote>{inner}{f'<p>{inline(cite)}</p>' if cite else ''}</blockquote>"


def _lines(text: str) -> Iterator[str]:
    if "<$" in text:
        text = _WIDGET.sub(lambda tag: " ".join(tag[0].split("\n")), text)
    for kind, group in groupby(text.split("\n"), _kind):
        lines = list(group)
        match kind:
            case "heading":
                for found in filter(None, map(_HEADING.fullmatch, lines)):
                    level = len(found[1])
                    yield f"<h{level}>{inline(found[2])}</h{level}>"
            case "rule":
                yield "<hr>"
            case "list":
                yield from _lists(lines)
            case "table":
                yield _table(lines)
            case "text":
                # Text may be HTML, which a paragraph around it would break.
                said = inline("\n".join(lines))
                yield said if _BLOCK_ELEMENT.match(lines[0]) else f"<p>{said}</p>"


def _kind(line: str) -> str:
    if not line.strip() or (line.startswith("@@") and _STYLE.fullmatch(line)):
        return "none"
    if line.startswith("!") and _HEADING.fullmatch(line):
        return "heading"
    if line.startswith("---") and _RULE.fullmatch(line):
        return "rule"
    if line.startswith("|") and _TABLE.fullmatch(line):
        return "table"
    return "list" if line[0] in "*#>;:" else "text"


def _lists(lines: list[str]) -> Iterator[str]:
    """Yield lists, definitions and quotations, which are marked by the first signs of the lines."""
    items = [(found[1], inline(found[2])) for line in lines if (found := _ITEM.fullmatch(line))]
    for first, group in groupby(items, lambda item: "d" if item[0][0] in ";:" else ">" if item[0][0] == ">" else "l"):
        if first == "d":
            inner = "".join(f"<dt>{said}</dt>" if signs[-1] == ";" else f"<dd>{said}</dd>" for signs, said in group)
            yield f"<dl>{inner}</dl>"
        elif first == ">":
            yield f"<blockquote><p>{'<br>'.join(said for _signs, said in group)}</p></blockquote>"
        else:
            yield list_html(MarkedItem(len(signs), "ol" if signs[-1] == "#" else "ul", said) for signs, said in group)


def _table(lines: list[str]) -> str:
    rows: list[str] = []
    for line in lines:
        stripped = line.rstrip()
        kind = stripped[-1] if stripped[-1] != "|" else ""
        stripped = stripped.removesuffix(kind) if kind else stripped
        if kind == "k":
            continue
        if kind == "c":
            rows.insert(0, f"<caption>{inline(stripped.strip('|').strip())}</caption>")
            continue
        rows.append(f"<tr>{''.join(_cell(said, is_header=kind == 'h') for said in _CELL.findall(stripped)[:-1])}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _cell(said: str, *, is_header: bool) -> str:
    said = said.strip()
    if said in _SPAN_SIGNS:
        said = ""
    tag = "th" if is_header or said.startswith("!") else "td"
    return f"<{tag}>{inline(said.removeprefix('!').strip())}</{tag}>"
