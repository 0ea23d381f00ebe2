"""Paths on a site: which of its addresses a link means, and the paths by which its article may be found."""

from reader.linking.link_candidates import Parts, site_parts
from reader.linking.link_matching import HOME_FOLDERS
from reader.linking.link_source import is_of_site, normal
from reader.linking.link_targets import Target, TargetKind
from reader.linking.site_config import SiteConfig


def path_on_site(site: SiteConfig, target: Target) -> str:
    """The path on the site that a target means; empty for any other target."""
    if target.kind is TargetKind.WEB:
        return site.path_of(target.place)
    return target.place.lstrip("@") if target.kind is TargetKind.PATH and is_of_site(target) else ""


def permalink_places(site: SiteConfig, path: str) -> list[Parts | None]:
    """The paths by which the article at a path on the site may be found: spellings, home folders and slugs."""
    spellings = site.spellings(site_parts(path))
    slugs = (form.slug(parts) for form in site.permalinks for parts in spellings)
    if () in spellings:
        spellings += [(folder,) for folder in (*HOME_FOLDERS, *site.languages)]
    return [normal((), path), *spellings, *((slug.rpartition("/")[2],) for slug in slugs if slug)]
