"""What the configuration of a site says of its URLs: permalinks, host, and the path below which the site lies.

Hexo and Jekyll have `permalink` in `_config.yml`, Hugo has `permalinks` in `hugo.toml` or in a file with another name
that it accepts. The configurations of VitePress, VuePress and Docusaurus are programs (`archive/scripted_site.py`).
"""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from posixpath import normpath
from typing import Any

from reader.archive.scripted_site import script_files, scripted_site
from reader.archive.site_rewrites import Rewrites
from reader.document.web_addresses import host_of, split_address
from reader.index.link_names import fold
from reader.lean_dataclasses import dataclass, replace
from reader.linking.link_candidates import Candidate, Parts, site_parts
from reader.linking.permalinks import Permalink, permalink
from reader.regex import regex
from reader.yaml_files import parse_yaml, read_text

_LARGEST = 256 * 1024
"""Maximum bytes of a configuration that is read."""
_MOST = 50
"""Maximum number of permalinks of a site."""

_LONG_KEY = regex(
    r"""(?:(?:(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{1,200}+|"(?:[^"\\\n]|\\.){0,200}+"|'[^'\n]{0,200}+')"""
    r"[ \t]*+\.[ \t]*+){100}"
)
"""A key in TOML with so many parts that parsing, in quadratic time, would take minutes."""

_FILES = tuple(
    folder + name
    for folder in ("", "config/_default/")
    for name in (
        "_config.yml",
        "_config.yaml",
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "config.toml",
        "config.yaml",
        "config.yml",
    )
)
_PERMALINKS = "config/*/permalinks.*"
"""Files that may have the permalinks of Hugo."""
_SCRIPTED = (
    ".vitepress",
    "docs/.vitepress",
    ".vuepress",
    "docs/.vuepress",
    "docusaurus.config.js",
    "docusaurus.config.ts",
)
"""The configurations that are programs, the most likely one first."""
_MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
"""Configurations that are not read: where one exists, the addresses are the paths of the texts."""
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
"""Jekyll's names of permalink styles."""
_OF_COLLECTIONS = "/:collection/:path:output_ext"
"""Jekyll's permalink of a collection that states none."""
_KINDS_OF_PAGES = frozenset({"page", "section", "term", "taxonomy", "home"})
_PLACEHOLDERS = frozenset({"example.com", "example.org", "yoursite.com", "localhost"})
"""Hosts in configurations that nobody has edited."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The addresses of a site.

    Attributes:
        permalinks: The permalinks of its articles.
        base: The path on its host below which it lies, folded.
        host: Its host, folded; empty if unknown.
        source: The folder with the source of its pages, folded; empty for the folder of the configuration.
        languages: Its languages, folded; first the one whose addresses do not name a language.
        pages: The folders that its texts are in and that addresses omit, folded.
        rewrites: The texts whose addresses are not their paths; None if there are none.
        is_by_path: Whether the address of a text without a permalink is its path unless it states another, as in Hugo.
        prefers_readme: Whether README, not `index`, represents a folder that has both, as on GitHub and in VuePress.
    """

    permalinks: tuple[Permalink, ...] = ()
    base: Parts = ()
    host: str = ""
    source: str = ""
    languages: tuple[str, ...] = ()
    pages: Parts = ()
    rewrites: Rewrites | None = None
    is_by_path: bool = False
    prefers_readme: bool = True

    def is_at_path(self, candidate: Candidate) -> bool:
        """Whether the address of an article is its path unless the article states another."""
        return self.is_by_path and not any(form.is_of_collection(candidate) for form in self.permalinks)

    def path_of(self, url: str) -> str:
        """The path on the site of a web address; empty for an address of another site."""
        if not self.host or host_of(url) != self.host:
            return ""
        parts = split_address(url)
        return (parts.path or "/") if parts is not None else ""

    def spellings(self, place: Parts) -> list[Parts]:
        """The spellings of a path on the site: as it is, without `base`, and as the paths of its source texts."""
        below = self.base and place[: len(self.base)] == self.base
        found = [place, place[len(self.base) :]] if below else [place]
        if self.rewrites is not None:
            files = (self.rewrites.source_of("/".join(parts) + ".md") for parts in found)
            found += [parts for parts in map(site_parts, files) if parts not in found]
        return [*found, *((*self.pages, *parts) for parts in found if self.pages and parts)]


