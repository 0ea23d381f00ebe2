"""Rules for Hatena Blog's notation in Markdown: embedded URLs, pictures, and the table of contents.

https://help.hatenablog.com/entry/text-hatena-list
"""

import re

from reader.parse.markdown.scanner import LineRule, literal
from reader.regex import regex

_ADDRESS = regex(
    r"\[(https?://[^\s\[\]<>]{1,2000}?)(?::(?:embed|cite|bookmark|barcode|title|image|movie|sound|large|small|favicon))+"
    r"(?:=([^\[\]\n]{1,300}))?\]"
)
_PICTURE = regex(
    r"\[f:id:(?P<user>[A-Za-z][\w-]{1,40}):(?P<day>\d{8})(?P<time>\d{6})(?P<kind>[pjg]):(?:image|plain)"
    r"(?P<said>(?::[^\[\]\n:]{1,200}){0,6})\]"
)
_ALT = regex(r":alt=([^:]+)")
_CONTENTS = regex(r"^[ \t]*\[:contents\][ \t]*$")
_SUFFIXES = {"p": "png", "j": "jpg", "g": "gif"}


def _link(found: re.Match[str]) -> str:
    return f"[{literal(found[2] or found[1])}](<{found[1]}>)"


def _picture(found: re.Match[str]) -> str:
    """Return a picture of Hatena Fotolife, whose URL follows from its name."""
    user, day = found["user"], found["day"]
    alt = _ALT.search(found["said"])
    address = f"https://cdn-ak.f.st-hatena.com/images/fotolife/{user[0]}/{user}/{day}/{day}{found['time']}"
    return f"![{literal(alt[1]) if alt else ''}](<{address}.{_SUFFIXES[found['kind']]}>)"


def _rewritten(text: str) -> str:
    return _PICTURE.sub(_picture, _ADDRESS.sub(_link, _CONTENTS.sub("", text)))


LINE_RULES: tuple[LineRule, ...] = (LineRule(("[http", "[f:id:", "[:contents]"), _rewritten),)
