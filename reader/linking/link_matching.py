"""How well an article fits a link: the rules of site generators and note-taking programs.

Each function returns a rank, smaller for a better fit, or None if the link cannot mean the article. Ranks below `SURE`
state the article's own path or name; the others are derived from its date, folders and title, and only count if no
other article fits as well.
"""

from collections.abc import Sequence

from reader.index.link_names import INDEX_STEMS, fold, without_suffix
from reader.linking.link_candidates import Candidate, Parts
from reader.parse.html_vocabulary import names
from reader.regex import regex

SURE = 10

_ROOTS = names("source src content contents docs doc pages posts post blog articles static site")
"""Folders of a site's source that addresses need not contain. The same holds for folders that begin with `_`."""
HOME_FOLDERS = names("content source src docs pages site")
"""Folders whose index file is the home page of the site."""
_PLACES = names(
    "post posts blog article articles archive archives p note notes entry entries news page pages docs doc wiki"
)
"""Parts of an address that need not be a folder of the source."""
_LANGUAGE = regex(r"(?:en|zh|ja|ko|de|fr|es|ru|pt|it)(?:[-_][a-z]{2,4})?")
_ORG = ".org"
_NO_LETTERS = regex(r"[\W_]+")


def path_rank(candidate: Candidate, place: Parts) -> int | None:  # noqa: PLR0911 - one rule each
    """The rank for a path relative to the archive's root, as it is written."""
    if not place:
        return 3 if len(candidate.parts) == 1 and candidate.folded[-1] in INDEX_STEMS else None
    if candidate.parts == place:
        return 0
    folded = tuple(map(fold, place))
    if folded[-1].endswith(_ORG) and not candidate.path.endswith(_ORG):
        # This is more likely a host without its scheme than an article in another format.
        return None
    if tuple(map(fold, candidate.parts)) == folded:
        return 1
    bare = (*folded[:-1], without_suffix(folded[-1]))
    if candidate.folded == bare:
        return 2
    if candidate.is_index:
        folder = candidate.folded[:-1]
        if folder in (folded, bare):
            return 3
        if bare[-1] in INDEX_STEMS and bare[:-1] == folder:
            return 3
    elif bare[-1] in INDEX_STEMS and bare[:-1] == candidate.folded:
        return 4
    return 5 if bare[:-1] == candidate.folded[:-1] and bare[-1] in candidate.stems[:2] else None


def site_rank(  # noqa: PLR0911 - one rule each
    candidate: Candidate, place: Parts, root: str, *, by_path: bool = False
) -> int | None:
    """The rank for a path on the site, as from `site_parts`; `root` is the name of the archive's folder.

    With `by_path`, the path has to contain all folders of the article, unless the article states the path itself.
    """
    if by_path and not _states_folders(candidate, place):
        return None
    own = candidate.folded[:-1] if candidate.is_index else candidate.folded
    if own == place:
        return 0
    if not place:
        return _home_rank(candidate)
    rank = _below_root_rank(own, place)
    if rank is None and own and place[-1] in candidate.own_names:
        # Hugo puts a slug in the place of the file's name.
        slug = (*own[:-1], place[-1])
        rank = 2 if slug == place or _below_root_rank(slug, place) is not None else None
    if rank is None and place in candidate.permalinks:
        # An alias is a former address of a page, so a page that has this path now ranks first.
        rank = 2
    if rank is not None:
        return rank
    if not names_article(candidate, place[-1]):
        return None
    # The archive may be a folder of the site.
    if len(place) > len(own) and place[-len(own) :] == own and place[-len(own) - 1] == fold(root):
        return 3
    return _derived_rank(candidate, place, root)


def _home_rank(candidate: Candidate) -> int | None:
    """The rank for the home page of a site; a README only describes the folder."""
    stem = candidate.folded[-1].partition(".")[0]
    folders = [folder for folder in candidate.folded[:-1] if folder not in HOME_FOLDERS]
    if stem not in INDEX_STEMS or len(folders) > 1 or not all(map(_LANGUAGE.fullmatch, folders)):
        return None
    if stem == "readme":
        return 8
    return 2 if stem == "_index" else 2 + len(candidate.parts)


def index_order(candidate: Candidate, *, prefers_readme: bool) -> int:
    """The rank of an index file among the index files of its folder; 0 for any other file.

    `_index` (Hugo, Zola) represents a folder before any other. MkDocs and Jekyll ignore a README beside `index`; GitHub
    shows it, and VuePress names it first.
    """
    if not candidate.is_index:
        return 0
    order = ("_index", "readme", "index") if prefers_readme else ("_index", "index", "readme")
    return order.index(candidate.folded[-1].partition(".")[0])


def is_in_language(candidate: Candidate, languages: Sequence[str]) -> bool:
    """Whether an article is in a folder of one of `languages`, or of no language; true if there are no `languages`."""
    for folder in candidate.folded[:-1] if languages else ():
        if _LANGUAGE.fullmatch(folder):
            return folder in languages
        if folder not in _ROOTS:
            break
    return True


def _states_folders(candidate: Candidate, place: Parts) -> bool:
    """Whether a path is the permalink of an article, or contains all of its folders.

    The folders of the source and of languages need not be in the path.
    """
    if place in candidate.permalinks:
        return True
    return all(one in place or one in HOME_FOLDERS or _LANGUAGE.fullmatch(one) for one in candidate.folders)


