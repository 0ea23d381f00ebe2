"""Components of MDX and Vue without content, such as `<Badge text="new" />` or `<LinkCard title="…" href="…" />`."""

import re
from collections.abc import Mapping

from reader.parse.markdown.embedded_services import service_link
from reader.parse.markdown.scanner import literal
from reader.regex import regex

_EMPTY = regex(r"<(?P<name>[A-Z]\w*(?:\.\w+)*)(?P<said>(?:\s[^<>]*)?)/>")
_ATTRIBUTE = regex(
    r"\s:?([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)\s*\})",
)
_PICTURE = regex(r"\.(?:png|jpe?g|gif|webp|svg|avif)$", re.IGNORECASE)
_TEXTS = ("text", "title", "label", "name", "alt")
ADDRESSES = ("href", "to", "link", "url")
"""Attributes for an address."""
_IDS = ("id", "videoid", "vid", "bvid", "src")


def attributes(said: str) -> Mapping[str, str]:
    """Return the attributes with string values in the text of a tag, by lower-case name."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(f" {said}"):
        found.setdefault(name.lower(), "".join(values).strip())
    return found


def first_of(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Return the value of the first of these attributes that has one, or empty."""
    return next((said[name] for name in names if said.get(name)), "")


def written_component(name: str, attributes_text: str) -> str | None:
    """Return a component without content as Markdown; empty for icons and badges without text, None for others."""
    if name.endswith("Icon"):
        return ""
    said = attributes(attributes_text)
    source = said.get("src", "")
    if _PICTURE.search(source):
        return f"![{literal(said.get('alt', ''))}](<{source}>)"
    if link := service_link(name.lower(), first_of(said, _IDS)):
        return link
    text, address = first_of(said, _TEXTS), first_of(said, ADDRESSES)
    described = said.get("description", "")
    if not text and not described:
        return "" if name.endswith("Badge") else None
    written = f"[{literal(text or address)}](<{address}>)" if address else literal(text)
    return f"{written} {literal(described)}".strip() if described else written


def with_texts(text: str) -> str:
    """Replace components without content in a line by their Markdown; badges and icons without text are removed."""

    def written(found: re.Match[str]) -> str:
        made = written_component(found["name"], found["said"])
        return found[0] if made is None else made

    return _EMPTY.sub(written, text)
