"""The single authors of an article, for formats that have a field for each."""

from reader.regex import regex

_BETWEEN = regex(r"\s*[;；、]\s*")
_AND = regex(r"\s*,?\s+(?:and|&)\s+|\s*,\s+")
_CJK_NAMES = regex(r"[\u2e80-\u9fff\uac00-\ud7a3々]{2,5}(?:\s*[,，]\s*[\u2e80-\u9fff\uac00-\ud7a3々]{2,5})+")
_INVERTED = regex(r"[^\s,，][^,，]*,\s+[^,，]+(?:\s+(?:and|&)\s+[^\s,，][^,，]*,\s+[^,，]+)+")
"""Names with the surname first, as in BibTeX: `Smith, John and Doe, Jane`."""
_LAST_AND = regex(r"\s+(?:and|&)\s+")
_COMMA = regex(r"\s*[,，]\s*")
_ORGANIZATION = regex(r"\b(?:of|for|the|The)\b")
"""A word in the name of an organization, which may contain `and`: `Department of Health and Human Services`."""


def single_authors(author: str) -> list[str]:
    """Divide the author of an article into single authors, as far as that is certain; empty if there is none.

    Semicolons and enumeration commas divide, and so do commas between Chinese, Japanese or Korean names. Commas between
    other words do not, since a surname (`Smith, John`) or an office (`Bo Lee, Editor`) may stand beside them; they do
    if `and` precedes the last of several full names, unless a word such as `of` shows that one is an organization.
    `and` divides names that all have their surname first.
    """
    if _CJK_NAMES.fullmatch(author):
        return _COMMA.split(author)
    found: list[str] = []
    for one in filter(None, _BETWEEN.split(author.strip())):
        if _INVERTED.fullmatch(one) and not _ORGANIZATION.search(one):
            found += _LAST_AND.split(one)
            continue
        names = _AND.split(one)
        is_list = (" and " in one or " & " in one) and not _ORGANIZATION.search(one)
        found += names if is_list and all(len(name.split()) > 1 for name in names) else [one]
    return found