def _below_root_rank(own: Parts, place: Parts) -> int | None:
    """The rank for a path below one of the folders that addresses do not contain."""
    for number, folder in enumerate(own[:-1], 1):
        if folder not in _ROOTS and not folder.startswith("_") and not _LANGUAGE.fullmatch(folder):
            break
        if own[number:] == place:
            return 1
    return None


def names_article(candidate: Candidate, last: str) -> bool:
    """Whether the last part of an address may be the slug of an article."""
    return last in candidate.stems or last in candidate.own_names or slug_of(last) in map(slug_of, candidate.stems)


def _derived_rank(candidate: Candidate, place: Parts, root: str) -> int | None:
    """The rank for an address made of a slug and other properties of an article, as in `/2021/03/04/slug`."""
    if any("/" in name for name in candidate.names) and not any(
        name == place[-1] or name.endswith(f"/{place[-1]}") for name in map(fold, candidate.names)
    ):
        # The article states a permalink that differs from this path.
        penalty = SURE
    else:
        penalty = 0
    numbers = [part for part in place[:-1] if part.isdigit()]
    rank = SURE + penalty
    fit = days_fit(candidate, numbers)
    if fit is None:
        return None
    rank += fit
    if len(place) > 1 and candidate.folded[-len(place) :] == place:
        # The root of the site is a folder of the archive.
        return SURE
    topics = {*candidate.topics, *map(slug_of, candidate.topics), fold(root)}
    folders = [folder for folder in candidate.folders if folder not in _ROOTS and not folder.startswith("_")]
    missing = sum(1 for folder in folders if folder not in place)
    for part in place[:-1]:
        if part.isdigit():
            continue
        if part in folders and missing:
            # The folders in the address are those of another article, whose name happens to be alike.
            return None
        if part in topics or slug_of(part) in topics or part in candidate.folders or slug_of(part) in candidate.folders:
            continue
        if part in _PLACES or _LANGUAGE.fullmatch(part):
            rank += 1
            continue
        return None
    return rank + missing


def days_fit(candidate: Candidate, numbers: Sequence[str]) -> int | None:
    """How badly a date, perhaps without day or month, fits an article: 0 if it agrees, None if it does not."""
    given = [str(int(part)) for part in numbers]
    if not given or any(given == list(days[: len(given)]) for days in candidate.days):
        return 0
    if not candidate.days:
        return 4
    return 2 if any(_a_day_apart(given, days) for days in candidate.days) else None


def _a_day_apart(given: list[str], days: Parts) -> bool:
    """Whether two dates differ by a day, as they may because of a time zone."""
    if len(given) != 3 or len(days) != 3:
        return False
    months = [int(year) * 12 + int(month) for year, month, _day in (given, days)]
    first, second = int(given[2]), int(days[2])
    return (months[0] == months[1] and abs(first - second) == 1) or (
        abs(months[0] - months[1]) == 1 and min(first, second) == 1 and max(first, second) >= 28
    )


def name_rank(candidate: Candidate, name: Parts, folder: Parts, *, is_exact: bool = False) -> int | None:
    """The rank for the name of a note with the folders before it; `folder` is that of the linking article.

    With `is_exact`, derived spellings, slugs and titles do not count.
    """
    rank = _name_rank(candidate, name, folder)
    return None if is_exact and rank is not None and rank >= SURE - 1 else rank


def _name_rank(candidate: Candidate, name: Parts, folder: Parts) -> int | None:  # noqa: C901, PLR0911 - one rule each
    bare = (*name[:-1], without_suffix(name[-1])) if name else ()
    if not bare:
        return None
    own = candidate.folded
    if own == bare or tuple(map(fold, candidate.parts)) == name:
        return 0
    if len(bare) > 1 and candidate.is_index and own[-len(bare) - 1 : -1] == bare:
        # Checked before file names, because there an index file counts only by the name of its folder.
        return 3
    if own[-len(bare) :] == bare or bare[-1] in candidate.stems:
        if own[-len(bare) :] != bare and bare[:-1] and own[-len(bare) : -1] != bare[:-1]:
            return _namespace_rank(candidate, bare)
        if own[-len(bare) :] != bare:
            # A spelling derived from the name: `01 Note` for `Note`.
            return SURE - 1
        return 1 if own[:-1] == folder else 2 + min(len(own), 6)
    if (joined := "/".join(bare)) in candidate.stems or (len(bare) > 1 and joined in candidate.own_names):
        return 2
    if len(bare) > 1:
        return None
    if bare[-1] in candidate.own_names:
        return SURE
    if fold(candidate.title) == name[-1]:
        return SURE + 1
    return SURE + 2 if slug_of(bare[-1]) in map(slug_of, candidate.stems) else None


def title_rank(candidate: Candidate, title: str) -> int | None:
    """The rank for the title of a note; it is not sure, because several notes may have the same title."""
    title = fold(title)
    if fold(candidate.title) == title:
        return SURE
    return SURE + 1 if title in candidate.own_names or slug_of(title) in map(slug_of, candidate.stems) else None


def _namespace_rank(candidate: Candidate, name: Parts) -> int | None:
    """The rank for a name with a namespace, which Logseq writes into the file's name."""
    return 2 if "/".join(name) in candidate.stems or "/".join(name) in candidate.own_names else None


def slug_of(name: str) -> str:
    """A name as site generators write it into an address: its words, joined by hyphens."""
    return _NO_LETTERS.sub("-", name).strip("-")
