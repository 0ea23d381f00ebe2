"""The names of a page's element and whether it is displayed, both read from its attributes."""

import re

from reader.parse.html_class_names import SITE_ROLES
from reader.parse.html_tokens import attributes_of, decoded
from reader.parse.html_vocabulary import is_hidden
from reader.regex import regex

_NAMING = ("data-testid", "data-component", "data-name", "aria-label")
"""Attributes that name an element for programs and screen readers, even if its classes are meaningless."""
_CLASS, _ID = ' class="', ' id="'
_LABEL_OF_SITE = regex(
    r"newsletter|advert|promot|related|recommend|\bshar(?:e|ing)\b|social|comment|breadcrumb|cookie|subscri",
    re.IGNORECASE,
)
_ADMONITION = regex(
    r"\balert-(?:info|warning|danger|success|primary|secondary|light|dark|note|tip)\b|admonition|callout"
)
"""Classes of a note within a text, which Bootstrap's documentation gives the role of an alert too."""
_TELLING = regex(
    r""" (?:aria-(?:hidden="true|label=")|hidden|itemprop="|role="|style="(?=[^"]*[nN][oO][nN][eE])"""
    r"""|data-(?:testid|component|name)=")"""
)
"""The beginning of an attribute that may tell whether an element is part of the article, as a serializer writes it."""


def description(written: str) -> tuple[str, bool, bool]:
    """Return the names of an element, whether to omit it, and whether to omit it if it is a block."""
    # Quotation marks in values are escaped, so every match is the beginning of an attribute.
    named = _value(written, start) if (start := written.find(_CLASS)) >= 0 else ""
    if (start := written.find(_ID)) >= 0:
        named = f"{named} {_value(written, start)}".strip()
    if not _TELLING.search(written):
        return named, False, False
    attributes = attributes_of(written)
    if attributes.get("itemprop") in ("articleBody", "text"):
        named += " article-body"
    for name in _NAMING:
        if (value := attributes.get(name)) and (name != "aria-label" or _LABEL_OF_SITE.search(value)):
            named += f" {'-'.join(value.split())}"
    role = attributes.get("role")
    is_of_site = role in SITE_ROLES and not (role == "alert" and _ADMONITION.search(named))
    is_omitted = is_hidden({**attributes, "class": named}) or is_of_site
    return named, is_omitted, attributes.get("aria-hidden") == "true"


def _value(written: str, start: int) -> str:
    """Return the value of the attribute that begins at `start`."""
    start = written.index('"', start) + 1
    value = written[start : written.find('"', start)]
    return decoded(value).strip() if "&" in value else value.strip()
