"""Titles in the sidebars of VitePress, VuePress and Docusaurus, whose configurations are programs."""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

from reader.archive.scripted_site import ScriptFile, script_files, scripted_site
from reader.archive.site_rewrites import Rewrites
from reader.archive.site_scripts import Stated
from reader.archive.titles import plain
from reader.regex import regex

_SIDEBARS = frozenset({"sidebars.js", "sidebars.ts", "sidebars.json"})
"""The sidebar files of Docusaurus, which are next to its folder `docs`."""
SCRIPT_NAVIGATION = frozenset({".vitepress", ".vuepress"}) | _SIDEBARS
"""The names of the folders and files that contain sidebars."""

_TEXTS, _TARGETS = ("text", "label", "title"), ("link", "path", "id")
_OF_SITES = frozenset({"title", "description", "lang", "srcDir", "outDir", "titleTemplate"})
"""Properties of a whole site: if an object has one of them, its `base` is not the folder of a sidebar."""
_MENU = regex(r"nav(?!igation)|footer")
"""Names of menus, which do not list pages."""
_SUFFIX = regex(r"\.(?:html?|mdx?)$")


def script_titles(folder: Path, name: str) -> dict[str, str]:
    """Return the titles in the sidebars in `folder / name`, by the paths of the articles relative to `folder`."""
    files = script_files(os.path.join(folder, name))  # noqa: PTH118 - called for each folder of each article
    return _titles(files, is_docusaurus=name in _SIDEBARS) if files else {}


def script_state(address: str) -> list[int]:
    """Return the total size and the latest modification time of the configuration at a path, to detect changes.

    Raises:
        FileNotFoundError: There is no configuration.
    """
    files = script_files(address)
    if not files:
        raise FileNotFoundError(address)
    return [sum(size for _address, _changed, size in files), max(changed for _address, changed, _size in files)]


@lru_cache(maxsize=64)
def _titles(files: tuple[ScriptFile, ...], *, is_docusaurus: bool) -> dict[str, str]:
    """Return the titles of a configuration, cached until one of its files changes."""
    site = scripted_site(files)
    source = "docs" if is_docusaurus else site.source
    titles: dict[str, str] = {}
    for values in site.values:
        for title, target in _pages(values):
            for place in _places(target, source, site.rewrites):
                titles.setdefault(place, title)
    if site.title:
        titles.setdefault(_places("/", source, site.rewrites)[0], site.title)
    return titles


def _pages(values: Sequence[Stated]) -> Iterator[tuple[str, str]]:
    """Yield the title and target of each object that has both."""
    objects: dict[tuple[int, ...], dict[str, str]] = defaultdict(dict)
    around: dict[tuple[int, ...], tuple[str, ...]] = {}
    for one in values:
        if one.groups and not one.is_name:
            objects[one.groups].setdefault(one.names[-1], one.text)
            around[one.groups] = one.names[:-1]

    def base_of(groups: tuple[int, ...]) -> str:
        for depth in range(len(groups), 0, -1):
            said = objects.get(groups[:depth], {})
            # An outermost object without a name describes the site.
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
    """Return the paths, relative to the folder of the configuration, that a target may mean."""
    address = unquote(target.partition("#")[0].partition("?")[0])
    place = _SUFFIX.sub("", normpath("/" + address).lstrip("/"))
    folder = f"{place}/" if place else ""
    files = [f"{folder}index.md", f"{folder}README.md"]
    if place and not address.endswith("/"):
        files = [f"{place}.md", f"{place}.mdx", *files]
    return [normpath(f"{source}/{rewrites.source_of(file)}".lstrip("/")) for file in files]
