"""Cleaning text where it enters: behind this, no string holds anything that a terminal could obey.

Nothing a reader can see is lost: what goes are controls, marks that turn the direction of text, and characters that
show nothing where they stand.
"""

import re

_MARKS_AT_MOST = 30
"""Combining marks on one base: more is no language but an attack (UAX 15, Stream-Safe Text Format)."""

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_NEVER = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f"  # soft hyphen, joiners and spaces that show nothing, bidi marks
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi controls, invisible operators, byte order mark, annotation
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e001f"  # noncharacters, deprecated tags
)
_DROPPED = re.compile(
    f"[{_NEVER}]"
    # A joiner belongs between emoji, and in the scripts from Arabic to Mongolian, where it shapes the letters.
    "|(?<![\u0600-\u109f\u1780-\u18af\ua800-\uabff])\u200c"
    "|(?<![\u0600-\u109f\u1780-\u18af\ua800-\uabff\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff])\u200d"
    "|(?<=[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff])\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
    # A selector behind a selector selects nothing.
    "|(?<=[\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0020-\U000e007f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PILES = re.compile(
    f"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{_MARKS_AT_MOST}}})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_SUSPECT = re.compile(
    f"[{_NEVER}\r\u0300-\u036f\u200c\u200d\u2028\u2029\ufe00-\ufe0f\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Any character that one of the steps could care about: a text without one is clean, and most are."""

_OBEYED = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)"  # a flag of a region, which consists of tags
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # UAX 9: what sets the direction
    "\u2028\u2029\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # line ends, byte order mark, annotation, noncharacters
    "\ud800-\udfff\U000e0000-\U000e007f]"  # surrogates, tags
)
_INSTEAD = dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", " ") | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
_PLAIN = re.compile("[ -~\n\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*+")
"""Texts of the commonest characters alone, told in a third of the time."""


def clean(text: str) -> str:
    """`text` without what a terminal could obey; every line end becomes a newline, tabs stay."""
    if _PLAIN.fullmatch(text) or not _SUSPECT.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _TAGS.sub(lambda found: found[1] or "", text)
    # Dropping one character may bring a joiner beside another neighbour; each round only shortens the text.
    while (shorter := _DROPPED.sub("", text)) != text:
        text = shorter
    return _PILES.sub(r"\1", text)


def inert(text: str) -> str:
    """`text` without what a terminal obeys or is turned around by, whatever stands beside it; newlines and tabs stay.

    The gate of all output: text of an article was cleaned where it entered, a path or an argument was not. Unlike
    `clean`, it decides each character by itself, so that it can be applied to any piece of a text.
    """
    if text.isascii() and text.isprintable():
        return text
    return _OBEYED.sub(lambda found: found[1] or _INSTEAD.get(found[0], ""), text)


def clean_line(text: str) -> str:
    """`text` clean and on one line: every run of white space becomes one blank, none is left at the ends."""
    return " ".join(clean(text).split())
