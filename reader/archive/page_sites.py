"""The site of a saved page: blocks that most pages of a site have in common are boilerplate, not article."""

from urllib.parse import urlsplit

from reader.archive.suffixes import WEB_ARCHIVES
from reader.archive.walk import is_page_name


def site_of(inner_path: str, url: str) -> str:
    """Return a key for the site of an article: its host, if its URL is known, and its folder.

    The folder is part of the key because any page can claim any host: pages in one folder must not decide what is left
    out of pages in another. Empty unless the file name is that of a web page. `inner_path` is relative to the archive.
    """
    name = inner_path.lower()
    if not (is_page_name(name) or name.endswith(WEB_ARCHIVES)):
        return ""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return f"{host or ''}/{inner_path.replace(chr(92), '/').rpartition('/')[0]}"
