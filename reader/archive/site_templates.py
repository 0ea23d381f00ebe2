"""HTML templates of site generators, which are not articles, although a theme may be kept next to the texts."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from reader.regex import regex

_FOLDERS = frozenset({"layouts", "layout", "themes", "theme", "templates", "template"})
"""Names of folders in which generators keep templates; pages there without template tags are articles."""
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_GO_FOLDERS = frozenset({"_default", "_markup", "_partials", "_shortcodes", "partials", "shortcodes"})
"""Names of folders in `layouts` whose files Hugo inserts into pages; such files may contain no template tags."""
_POSTS = frozenset({"_posts", "_drafts"})
"""Names of folders in which Jekyll keeps posts; a statement about the site in one is part of its text."""
_FORMS = frozenset({"archetypes", "scaffolds"})
"""Names of folders in which Hugo and Hexo keep the templates (“forms”) of new articles."""
_FORM_SUFFIXES = frozenset({".md", ".markdown", ".org", ".html", ".yml"})

_SAMPLE = 16_384
_TAG = regex(
    r"\{%-?\s*(?:if|unless|for|block|extends|include|import|macro|assign|set|from|raw|comment|trans|load|call)\b"
    r"|\{\{-?\s*(?:define|template|block|partial|range|with|if|else|end|\.|\$|content\b|(?:page|site|post|config)\.)",
)
"""Statements of Jinja, Liquid and Nunjucks, and actions of Go; `{{ name }}` does not count: articles quote it."""
_LISTING = regex(
    r"\{%-?\s*(?:for\s+\w+\s+in\s+(?:site|paginator)\.|(?:if|unless)\s+(?:site|paginator)\.|assign\s+\w+\s*=\s*site\.)"
)
"""A statement of Liquid about all posts of a site, or about its settings."""
_VERBATIM = regex(r"<(pre|code|textarea|script)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)


def may_be_template(place: PurePath) -> bool:
    """Whether a file at this path in its archive may be a template."""
    return place.suffix.lower() in _SUFFIXES or _may_be_form(place)


def is_template(place: PurePath, text: str, body: str) -> bool:
    """Whether a file is a template, by its path in the archive and by statements outside code.

    Args:
        place: The path in the archive.
        text: The file with its front matter, in which forms of new articles have placeholders.
        body: The file without its front matter.
    """
    if _may_be_form(place) and ("{{" in text[: len(text) - len(body)] or not body.strip()):
        return True
    if place.suffix.lower() not in _SUFFIXES:
        return False
    folders = [part.lower() for part in place.parts[:-1]]
    if "layouts" in folders and not _GO_FOLDERS.isdisjoint(folders):
        return True
    statements = _statements_in(folders, has_header=len(text) > len(body))
    sample = body[:_SAMPLE]
    # Most pages have no statement at all, so do not look for code in them.
    if statements is None or statements.search(sample) is None:
        return False
    return statements.search(_VERBATIM.sub("", sample)) is not None


def _statements_in(folders: Sequence[str], *, has_header: bool) -> re.Pattern[str] | None:
    """The statements that make a page in some folders a template; None if no page there is one."""
    if not _FOLDERS.isdisjoint(folders):
        return _TAG
    # A page with front matter that lists the posts of a site is not an article either.
    return _LISTING if has_header and _POSTS.isdisjoint(folders) else None


def _may_be_form(place: PurePath) -> bool:
    return place.suffix.lower() in _FORM_SUFFIXES and not _FORMS.isdisjoint(place.parts[:-1])
