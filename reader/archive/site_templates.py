"""HTML templates of site generators: they are not articles, wherever a theme is kept with the texts."""

import re
from pathlib import PurePath

from reader.regex import regex

_FOLDERS = frozenset({"layouts", "layout", "themes", "theme", "templates", "template"})
"""Names of folders in which generators keep templates; pages without template tags in them are articles."""
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})

_SAMPLE = 16_384
_TAG = regex(
    r"\{%-?\s*(?:if|unless|for|block|extends|include|import|macro|assign|set|from|raw|comment|trans|load|call)\b"
    r"|\{\{-?\s*(?:define|template|block|partial|range|with|if|else|end|\.|\$|content\b|(?:page|site|post|config)\.)",
)
"""Statements of Jinja, Liquid and Nunjucks, and the actions of Go; a page may show `{{ name }}`, which is neither."""
_VERBATIM = regex(r"<(pre|code|textarea|script)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)


def may_be_template(place: PurePath) -> bool:
    """Whether a file at this place in its archive may be a template."""
    return place.suffix.lower() in _SUFFIXES and any(part.lower() in _FOLDERS for part in place.parts[:-1])


def is_template(place: PurePath, body: str) -> bool:
    """Whether a page is a template, by its place in the archive and by statements outside code."""
    return may_be_template(place) and _TAG.search(_VERBATIM.sub("", body[:_SAMPLE])) is not None
