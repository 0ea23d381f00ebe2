"""Sanitizing text on input, so that no string in the program can control the terminal.

No visible text is lost: only control characters, bidirectional controls and characters without any effect are removed.
"""

from reader.regex import regex

_MARKS_AT_MOST = 30
"""Maximum number of combining marks on one base: more is an attack, not language (UAX 15, Stream-Safe Text Format)."""

_LINE_ENDS = regex("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

_NEVER = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 except tab and newline, DEL, C1
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f"  # soft hyphen, invisible joiners and spaces, bidi marks
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidi controls, invisible operators, byte order mark, annotation
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e001f"  # noncharacters, deprecated tags
)
_DROPPED = regex(
    f"[{_NEVER}]"
    # Joiners are valid between emoji, and in the scripts from Arabic to Mongolian, where they shape letters.
    "|(?<![\u0600-\u109f\u1780-\u18af\ua800-\uabff])\u200c"
    "|(?<![\u0600-\u109f\u1780-\u18af\ua800-\uabff\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff])\u200d"
    "|(?<=[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff])\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
    # A variation selector after another one has no effect.
    "|(?<=[\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
_TAGS = regex("(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0020-\U000e007f]")
_SURROGATES = regex("[\ud800-\udfff]")
_PILES = regex(
    f"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{_MARKS_AT_MOST}}})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_SUSPECT = regex(f"[{_NEVER}\r\u0300-\u036f\u200c\u200d\u2028\u2029\ufe00-\ufe0f\ud800-\udfff\U000e0000-\U000e0fff]")
"""All characters that any step of `clean` may change. Most texts have none of them and need no further work."""

_CONTROLS = regex(
    "(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)"  # the flag of a region: a sequence of tag characters
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 except tab and newline, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction controls (UAX 9)
    "\u2028\u2029\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # line ends, byte order mark, annotation, noncharacters
    "\ud800-\udfff\U000e0000-\U000e007f]"  # surrogates, tag characters
)
_REPLACEMENTS = dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", " ") | dict.fromkeys(
    map(chr, range(0xD800, 0xE000)), "\ufffd"
)
_PLAIN = regex("[ -~\n\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]*+")
"""Text of the most common characters only, recognized in a third of the time."""


def clean(text: str) -> str:
    """`text` without anything that could control a terminal; every line end becomes a newline, tabs stay."""
    if _PLAIN.fullmatch(text) or not _SUSPECT.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", text)
    text = _TAGS.sub(lambda found: found[1] or "", text)
    # Repeat, because a joiner may have a new neighbour now. This ends, because each round shortens the text.
    while (shorter := _DROPPED.sub("", text)) != text:
        text = shorter
    return _PILES.sub(r"\1", text)


def inert(text: str) -> str:
    """`text` without control and direction characters, whatever their context; newlines and tabs stay.

    The filter for all output: article text is sanitized on input, but paths and arguments are not. Unlike `clean`, it
    treats each character on its own, so it can be applied to any part of a text.
    """
    # `isprintable` is false for all of these characters, so most texts need no regular expression.
    if text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return _CONTROLS.sub(lambda found: found[1] or _REPLACEMENTS.get(found[0], ""), text)


def clean_line(text: str) -> str:
    """Sanitized `text` on one line: each run of white space becomes one space, none remains at the ends."""
    if text.isascii() and text.isprintable() and " " not in text:
        # Fast path: most URLs and class names are already clean.
        return text
    return " ".join(clean(text).split())
