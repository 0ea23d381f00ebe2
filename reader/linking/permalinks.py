"""Permalinks as configurations of sites write them, such as `/:year/:month/:title/`."""

import re

from reader.index.link_names import fold
from reader.lean_dataclasses import dataclass
from reader.linking.link_candidates import Candidate, Parts
from reader.linking.link_matching import SURE, days_fit, names_article, slug_of
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
_POST_FOLDERS = frozenset({"_posts", "_drafts"})
_LEVELS = frozenset({"categories", "sections"})
"""The variables whose values may contain slashes."""

_MOST_FREE = 2
"""Maximum number of variables of unlimited length in one permalink, so that matching takes quadratic time at most."""


@dataclass(frozen=True, slots=True)
class Permalink:
    """The form of the addresses of a site.

    Attributes:
        pattern: Matches paths on the site, folded and without suffix.
        variables: The variables of its groups, in order.
        collection: The collection or section whose articles have these addresses, folded; empty for posts and pages.
        folder: The first folder of the addresses, folded; empty if it varies.
    """

    pattern: re.Pattern[str]
    variables: tuple[str, ...]
    collection: str = ""
    folder: str = ""

    def slug(self, place: Parts) -> str:
        """The name of an article in a path of this form; empty for a path of another form."""
        return self._values(place).get("slug", "")

    def claims(self, place: Parts) -> bool:
        """Whether a path can only be the address of an article of the collection, because it begins with its folder."""
        return bool(self.collection and self.folder and place[:1] == (self.folder,) and self.slug(place))

    def rank(self, candidate: Candidate, place: Parts) -> int | None:
        """The rank of an article for a path, as in `matching`; None if the path cannot be the article's permalink."""
        values = self._values(place)
        *folders, name = values.get("slug", "").split("/")
        # Hugo derives `:title` from the title, and `:slug` as well for a page that does not state its slug.
        is_titled = not {"title", "slug"}.isdisjoint(self.variables) and slug_of(fold(candidate.title)) == name
        if not name or not (is_titled or names_article(candidate, name)):
            return None
        if folders and candidate.folders[-len(folders) :] != tuple(folders):
            return None
        numbers = [values[variable] for variable in ("year", "month", "day") if variable in values]
        days = days_fit(candidate, numbers) if numbers and "year" in values else 0
        if days is None or not self.is_of_collection(candidate):
            return None
        # A permalink without a collection is for posts. An article outside the folders of posts is probably a page.
        is_page = not self.collection and _POST_FOLDERS.isdisjoint(candidate.folders)
        return min(4 + days + is_page, SURE - 1)

    def is_of_collection(self, candidate: Candidate) -> bool:
        """Whether an article may have this permalink: Jekyll keeps the collection `wiki` in the folder `_wiki`."""
        return not self.collection or not {self.collection, f"_{self.collection}"}.isdisjoint(candidate.folders)

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


def permalink(written: str, collection: str = "") -> Permalink | None:
    """Parse the permalink of a collection or, if `collection` is empty, of posts and pages.

    None if it contains no name of an article, or a variable that is unknown.
    """
    collection = fold(collection)
    text = _SUFFIX.sub("", written.strip().casefold()).lstrip("/")
    if collection:
        text = text.replace(":collection", collection)
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
    first, *below = text.split("/")
    folder = first if below and ":" not in first else ""
    if free > _MOST_FREE or _SLUGS.isdisjoint(variables):
        return None
    # Categories may be empty, and then leave no slash.
    pattern = "".join(pieces).replace("(.*?)/", "(?:(.*?)/)?").replace("([^/]*)/", "(?:([^/]*)/)?")
    return Permalink(re.compile(pattern), tuple(variables), collection, folder)
