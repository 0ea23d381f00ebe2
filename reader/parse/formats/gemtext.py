"""Gemtext, the Gemini protocol's line-oriented markup: https://geminiprotocol.net/docs/gemtext-specification.gmi."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from reader.regex import regex

_LINK = regex(r"=>[ \t]*(\S+)(?:[ \t]+(.*))?")
_HEADING = regex(r"(#{1,3})[ \t]*(.+)")


def gemtext_to_html(text: str) -> str:
    """Translate gemtext to HTML. A line that is none of the special line types is a paragraph."""
    return "\n".join(_parts(text.split("\n")))


def _parts(lines: list[str]) -> Iterator[str]:
    code: list[str] | None = None
    pending: list[tuple[str, str]] = []
    for line in lines:
        if line.startswith("```"):
            if code is None:
                yield from _grouped(pending)
                pending, code = [], []
            else:
                yield _code(code)
                code = None
        elif code is not None:
            code.append(line)
        else:
            pending.append(_line(line))
    yield from _grouped(pending)
    if code is not None:
        yield _code(code)


def _code(lines: list[str]) -> str:
    return f"<pre><code>{escape(chr(10).join(lines))}</code></pre>"


def _line(line: str) -> tuple[str, str]:
    """Return the tag that groups a line, and its HTML."""
    if heading := _HEADING.fullmatch(line):
        tag = f"h{len(heading[1])}"
        return tag, f"<{tag}>{escape(heading[2])}</{tag}>"
    if link := _LINK.fullmatch(line):
        name = link[2] or link[1]
        return "p", f'<p><a href="{escape(link[1])}">{escape(name, quote=False)}</a></p>'
    if line.startswith("* "):
        return "ul", f"<li>{escape(line[2:], quote=False)}</li>"
    if line.startswith(">"):
        return "blockquote", f"<p>{escape(line[1:].strip(), quote=False)}</p>"
    return "p", f"<p>{escape(line, quote=False)}</p>" if line.strip() else ""


def _grouped(pending: list[tuple[str, str]]) -> Iterator[str]:
    """Group consecutive list items and quotation lines into one element."""
    for tag, group in groupby(pending, key=lambda one: one[0]):
        lines = "".join(html for _, html in group)
        yield f"<{tag}>{lines}</{tag}>" if tag in {"ul", "blockquote"} else lines
