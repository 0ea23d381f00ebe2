"""Pictures that only keep a place: sites show them until a script has loaded another, or put them between columns."""

from reader.regex import regex

_KEEPS_PLACE = regex(r"placeholders?|spacer|blank|transparent|(?:trans)?1x1")
_SAYS_NOTHING = regex(
    r"[0-9a-f]*\d[0-9a-f]*|\d+x\d+|gr[ae]y|white|black|light|dark|default|lazy|load|loading|loader|image|images|img|pic"
    r"|picture|photo|thumb|thumbnail|preview|icon|trans|dot|gif|png|article|news|post|small|medium|large|min"
)
"""Words in the names of such pictures. Any other word may say what a picture shows: `blank-canvas.jpg`."""
_BETWEEN = regex(r"[-_. ]+")
_LONGEST = 100


def is_placeholder(address: str) -> bool:
    """Whether a picture has the name of one that only keeps a place, or is in a folder of them with a mere number."""
    folder, _slash, name = address.partition("?")[0].partition("#")[0].rpartition("/")
    words = [word for word in _BETWEEN.split(name.rpartition(".")[0].lower()[:_LONGEST]) if word]
    if not words or not all(_SAYS_NOTHING.fullmatch(word) or _KEEPS_PLACE.fullmatch(word) for word in words):
        return False
    last = folder.rpartition("/")[2].lower()
    return any(map(_KEEPS_PLACE.fullmatch, words)) or _KEEPS_PLACE.fullmatch(last) is not None
