"""Which of the articles that declare a web address is the one to open."""

from collections import Counter
from collections.abc import Iterable

from reader.index.link_names import fold
from reader.linking.link_candidates import Candidate, Parts

_MOST_TITLES = 3
"""The maximum number of titles of the copies of one page, which may change its title."""
_DUMPS = (".txt", ".text", ".log")
"""Suffixes of files with the source of a page, which crawlers write beside the saved page."""


def best_copy(declaring: Iterable[Candidate], folded: str) -> Candidate | None:
    """The article to open for a folded web address; None if the address is that of a site or list.

    Of several copies, these criteria decide in turn: it is no dump of a page's source; it is not hidden; neither it nor
    a copy in its folder was saved from another address (programs save a page in several formats); its folder has the
    most copies; it is the newest.

    Error pages and single-page applications declare the home page of their site as canonical. Importers state the
    address of a feed as the source of each entry. The result is therefore None for an address that articles with many
    different titles declare. It is also None for a home page if at least half of the articles that declare it are known
    to be other pages.
    """
    copies = list(declaring)
    if "/" not in folded:
        own = [one for one in copies if not _is_another_page(one, folded)]
        copies = own if len(own) * 2 > len(copies) else [one for one in own if _below_host(one, folded) == ()]
    if not copies or len({fold(one.title) for one in copies}) > _MOST_TITLES:
        return None
    saved = Counter(one.parts[:-1] for one in copies)
    redirected = {one.parts[:-1] for one in copies if len(one.web) > 1}

    def rank(one: Candidate) -> tuple[bool, bool, bool, bool, int, int]:
        folder = one.parts[:-1]
        return _is_dump(one), one.is_hidden, folder in redirected, len(one.web) > 1, -saved[folder], -one.key

    return min(copies, key=rank)


def _is_dump(candidate: Candidate) -> bool:
    return candidate.parts[-1].lower().endswith(_DUMPS)


def _is_another_page(candidate: Candidate, home: str) -> bool:
    """Whether an article that declares a home page is saved from another address, or mirrored at another path."""
    return any(address.startswith(f"{home}/") for address in candidate.web) or bool(_below_host(candidate, home))


def _below_host(candidate: Candidate, host: str) -> Parts | None:
    """The path of a mirrored file below the folder of its host, `()` for the home page; None outside such a folder."""
    folded = candidate.folded
    for number, folder in enumerate(folded[:-1], 1):
        if folder.removeprefix("www.") == host:
            return () if folded[number:] == ("index",) else folded[number:]
    return None
