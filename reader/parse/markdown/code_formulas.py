r"""Formulas in code spans: sites of blogdown and bookdown put `$x^2$` between backticks, which a script removes.

Articles that explain the notation have such code spans, too, but also contain real formulas, or name MathJax or KaTeX.
"""

import re
from collections.abc import Iterator

from reader.parse.markdown.scanner import fence_end
from reader.regex import regex

_SPAN = regex(r"(?<!`)(`{1,2})(?!`)([^`]++)\1(?!`)")
_FORMULA = regex(r"\s*(\${1,2})([^$]*[^\s$][^$]*)(?<!\\)\1\s*")
_OUTSIDE = regex(r"(?<![\w$\\])(\${1,2})(?![\s$])[^$\n]*(?<![\s\\])\1(?![\w$])")
_TEX = regex(r"[\\^_]")
_EXPLAINED = regex(r"mathjax|katex", re.IGNORECASE)
_LEAST = 2
"""The minimum number of formulas in the code spans of an article for that script; one must have `\\`, `^` or `_`."""


def unwrapped(text: str) -> str:
    r"""Rewrite code spans that are formulas as `\(x^2\)` or `$$x^2$$`, if the article was written for the script."""
    if "$`" not in text and "$ `" not in text:
        return text
    parts = list(_parts(text.split("\n")))
    prose = [part for part, is_code in parts if not is_code and "$" in part]
    if not _is_written_so(prose) or _EXPLAINED.search(text):
        return text
    return "\n".join(
        _SPAN.sub(lambda span: _formula(span[2]) or span[0], part) if not is_code and "$" in part else part
        for part, is_code in parts
    )


def _parts(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield passages between blank lines and fenced code, and whether each has no prose (code and blank lines)."""
    at = start = 0
    while at < len(lines):
        end = fence_end(lines, at)
        if end or not lines[at].strip():
            if start < at:
                yield "\n".join(lines[start:at]), False
            start = end or at + 1
            yield "\n".join(lines[at:start]), True
        at = max(at + 1, end)
    if start < len(lines):
        yield "\n".join(lines[start:]), False


def _is_written_so(prose: list[str]) -> bool:
    written = [span[2] for part in prose for span in _SPAN.finditer(part) if _formula(span[2])]
    shown = sum(1 for part in prose for _ in _OUTSIDE.finditer(_SPAN.sub("", part)))
    return len(written) >= max(_LEAST, 2 * shown) and any(map(_TEX.search, written))


def _formula(code: str) -> str:
    """Return a code span that is a formula as Markdown; empty if it is not a formula."""
    found = _FORMULA.fullmatch(code)
    if found is None:
        return ""
    tex = found[2].strip()
    if found[1] == "$":
        return rf"\({' '.join(tex.split())}\)"
    return f"$${tex}$$"
