"""The article in the data of a page's scripts (Next.js, Nuxt, `__INITIAL_STATE__`), for pages that only scripts show.

Such data are JSON or JavaScript, in which the longest string of HTML is the text of the article.
"""

from collections.abc import Iterator
from itertools import islice

from reader.document.javascript_strings import javascript_string
from reader.regex import regex

_SCRIPT = regex(r"<script\b(?![^<>]*\bsrc=)[^<>]*>(?=\s*[^\s<])")
_LITERAL = regex(r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?+')
"""A string literal; after a lone quotation mark, the rest of its line, which is not searched for other literals."""
_SCRIPTS_AT_MOST = 400
_SHORTEST = 400
"""The least length of a literal that may be an article, in characters as written."""
_LONGEST = 2_000_000
_BLOCK_END = regex(r"</(?:p|div|li|h[2-6]|blockquote|section)\s*>|<br\b")
_FEWEST_BLOCKS = 3
_TAG = regex(r"<[^<>]*>")
_NESTED = '["$"'
"""Occurs in every literal with data of React Server Components, which contain literals themselves."""


def article_in_data(source: str) -> str:
    """Return the longest text in HTML among the data of a page's scripts; empty if they have none."""
    found = (text for script in _scripts(source) for text in _texts(script))
    return max(found, key=lambda text: len(_TAG.sub("", text)), default="")


def _scripts(source: str) -> Iterator[str]:
    for start in islice(_SCRIPT.finditer(source), _SCRIPTS_AT_MOST):
        end = source.find("</script", start.end())
        if end < 0:
            return
        if _SHORTEST < end - start.end() <= _LONGEST:
            yield source[start.end() : end]


def _texts(script: str, *, is_nested: bool = False) -> Iterator[str]:
    for literal in _LITERAL.findall(script):
        if len(literal) < _SHORTEST or literal[-1] != '"':
            continue
        text = javascript_string(literal)
        if _NESTED in text and not is_nested:
            yield from _texts(text, is_nested=True)
        elif len(_BLOCK_END.findall(text)) >= _FEWEST_BLOCKS:
            yield text
