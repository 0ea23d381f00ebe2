"""Elements with the source of a Mermaid diagram, which a script draws; ordinary text would lose its line breaks."""

import re

from reader.regex import regex

_ELEMENT = regex(
    r"""<(?P<tag>mermaid|(?:div|p)(?=[^<>]{0,300}\bclass=["']?(?:[^"'<>]{0,200}\s)?mermaid[\s"'>]))(?:\s[^<>]{0,500})?>"""
    r"""(?P<source>(?:(?!</?(?P=tag)\b).){0,20000})</(?P=tag)\s*>""",
    re.DOTALL | re.IGNORECASE,
)


def diagrams_as_code(source: str) -> str:
    """Replace the elements of diagrams in HTML by preformatted text with the class `mermaid`."""
    if "mermaid" not in source:
        return source
    return _ELEMENT.sub(r'<pre class="mermaid">\g<source></pre>', source)
