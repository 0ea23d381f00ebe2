"""Pages whose text only a script displays: the text in their JSON-LD (schema.org), and signs of such scripts."""

import json
import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import Any

from reader.parse.html_tokens import decoded
from reader.regex import regex

_SCRIPT = regex(r"""<script\b[^<>]{0,300}?\btype\s*=\s*["']?application/ld\+json[^<>]{0,300}>""", re.IGNORECASE)
_SCRIPTS_AT_MOST = 20
_LONGEST = 2_000_000
"""The maximum length of a script in characters."""
_NODES_AT_MOST = 2_000
_TAG = regex(r"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LOADED = regex(
    r"__NEXT_DATA__|\b__next_f\b|__NUXT(?:_DATA)?__|__INITIAL_STATE__|__PRELOADED_STATE__|__APOLLO_STATE__"
    r"|\bwindow\.initialState\b|js-initialData"
    r"""|<(?:div|app-root|body)\s[^<>]{0,100}\bid\s*=\s*["']?(?:root|app|__next|__nuxt|__layout)["'\s>]"""
)
"""Traces of frameworks whose scripts display a page: Next.js, Nuxt, and others that use React or Vue."""


def article_body(source: str) -> str:
    """Return the longest text of an article in a page's JSON-LD, as HTML; empty if there is none."""
    if "articleBody" not in source:
        return ""
    found = ""
    for script in islice(_SCRIPT.finditer(source), _SCRIPTS_AT_MOST):
        end = source.find("</script", script.end(), script.end() + _LONGEST)
        try:
            loaded = json.loads(source[script.end() : end].strip(), strict=False) if end >= 0 else None
        except (ValueError, RecursionError):
            continue
        found = max((found, *_bodies(loaded)), key=len)
    # Some publishers escape the HTML twice.
    found = found if _TAG.search(found) else decoded(found)
    if _TAG.search(found):
        return found
    return "".join(f"<p>{escape(line)}</p>" for line in found.splitlines() if line.strip())


def _bodies(loaded: Any) -> Iterator[str]:
    waiting = [loaded]
    for _number in range(_NODES_AT_MOST):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(body := one.get("articleBody"), str):
                yield body
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def is_loaded_by_script(source: str) -> bool:
    """Whether a page without text has a script that displays it."""
    return _LOADED.search(source) is not None
