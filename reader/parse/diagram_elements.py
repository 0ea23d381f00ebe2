"""Elements with the source of a Mermaid diagram: a script draws it, and without one its line breaks would be lost."""

import re

from reader.regex import regex

_ELEMENT = regex(
    r"""<(?P<tag>mermaid|(?:div|p)(?=[^<>]{0,300}\bclass=["']?(?:[^"'<>]{0,200}\s)?mermaid[\s"'>]))(?:\s[^<>]{0,500})?>"""
    r"""(?P<source>(?:(?!</?(?P=tag)\b).){0,20000})</(?P=tag)\s*>""",
    re.DOTALL | re.IGNORECASE,
)


def diagrams_as_code(source: str) -> str:
    """Rewrite HTML so that the sources of diagrams are preformatted, with the name of their language as class."""
    if "mermaid" not in source:
        return source
    return _ELEMENT.sub(r'<pre class="mermaid">\g<source></pre>', source)
