"""Permalinks as configurations of sites write them, such as `/:year/:month/:title/`."""

import re

from reader.lean_dataclasses import dataclass
from reader.linking.candidates import Candidate, Parts
from reader.linking.matching import SURE, days_fit, names_article
from reader.parse.html_vocabulary import names
from reader.regex import regex

_LONGEST = 300
_VARIABLE = regex(r":([a-z_]+)(?:\[[^\]]*\])?")
_SUFFIX = regex(r"(?::output_ext|\.html?|/index\.html?|/)+$")

_SLUGS = names(
    "title name slug filename contentbasename slugorfilename slugorcontentbasename post_title basename urlname"
    " slugified_filename path abbrlink id hash"
)
_DIGITS = {
    "year": r"(\d{4})",
    **dict.fromkeys(names("month i_month day i_day short_year hour minute second week short_month"), r"(\d{1,2})"),
    **dict.fromkeys(names("y_day yearday weekday"), r"(\d{1,3})"),
}
_LEVELS = frozenset({"categories", "sections"})
"""The variables that may have several levels."""

_MOST_FREE = 2
"""Maximum number of variables of any length in one permalink: a path is matched in quadratic time."""


@dataclass(frozen=True, slots=True)
class Permalink:
    """The form of the addresses of a site.

    Attributes:
        pattern: Matches paths on the site, folded and without suffix.
        variables: The variables of its groups, in order.
    """

    pattern: re.Pattern[str]
    variables: tuple[str, ...]

    def slug(self, place: Parts) -> str:
        """What a path gives as the name of an article; empty if it does not have this form."""
        return self._values(place).get("slug", "")

    def rank(self, candidate: Candidate, place: Parts) -> int | None:
        """The rank of an article for a path, as those of `matching`; None if the path cannot be its permalink."""
        values = self._values(place)
        *folders, name = values.get("slug", "").split("/")
        if not name or not names_article(candidate, name):
            return None
        if folders and candidate.folders[-len(folders) :] != tuple(folders):
            return None
        numbers = [values[variable] for variable in ("year", "month", "day") if variable in values]
        days = days_fit(candidate, numbers) if numbers and "year" in values else 0
        # A permalink is that of posts, which lie in folders such as `_posts` where the generator has such folders.
        is_page = not any(folder.startswith("_") for folder in candidate.folders)
        return None if days is None else min(4 + days + is_page, SURE - 1)

    def _values(self, place: Parts) -> dict[str, str]:
        path = "/".join(place)
        found = self.pattern.fullmatch(path) if len(path) <= _LONGEST else None
        if found is None:
            return {}
        values: dict[str, str] = {}
        for variable, value in zip(self.variables, found.groups(""), strict=True):
            name = "slug" if variable in _SLUGS else variable.removeprefix("i_")
            values.setdefault(name, value)
        return values


def permalink(written: str) -> Permalink | None:
    """A permalink; None for one that names no article by a variable, or is not understood."""
    text = _SUFFIX.sub("", written.strip().casefold()).lstrip("/")
    if len(text) > _LONGEST:
        return None
    variables: list[str] = []
    pieces: list[str] = []
    end = free = 0
    for found in _VARIABLE.finditer(text):
        name, before, after = found[1], text[end : found.start()], text[found.end() : found.end() + 1]
        group = _DIGITS.get(name, "(.+?)" if name in _SLUGS else "(.*?)")
        if (
            group == "(.*?)"
            and name not in _LEVELS
            and after == "/"
            and ((not before and not end) or before.endswith("/"))
        ):
            group = "([^/]*)"
        free += group.startswith("(.")
        pieces += (re.escape(before), group)
        variables.append(name)
        end = found.end()
    pieces.append(re.escape(text[end:]))
    if free > _MOST_FREE or _SLUGS.isdisjoint(variables):
        return None
    # Categories may be empty, and then leave no slash.
    pattern = "".join(pieces).replace("(.*?)/", "(?:(.*?)/)?").replace("([^/]*)/", "(?:([^/]*)/)?")
    return Permalink(re.compile(pattern), tuple(variables))
