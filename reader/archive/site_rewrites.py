"""Rewrites of VitePress: the file of a page whose URL does not correspond to its path."""

import re
from collections.abc import Iterable

from reader.archive.site_scripts import Stated
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_PARAMETER = regex(r":([A-Za-z_][A-Za-z0-9_]*+)(\(\.\*\))?([*+?]?)")
_MOST = 500
"""The maximum number of rewrites of a site."""
_MOST_LOOSE = 2
"""The maximum number of parameters that match several folders; a second parameter in the same folder counts twice.

The regex must try every end of such a parameter, so each of them multiplies the time of a match.
"""
_LONGEST = 400
"""The maximum length in characters of the path of a page that is compared with patterns."""


@dataclass(frozen=True, slots=True)
class Rewrites:
    """The rewrites of a site, by which the paths of its pages differ from those of its files.

    Attributes:
        exact: The paths of files by the paths of their pages.
        patterns: Patterns for paths of pages, and templates for the paths of their files.
    """

    exact: dict[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()

    def source_of(self, page: str) -> str:
        """Return the path of the file of a page; both paths are relative to the folder of the texts."""
        if page in self.exact:
            return self.exact[page]
        for pattern, template in self.patterns if len(page) <= _LONGEST else ():
            if found := pattern.fullmatch(page):
                values = found.groupdict()
                return _PARAMETER.sub(lambda parameter: values[parameter[1]], template)  # noqa: B023 - called here
        return page


def rewrites_of(values: Iterable[Stated]) -> Rewrites:
    """Return the rewrites that a configuration states: `'zh/:rest*': ':rest*'`."""
    exact: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    for one in values:
        if len(one.names) > 1 and one.names[-2] == "rewrites" and len(exact) + len(patterns) < _MOST:
            file, page = one.names[-1], one.text
            parameters = {found[1] for found in _PARAMETER.finditer(page)}
            if not parameters and ":" not in file:
                exact.setdefault(page, file)
            elif (
                parameters == {found[1] for found in _PARAMETER.finditer(file)}
                and (pattern := _pattern(page)) is not None
            ):
                patterns.append((pattern, file))
    return Rewrites(exact, tuple(patterns))


def _pattern(page: str) -> re.Pattern[str] | None:
    """Compile the path of a page with parameters; a parameter with `*`, `+` or `?` may match several folders.

    Return None for a path that may take too long to match.
    """
    made, end, loose = "", 0, 0
    named: set[str] = set()
    for found in _PARAMETER.finditer(page):
        between = page[end : found.start()]
        has_folders = bool(found[2] or found[3])
        # A parameter ends at the next slash, but another one in the same folder may end anywhere.
        loose += 1 if has_folders else 2 if named and "/" not in between else 0
        made += re.escape(between)
        made += f"(?P={found[1]})" if found[1] in named else f"(?P<{found[1]}>{'.*' if has_folders else '[^/]+'})"
        named.add(found[1])
        end = found.end()
    return re.compile(made + re.escape(page[end:])) if loose <= _MOST_LOOSE else None
