"""Titles in the sidebars of VitePress, VuePress and Docusaurus, whose configurations are programs."""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from posixpath import normpath
from stat import S_ISDIR, S_ISREG
from urllib.parse import unquote

from reader.archive.decoding import decode
from reader.archive.files import read_start
from reader.archive.site_rewrites import Rewrites, rewrites_of
from reader.archive.site_scripts import Stated, stated
from reader.archive.titles import plain
from reader.errors import ArchiveError
from reader.regex import regex

_SIDEBARS = frozenset({"sidebars.js", "sidebars.ts", "sidebars.json"})
"""The files of Docusaurus, beside its folder `docs`."""
SCRIPT_NAVIGATION = frozenset({".vitepress", ".vuepress"}) | _SIDEBARS
"""The names of the folders and files that contain sidebars."""

_SUFFIXES = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json")
_PROGRAMS = frozenset({"theme", "cache", "dist", "public", "components", "plugins", "node_modules", "styles"})
"""Folders of a configuration that contain nothing about pages."""
_LONGEST, _MOST, _DEEPEST = 2**18, 40, 3
"""The maximum bytes read of a file, number of files of a configuration, and depth of its folders."""

_TEXTS, _TARGETS = ("text", "label", "title"), ("link", "path", "id")
_OF_SITES = frozenset({"title", "description", "lang", "srcDir", "outDir", "titleTemplate"})
"""Properties of a whole site, whose `base` is no folder of a sidebar."""
_MENU = regex(r"nav(?!igation)|footer")
"""Names of menus, which are no lists of pages."""
_SUFFIX = regex(r"\.(?:html?|mdx?)$")

_State = tuple[str, int, int]
"""The address of a file, the time of its change, and its size."""


def script_titles(folder: Path, name: str) -> dict[str, str]:
    """Return the titles in the sidebars that a folder has in `name`, by the paths of the articles relative to it."""
    states = _states(os.path.join(folder, name))  # noqa: PTH118 - called for each folder of each article
    return _titles(tuple(states), is_docusaurus=name in _SIDEBARS) if states else {}


def script_state(address: str) -> list[int]:
    """Return what differs after a change of the configuration at an address: its bytes, and the time of a change.

    Raises:
        FileNotFoundError: There is none.
    """
    states = _states(address)
    if not states:
        raise FileNotFoundError(address)
    return [sum(size for _address, _changed, size in states), max(changed for _address, changed, _size in states)]


def _states(address: str) -> list[_State]:
    """Return the files of a configuration, of which there may be none."""
    return list(islice(_files(address, 0), _MOST))


def _files(address: str, depth: int) -> Iterator[_State]:
    """Yield the files at or below an address. Links are not followed, since they may lead out of the archive."""
    try:
        status = os.lstat(address)
        if S_ISREG(status.st_mode) and address.endswith(_SUFFIXES):
            yield address, status.st_mtime_ns, status.st_size
        names = os.listdir(address) if depth < _DEEPEST and S_ISDIR(status.st_mode) else ()  # noqa: PTH208 - as above
    except (OSError, ValueError):
        return
    for name in sorted(names):
        if name not in _PROGRAMS:
            yield from _files(f"{address}/{name}", depth + 1)


@lru_cache(maxsize=64)
def _titles(states: tuple[_State, ...], *, is_docusaurus: bool) -> dict[str, str]:
    """Read the files of a configuration once until one of them changes."""
    scripts = [list(stated(_read(address))) for address, *_ in states]
    values = [one for script in scripts for one in script]
    source = "docs" if is_docusaurus else next((one.text for one in values if one.names[-1] == "srcDir"), "")
    rewrites = rewrites_of(values)
    titles: dict[str, str] = {}
    for script in scripts:
        for title, target in _pages(script):
            for place in _places(target, source, rewrites):
                titles.setdefault(place, title)
    for title in (one.text for one in values if one.names[-1] == "title" and len(one.groups) == 1):
        titles.setdefault(_places("/", source, rewrites)[0], title)
    return titles


def _read(address: str) -> str:
    try:
        return decode(read_start(Path(address), _LONGEST)[0]).text
    except ArchiveError:
        return ""


def _pages(values: Sequence[Stated]) -> Iterator[tuple[str, str]]:
    """Yield the titles and targets of the objects that have both."""
    objects: dict[tuple[int, ...], dict[str, str]] = defaultdict(dict)
    around: dict[tuple[int, ...], tuple[str, ...]] = {}
    for one in values:
        if one.groups and not one.is_name:
            objects[one.groups].setdefault(one.names[-1], one.text)
            around[one.groups] = one.names[:-1]

    def base_of(groups: tuple[int, ...]) -> str:
        for depth in range(len(groups), 0, -1):
            said = objects.get(groups[:depth], {})
            # The outermost object without a name is that of the site.
            if "base" in said and _OF_SITES.isdisjoint(said) and (depth > 1 or around[groups[:1]]):
                return said["base"]
        return ""

    called = {one.text: base_of(one.groups) for one in values if one.is_name and one.names[-1] == "items"}
    for groups, said in objects.items():
        title = plain(next((said[key] for key in _TEXTS if key in said), ""))
        target = next((said[key] for key in _TARGETS if key in said), "")
        if title and target and ":" not in target and not any(_MENU.search(name.lower()) for name in around[groups]):
            base = base_of(groups) or next((called[name] for name in around[groups] if called.get(name)), "")
            yield title, f"{base}/{target}"


def _places(target: str, source: str, rewrites: Rewrites) -> list[str]:
    """Return the files, relative to the folder of the configuration, that a target may mean."""
    address = unquote(target.partition("#")[0].partition("?")[0])
    place = _SUFFIX.sub("", normpath("/" + address).lstrip("/"))
    folder = f"{place}/" if place else ""
    files = [f"{folder}index.md", f"{folder}README.md"]
    if place and not address.endswith("/"):
        files = [f"{place}.md", f"{place}.mdx", *files]
    return [normpath(f"{source}/{rewrites.source_of(file)}".lstrip("/")) for file in files]
