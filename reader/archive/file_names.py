"""Titles, dates and categories derived from the names of files and folders."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import PurePath
from urllib.parse import unquote

from reader.archive.dates import parse_date
from reader.archive.zip_names import repaired_names
from reader.document.sanitizing import clean_line
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_DAY = (
    r"(?P<year>(?:19|20)\d\d)(?P<part>[-_.])(?P<month>\d{1,2})(?P=part)(?P<day>\d{1,2})"
    r"|(?P<year2>(?:19|20)\d\d)年(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日"
    r"|(?P<year3>(?:19|20)\d\d)(?P<month3>[01]\d)(?P<day3>[0-3]\d)"
)
_CLOCK = (
    r"(?:[T _-]?(?P<hour>[0-2]\d)[-_:.：h]?(?P<minute>[0-5]\d)(?:[-_:.：]?(?P<second>[0-5]\d))?"
    r"(?:\.\d+)?(?P<zone>Z)?(?!\d))?"
)
_LEADING = regex(
    rf"[(（【\[]?(?:{_DAY})(?!\d{{1,3}}(?!\d)){_CLOCK}[)）】\]]?(?:[\s_.,，、-]+|(?=[^\w])|(?=[^\x00-\x7f])|$)"
)
_TRAILING = regex(rf"[\s_-]*[(（【\[]?(?<![\d.])(?:{_DAY})(?!\d{{1,3}}(?!\d)){_CLOCK}[)）】\]]?$")
_PLACES = (_LEADING, _TRAILING)
_FOLDER_DAY = regex(r"(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?=/|$)")
_DAY_BELOW_YEAR = regex(
    r"(?:^|/)(?P<year>(?:19|20)\d\d)[-/](?P<month>[01]\d)[-/](?P<day>[0-3]\d)(?![0-9A-Za-z])(?P<rest>[^/]*)$"
)
"""A day whose year, and perhaps month, the folders state, as Docusaurus allows: `2021/03-04-name.md`."""

_PERIOD = regex(r"(?:(?:19|20)\d\d ?[年년][度]?)?(?:[-_ ]?\d{1,2} ?[月월])?(?:[-_ ]?\d{1,2} ?[日일])?")
"""A folder for a year, a month or a day in Chinese, Japanese or Korean."""
_LANGUAGE = regex(r"\.(?:en|zh|ja|ko|de|fr|es|ru|pt|it)(?:[-_](?:[a-z]{2}|hans|hant))?$", re.IGNORECASE)
_SECOND_SUFFIX = regex(r"\.(?:excalidraw|canvas|draft)$", re.IGNORECASE)
"""Second suffixes that programs write before the suffix, as in `name.excalidraw.md`."""
_EXPORT_ID = regex(r"^(.*?)[\s_-]*\b([0-9a-f]{32})$")
_NOVEL = regex(
    r"(?:《(?P<title>[^《》]{1,60})》[^《》作]{0,20}作者[：:_ \u3000-]*"
    r"|(?P<bare>[^《》]{1,60}?)[ \u3000_(（\[【-]{1,4}作者[：:][ \u3000]*)"
    r"(?P<author>[^\s《》(（\[【)）\]】]{1,30})[)）\]】]?"
)
"""The name of a downloaded novel with its author."""
_UUID = regex(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CONFLICT = regex(
    r"[ _.-]*(?:[(（][^()（）]{0,60}?(?:conflict|冲突|衝突|競合|충돌)[^()（）]{0,60}[)）]"
    r"|[._-](?:sync-)?conflict[-_.]?\d{8}[-_]?\d{4,6}(?:-\w{5,9})?)$",
    re.IGNORECASE,
)
"""What Dropbox, Nextcloud and Syncthing add to the name of a conflicting copy."""
_ESCAPED = regex(r"(?:%[0-9A-Fa-f]{2})+")
_DOS = regex("[\u2500-\u259f\u2320\u2321\u2219\u221a\u2248\u2261\u2310\u207f\u20a7]")
"""Characters typical of names in East Asian encodings that were decoded as code page 437."""
_PARTS = regex(r"[\s_.-]+")
_MEANINGLESS = regex(r"\d+|[0-9a-f]*\d[0-9a-f]*|ruby|txt|page|post|item|no", re.IGNORECASE)
_NUMBERED = regex(r"(?:ch|chap|chapter|part|sec|section|vol|volume|book|p|file|doc|text)[\s_.-]*\d{1,5}", re.IGNORECASE)
_INDEX_NAMES = frozenset({"index", "_index", "readme", "default", "home", "skill"})
_PLACEHOLDER_NAMES = frozenset(
    {"untitled", "无标题", "無標題", "新建文本文档", "新しいテキスト ドキュメント", "無題", "未命名"}
)

_AOZORA_PLACE = regex(r"(?:^|(?<=/))cards/\d{6}/files\b")
"""The folders of Aozora Bunko: the cards of an author, whose number has six digits."""

_STRUCTURAL = frozenset(
    {
        "content",
        "contents",
        "source",
        "sources",
        "src",
        "posts",
        "post",
        "articles",
        "docs",
        "doc",
        "pages",
        "journals",
        "files",
    }
)


@dataclass(frozen=True, slots=True)
class Name:
    """The metadata in a file name.

    Attributes:
        title: The name without date, id and suffix; empty if nothing is left.
        date: The date, naive unless it states UTC; or None.
        is_index: Whether the file represents its folder: `index`, `README`.
        is_meaningful: Whether the title consists of words rather than a hash or number.
        author: The author, if the name states one: 《题》作者：某.
        topic: The topic that the name states: the title if it is meaningful; for an index, the name of its folder
            unless that is the archive, whose name may say anything. Else empty.
        is_numbered: Whether the title is a generic word and a number: `ch_016`, `Chapter 3`.
        folder: The name of the folder if it consists of words; else empty.
    """

    title: str
    date: datetime | None = None
    is_index: bool = False
    is_meaningful: bool = True
    folder: str = ""
    is_numbered: bool = False
    author: str = ""
    topic: str = ""


def parse_name(path: PurePath, root: str = "") -> Name:
    """Parse a file's name, and a date in the names of its folders.

    `path` is relative to the archive, and `root` is the name of the archive's folder.
    """
    stem = path.stem if not path.name.startswith(".") or path.name.count(".") > 1 else ""
    # Logseq writes a slash as three underscores, and one underscore as %5F.
    stem = _percent_decode(stem.replace("___", "/"))
    is_index = stem.lower().partition(".")[0] in _INDEX_NAMES
    stem = _SECOND_SUFFIX.sub("", _LANGUAGE.sub("", stem))
    # Remove the date of a conflict, which is not that of the article.
    conflict = _CONFLICT.search(stem)
    stem, copied = (stem[: conflict.start()], conflict[0]) if conflict and conflict.start() else (stem, "")
    folder_day = _FOLDER_DAY.search("/".join(path.parts[:-1]))
    # In a folder for a day, a date at the end of a name belongs to the title: the day of an event, for example.
    date, rest = _split_date(stem, (_LEADING,) if folder_day else _PLACES)
    exported = _EXPORT_ID.match(rest)
    title = clean_line((exported[1] if exported else rest) + copied)
    if not title and date is not None and not stem.isdigit():
        title = f"{date:%Y-%m-%d}"
    elif not title:
        title = clean_line(stem)
    if date is not None and "_posts" in path.parts:
        title = _title_from_slug(title)
    if date is None and folder_day:
        date = parse_date("-".join(folder_day.group("year", "month", "day")))
    if date is None and is_index and len(path.parts) > 1:
        date = _split_date(_percent_decode(path.parts[-2]))[0]
    if date is None:
        date, rest = _day_below_year([*path.parts[:-1], *([] if is_index else [stem])])
        if date is not None and not is_index:
            title = clean_line(rest) or f"{date:%Y-%m-%d}"
    folder = folder_name(path.parts[-2] if len(path.parts) > 1 else root)
    if not _is_meaningful(folder) or folder.startswith("_"):
        folder = ""  # `_pages/home.md` is not about pages.
    numbered = _NUMBERED.fullmatch(title) is not None
    novel = _NOVEL.fullmatch(title) if "作者" in title else None
    if novel is not None:
        title, author = novel["title"] or novel["bare"], novel["author"]
    else:
        author = ""
    is_meaningful = _is_meaningful(title)
    topic = title if is_meaningful else folder if is_index and len(path.parts) > 1 else ""
    return Name(title, date, is_index, is_meaningful, folder, numbered, author, topic)


def _day_below_year(names: Sequence[str]) -> tuple[datetime | None, str]:
    """Return the day that nested names (folders, perhaps a file's stem) state together, and the rest of the last."""
    found = _DAY_BELOW_YEAR.search("/".join(names[-3:]))
    if found is None:
        return None, ""
    return parse_date("-".join(found.group("year", "month", "day"))), found["rest"].strip(" _-.,，、　")


@lru_cache(maxsize=4_096)
def folder_name(name: str) -> str:
    """Return a folder's name without the id that exports append, and without a date next to other words."""
    name = _percent_decode(name)
    exported = _EXPORT_ID.match(name)
    name = exported[1] if exported else name
    return clean_line(_split_date(name)[1] or name)


def folder_categories(path: PurePath) -> tuple[str, ...]:
    """Return the folders between the archive and a file that name a topic, outermost first."""
    folders = list(path.parts[:-1])
    if folders and path.stem.lower().partition(".")[0] in _INDEX_NAMES:
        # The folder of an `index.md` belongs to the article.
        folders.pop()
    place = "/".join(folders)
    if "cards/" in place:
        folders = _AOZORA_PLACE.sub("files", place).split("/")
    return tuple(name for folder in folders if not is_structural(folder) and (name := folder_name(folder)))


@lru_cache(maxsize=4_096)
def is_structural(folder: str) -> bool:
    """Whether a folder is part of a program's layout rather than a topic."""
    lowered = folder.strip().lower()
    day, rest = _split_date(lowered)
    is_day = day is not None and not rest
    if lowered in _STRUCTURAL or lowered.startswith("_") or is_day or _PERIOD.fullmatch(lowered):
        return True
    return not _is_meaningful(folder_name(folder))


def is_jekyll(path: PurePath) -> bool:
    """Whether a file is where Jekyll, but not Hexo, keeps its posts."""
    folders = path.parts[:-1]
    return any(folder in {"_posts", "_drafts"} for folder in folders) and "source" not in folders


def _is_meaningful(title: str) -> bool:
    lowered = title.lower()
    if not lowered or lowered in _INDEX_NAMES or lowered in _PLACEHOLDER_NAMES or _UUID.fullmatch(lowered):
        return False
    if re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", lowered):
        return True
    parts = [part for part in _PARTS.split(lowered) if part]
    return not all(
        _MEANINGLESS.fullmatch(part) and (len(part) >= 8 or part.isdigit() or part in _FILLERS) for part in parts
    )


_FILLERS = frozenset({"ruby", "txt", "page", "post", "item", "no"})


def _split_date(stem: str, places: tuple[re.Pattern[str], ...] = _PLACES) -> tuple[datetime | None, str]:
    """Split a name into its date, at one of `places`, and the rest."""
    if "19" not in stem and "20" not in stem:
        return None, stem
    for pattern in places:
        match = pattern.match(stem) if pattern is _LEADING else pattern.search(stem)
        if match is not None and (date := _date_of(match)) is not None:
            return date, (stem[: match.start()] + stem[match.end() :]).strip(" _-.,，、　")
    return None, stem


def _date_of(match: re.Match[str]) -> datetime | None:
    part = match.groupdict()
    day = next(
        "-".join(part[name + number] or "" for name in ("year", "month", "day"))
        for number in ("", "2", "3")
        if part["year" + number]
    )
    clock = f" {part['hour']}:{part['minute']}:{part['second'] or '00'}" if part["hour"] else ""
    zone = "Z" if clock and part["zone"] else ""
    return parse_date(f"{day}{clock}{zone}") or parse_date(day)


def _percent_decode(name: str) -> str:
    """Decode the percent-encoding (`%3A`) that exports leave in names, unless the result is not printable."""
    if _DOS.search(name):
        (name,) = repaired_names([name])
    return _ESCAPED.sub(lambda found: _decode_escape(found[0]), name) if "%" in name else name


def _decode_escape(escaped: str) -> str:
    text = unquote(escaped, errors="replace")
    return escaped if "\ufffd" in text or not text.isprintable() else text


def _title_from_slug(slug: str) -> str:
    """Make a title from a slug as Jekyll does."""
    if " " in slug or not slug.isascii():
        return slug
    return " ".join(word[:1].upper() + word[1:] for word in slug.split("-") if word)
