"""What the configuration of a site says of its addresses: permalinks, the folder below which it lies, and its host.

Hexo and Jekyll have `permalink` in `_config.yml`, Hugo has `permalinks` in `hugo.toml` or its older and other names.
"""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from reader.document.web_addresses import host_of, split_address
from reader.lean_dataclasses import dataclass
from reader.linking.candidates import Parts, site_parts
from reader.linking.permalinks import Permalink, permalink
from reader.yaml_files import parse_yaml, read_text

_LARGEST = 256 * 1024
"""Maximum bytes of a configuration that is read."""
_MOST = 50
"""Maximum number of permalinks of a site."""

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
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
"""Jekyll's names of permalinks."""
_PLACEHOLDERS = frozenset({"example.com", "example.org", "yoursite.com", "localhost"})
"""Hosts in configurations that nobody has edited."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The addresses of a site.

    Attributes:
        permalinks: The permalinks of its articles.
        base: The folder of its host that it lies in, folded.
        host: Its host, folded; empty if unknown.
    """

    permalinks: tuple[Permalink, ...] = ()
    base: Parts = ()
    host: str = ""

    def path_of(self, url: str) -> str:
        """The path on the site of a web address; empty for an address of another site."""
        if not self.host or host_of(url) != self.host:
            return ""
        parts = split_address(url)
        return (parts.path or "/") if parts is not None else ""

    def spellings(self, place: Parts) -> list[Parts]:
        """A path on the site, also without the folder that the site lies in."""
        below = self.base and place[: len(self.base)] == self.base
        return [place, place[len(self.base) :]] if below else [place]


def site_config(root: Path) -> SiteConfig:
    """The addresses of the site at a folder, from the first configuration in it; empty if there is none to be read."""
    for name in _FILES:
        with suppress(Exception):  # A configuration that cannot be used must not make links unusable.
            path = root / name
            if path.is_file():
                text = read_text(path, _LARGEST)
                settings = tomllib.loads(text) if name.endswith(".toml") else parse_yaml(text)
                if isinstance(settings, dict):
                    return _config_of(settings)
    return SiteConfig()


def _config_of(settings: dict[str, Any]) -> SiteConfig:
    named = {str(key).lower(): value for key, value in settings.items()}
    written = dict.fromkeys(one for one in _permalinks(named))
    url = next((value for key in ("url", "baseurl") if isinstance(value := named.get(key), str) and "//" in value), "")
    host = host_of(url)
    parts = split_address(url)
    folder = next(
        (value for key in ("root", "baseurl") if isinstance(value := named.get(key), str) and "//" not in value), ""
    )
    base = site_parts(folder or (parts.path if parts is not None else ""))
    found = [one for text in [*written][:_MOST] if (one := permalink(_STYLES.get(text, text))) is not None]
    return SiteConfig(tuple(found), base, "" if host in _PLACEHOLDERS else host)


def _permalinks(settings: dict[str, Any]) -> Iterator[str]:
    """The permalinks in the settings as they are written, in Jekyll also those of collections and defaults."""
    waiting: list[Any] = [settings.get("permalink"), settings.get("permalinks")]
    for key in ("collections", "defaults"):
        groups = settings.get(key)
        for group in groups.values() if isinstance(groups, dict) else groups if isinstance(groups, list) else ():
            if isinstance(group, dict):
                values = group.get("values")
                waiting += [group.get("permalink"), values.get("permalink") if isinstance(values, dict) else None]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += one.values()
