"""The addresses of sites whose configuration is a program: VitePress, VuePress and Docusaurus."""

from collections.abc import Sequence
from posixpath import normpath

from reader.archive.site_rewrites import Rewrites, rewrites_of
from reader.archive.site_scripts import Stated, stated
from reader.document.web_addresses import host_of
from reader.lean_dataclasses import dataclass
from reader.linking.candidates import Parts, site_parts

_NAMES = tuple(f"config.{suffix}" for suffix in ("ts", "mts", "js", "mjs", "cts", "cjs"))
SCRIPTS = (
    *(f"{folder}{tool}/{name}" for tool in (".vitepress", ".vuepress") for folder in ("", "docs/") for name in _NAMES),
    "docusaurus.config.js",
    "docusaurus.config.ts",
)
"""The configurations, the most likely one first."""


@dataclass(frozen=True, slots=True)
class ScriptedSite:
    """What a configuration says of the addresses of its site.

    Attributes:
        base: The folder of its host that it lies in, folded.
        host: Its host, folded; empty if unknown.
        pages: The folder of its texts, which addresses do not contain, as parts of a path from the root of the archive.
        rewrites: The texts whose addresses are not their paths.
    """

    base: Parts
    host: str
    pages: Parts
    rewrites: Rewrites


def scripted_site(name: str, script: str) -> ScriptedSite:
    """Return what the configuration at the path `name`, from the root of the archive, says."""
    values = [one for one in stated(script) if not one.is_name]
    if name.startswith("docusaurus"):
        return ScriptedSite(site_parts(_own(values, "baseUrl")), host_of(_own(values, "url")), (), Rewrites({}))
    folder = name.rpartition("/")[0].rpartition("/")[0]
    pages = normpath(f"{folder}/{_own(values, 'srcDir') or '.'}".lstrip("/"))
    sitemap = next((one.text for one in values if one.names[-2:] == ("sitemap", "hostname")), "")
    inside = () if pages == "." or pages.startswith("..") else site_parts(pages)
    return ScriptedSite(site_parts(_own(values, "base")), host_of(sitemap), inside, rewrites_of(values))


def _own(values: Sequence[Stated], key: str) -> str:
    """Return a value of the site itself, which is stated in the outermost object or as a variable."""
    return next((one.text for one in values if one.names[-1] == key and len(one.groups) <= 1), "")
