"""The language of a text in Latin, Greek or Cyrillic letters, recognized by its most frequent words."""

from functools import lru_cache

from reader.document.alphabets import LETTER
from reader.regex import regex

_WORD = regex(f"[{LETTER}]+")
_LOOKED_AT = 4_000
"""The number of characters that are examined: a few hundred words."""

_LEAST, _SHARE = 3, 8
"""At least `_LEAST` words of a text, and one word in `_SHARE`, must be frequent words of its language."""

_FREQUENT = {
    "en": "the of and to in that is was for it with as his on be at by had not are but from have they which this or",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es werden aus er sie",
    "fr": "le la les de des du et en un une est que qui dans pour pas sur au par plus avec ce sont il elle nous aux",
    "es": "el la los las de del y en que un una es por con para no se su al como más lo pero sus fue este",
    "it": "il lo la gli di del della che è e un una per non con si da sono come anche nel dei alla ma le delle",
    "pt": "o a os as de do da dos das e em um uma que não para com por se na no mais como é ao mas foi",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als dan bij uit maar door naar",
    "sv": "och att det som en är på av för med den till inte har ett om var jag han så från vid",
    "da": "og det at en den til er som på de med han af for ikke der var et har jeg fra ved blev",
    "nb": "og det at en den til er som på de med han av for ikke var et har jeg fra ved ble",
    "pl": "w i na z nie się do że jest to o jak ale po za od przez był dla są tym jego",
    "cs": "a v na se že je s z do o to i jako za by ale pro po od jeho byl které jsou",
    "ru": "и в не на что он с как это по но из у за от его она был так же для они мы",
    "uk": "і в не на що він з як це та до але за від його вона був для вони є про",
    "el": "και το να του η της με που την από για τα είναι στο ο οι τον θα στην δεν",
}
"""Frequent words by language (BCP 47): every text of some length has several of its language."""

_SETS = {language: frozenset(words.split()) for language, words in _FREQUENT.items()}


@lru_cache(maxsize=256)
def hyphenation_language(text: str) -> str:
    """The language of a text (BCP 47), such as “en”; empty if it is unknown or ambiguous, or the text too short."""
    words = _WORD.findall(text[:_LOOKED_AT].lower())
    hits = sorted(((sum(map(common.__contains__, words)), name) for name, common in _SETS.items()), reverse=True)
    (most, language), (second, _other) = hits[:2]
    return language if most >= _LEAST and most * _SHARE >= len(words) and most > second else ""
