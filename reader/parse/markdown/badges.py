"""Components without content, such as the badges of VuePress and VitePress: `<Badge text="new" />`."""

import re

from reader.parse.markdown.scanner import literal
from reader.regex import regex

_BADGE = regex(r"<(?P<name>[A-Z]\w*)(?P<said>(?:\s[^<>]*)?)/>")
_TEXT = regex(r"\s:?(?:text|title|label|name)=(?:\"([^\"]+)\"|'([^']+)')")


def without_badges(text: str) -> str:
    """Replace components without content by their text; badges and icons without any are removed."""

    def written(found: re.Match[str]) -> str:
        said = _TEXT.search(found["said"])
        if said:
            return literal(next(group for group in said.groups() if group))
        return "" if found["name"].endswith(("Badge", "Icon")) else found[0]

    return _BADGE.sub(written, text)
