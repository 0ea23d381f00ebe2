"""Placeholder pictures: sites show them until a script has loaded another one, or use them as spacers."""

from reader.regex import regex

_KEEPS_PLACE = regex(r"placeholders?|spacer|blank|transparent|(?:trans)?1x1")
_SAYS_NOTHING = regex(
    r"[0-9a-f]*\d[0-9a-f]*|\d+x\d+|gr[ae]y|white|black|light|dark|default|lazy|load|loading|loader|image|images|img|pic"
    r"|picture|photo|thumb|thumbnail|preview|icon|trans|dot|gif|png|article|news|post|small|medium|large|min"
)
"""Words that do not describe a picture, like those of `_KEEPS_PLACE`. A name with any other word is no placeholder's:
`blank-canvas.jpg`."""
_BETWEEN = regex(r"[-_. ]+")
_LONGEST = 100


def is_placeholder(address: str) -> bool:
    """Whether a URL names a placeholder, or a picture without a descriptive name in a folder for placeholders."""
    folder, _slash, name = address.partition("?")[0].partition("#")[0].rpartition("/")
    words = [word for word in _BETWEEN.split(name.rpartition(".")[0].lower()[:_LONGEST]) if word]
    if not words or not all(_SAYS_NOTHING.fullmatch(word) or _KEEPS_PLACE.fullmatch(word) for word in words):
        return False
    last = folder.rpartition("/")[2].lower()
    return any(map(_KEEPS_PLACE.fullmatch, words)) or _KEEPS_PLACE.fullmatch(last) is not None
