"""Replacement of `data:` URLs of pictures by names, because the library drops references to more than 100 kB."""

import re

from reader.document.embedded_data import embedded_name
from reader.parse.markdown.scanner import BlockRule, Replacement, outside_code
from reader.regex import regex

_TARGET = regex(r"""(\]\(<?|^[ ]{0,3}\[[^\[\]\n]{1,200}\]:[ \t]*<?|\bsrc=["'])(data:image/[^\s()<>"']+)""")
"""The URL of a picture in parentheses, in a link reference definition, or in an attribute."""


def _named(lines: list[str], at: int) -> Replacement | None:
    line = lines[at]
    if line.startswith(("    ", "\t")):
        return None  # It may be code.
    made = outside_code(line, lambda text: _TARGET.sub(_name, text))
    return ([made], at + 1) if made != line else None


def _name(found: re.Match[str]) -> str:
    return found[1] + (embedded_name(found[2]) or found[2])


RULES = (BlockRule(("data:image/",), _named),)
