"""Rules for expressions between `{{` and `}}`: Liquid's, and the shortcodes of Zola."""

import re

from reader.parse.markdown.embedded_services import service_link
from reader.parse.markdown.scanner import literal
from reader.parse.markdown.targets import is_in_address, written_path
from reader.regex import regex

EXPRESSION = regex(r"\{\{(?P<said>[^{}]*+)\}\}")
_STRING = regex(r"\"([^\"]*)\"|'([^']*)'")
_NAMED = regex(r"([\w-]+)\s*[=:]\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_CALL = regex(r"(\w+)\(((?:[^()\"'`]|\"[^\"]*\"|'[^']*'|`[^`]*`)*+)\)")
_COMMA = regex(r"(\"[^\"]*\"|'[^']*'|`[^`]*`)|,")
_PICTURE = regex(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)


def without_commas(said: str) -> str:
    """Replace the commas between the arguments of a call by blanks, except inside strings."""
    return _COMMA.sub(lambda found: found[1] or " ", said)


def named_arguments(said: str) -> dict[str, str]:
    """Return the named arguments of a tag or shortcode, by lower-case name."""
    return {name.lower(): a or b or c for name, a, b, c in _NAMED.findall(said)}


def rewritten_expressions(text: str) -> str:
    """Remove expressions such as `{{ site.url }}` from URLs: only the site knows their values. Rewrite Zola's calls."""

    def written(found: re.Match[str]) -> str:
        said = found["said"].removeprefix("-").removesuffix("-").strip()
        if said.startswith(("<", "%")):
            # A shortcode of Hugo.
            return found[0]
        if not is_in_address(text, found.start()):
            return _called(said) or found[0]
        string = _STRING.search(said)
        return written_path(string[1] or string[2] or "") if string else ""

    return EXPRESSION.sub(written, text)


def _called(said: str) -> str | None:
    """Return the picture or the link that a shortcode of Zola inserts: `image(path="a.png")`, `youtube(id="a")`."""
    found = _CALL.fullmatch(said)
    if not found:
        return None
    named = named_arguments(without_commas(found[2]))
    source = named.get("path") or named.get("src") or named.get("url") or ""
    if _PICTURE.search(source):
        caption = named.get("caption") or named.get("alt", "")
        # The caption may be Markdown, whose text is the description of the picture.
        return f"![{caption if '](' in caption or '&' in caption else literal(caption)}](<{source}>)"
    return service_link(found[1].lower(), named.get("id") or source)