def site_config(root: Path) -> SiteConfig:
    """The addresses of the site at a folder, by the first configuration that can be read; empty if there is none."""
    for name in _FILES:
        with suppress(Exception):  # A configuration that cannot be used must not make links unusable.
            path = root / name
            if path.is_file():
                text = read_text(path, _LARGEST)
                settings = _parse_toml(text) if name.endswith(".toml") else parse_yaml(text)
                if isinstance(settings, dict):
                    named = {str(key).lower(): value for key, value in settings.items()}
                    is_hugo = not name.startswith("_")
                    config = _config_of(named, _source(root, named, is_hugo=is_hugo))
                    return replace(config, is_by_path=is_hugo and not any(root.glob(_PERMALINKS)))
    for name in _SCRIPTED:
        with suppress(Exception):
            site = scripted_site(script_files(str(root / name)))
            if site.has_main_file:
                place = normpath(f"{name.rpartition('/')[0]}/{site.source or '.'}".lstrip("/"))
                pages = () if place == "." or place.startswith("..") else site_parts(place)
                return SiteConfig(
                    base=site_parts(site.base),
                    host=host_of(site.url),
                    source=pages[0] if pages else "",
                    pages=pages,
                    rewrites=site.rewrites,
                    prefers_readme=name.endswith(".vuepress"),
                )
    return SiteConfig(prefers_readme=not any((root / name).is_file() for name in (*_FILES, *_MKDOCS)))


def _parse_toml(text: str) -> dict[str, Any]:
    """Parse a TOML text.

    Raises:
        ValueError: The text is invalid, or has a key with too many parts.
        RecursionError: Its values are nested too deeply.
    """
    if _LONG_KEY.search(text):
        raise ValueError
    return tomllib.loads(text)


def config_state(root: Path) -> tuple[tuple[int, int], ...]:
    """A fingerprint of the configuration files of the site at a folder: modification times and sizes in bytes."""
    found: list[tuple[int, int]] = []
    for name in _SCRIPTED:
        found += [(changed, size) for _address, changed, size in script_files(str(root / name))] or [(0, 0)]
    for name in _FILES:
        try:
            state = (root / name).stat()
        except (OSError, ValueError):
            found.append((0, 0))
        else:
            found.append((state.st_mtime_ns, state.st_size))
    return tuple(found)


def _source(root: Path, named: dict[str, Any], *, is_hugo: bool) -> str:
    """The folder of the pages of a Hugo or Hexo site, if it exists; else empty, as for Jekyll, which has none."""
    stated = named.get("contentdir" if is_hugo else "source_dir")
    folder = stated if isinstance(stated, str) else "content" if is_hugo else "source"
    parts = site_parts(folder)
    return parts[0] if len(parts) == 1 and (root / folder).is_dir() else ""


def _config_of(named: dict[str, Any], source: str) -> SiteConfig:
    """The addresses of a site by its settings, whose names are in lower case."""
    written = dict.fromkeys(one for one in _permalinks(named))
    url = next((value for key in ("url", "baseurl") if isinstance(value := named.get(key), str) and "//" in value), "")
    host = host_of(url)
    parts = split_address(url)
    folder = next(
        (value for key in ("root", "baseurl") if isinstance(value := named.get(key), str) and "//" not in value), ""
    )
    base = site_parts(folder or (parts.path if parts is not None else ""))
    forms = (permalink(_STYLES.get(text, text), collection) for collection, text in [*written][:_MOST])
    found = [form for form in forms if form is not None]
    return SiteConfig(
        tuple(found),
        base,
        "" if host in _PLACEHOLDERS else host,
        source,
        _languages(named),
        prefers_readme=False,
    )


def _languages(settings: dict[str, Any]) -> tuple[str, ...]:
    """The languages of a Hugo site, the default one first; none for a site that does not name any."""
    default, others = settings.get("defaultcontentlanguage"), settings.get("languages")
    if default is None and not isinstance(others, dict):
        return ()
    names = (default if isinstance(default, str) else "en", *(others if isinstance(others, dict) else ()))
    return tuple(dict.fromkeys(fold(str(name)) for name in names))[:_MOST]


def _permalinks(settings: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The permalinks in the settings as they are written, each with its collection or section; empty for all posts."""
    waiting: list[tuple[str, Any]] = [("", settings.get("permalink")), ("", settings.get("permalinks"))]
    collections = settings.get("collections")
    if isinstance(collections, list):
        collections = dict.fromkeys(name for name in collections if isinstance(name, str))
    for name, group in collections.items() if isinstance(collections, dict) else ():
        stated = group.get("permalink") if isinstance(group, dict) else None
        waiting.append((str(name), stated or _OF_COLLECTIONS))
    defaults = settings.get("defaults")
    for group in defaults if isinstance(defaults, list) else ():
        if isinstance(group, dict) and isinstance(values := group.get("values"), dict):
            scope = group.get("scope")
            named = scope.get("type") if isinstance(scope, dict) else None
            waiting.append((named if isinstance(named, str) and named != "pages" else "", values.get("permalink")))
    while waiting:
        name, one = waiting.pop(0)
        if isinstance(one, str):
            yield name, one
        elif isinstance(one, dict):
            # Hugo's permalinks are listed by section; in newer versions, the sections are listed by kind of page.
            waiting += [("" if key in _KINDS_OF_PAGES else str(key).strip("/"), value) for key, value in one.items()]
