"""What files and folders are called: titles, dates and categories that stand in no header."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import PurePath
from urllib.parse import unquote

from reader.archive.dates import parse_date
from reader.archive.encodings import decoded
from reader.archive.likelihood import LEGACY, likelihood
from reader.document.cleaning import clean_line

_DAY = (
    r"(?P<year>(?:19|20)\d\d)(?P<part>[-_.])(?P<month>\d{1,2})(?P=part)(?P<day>\d{1,2})"
    r"|(?P<year2>(?:19|20)\d\d)年(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日"
    r"|(?P<year3>(?:19|20)\d\d)(?P<month3>[01]\d)(?P<day3>[0-3]\d)"
)
_CLOCK = (
    r"(?:[T _-]?(?P<hour>[0-2]\d)[-_:.：h]?(?P<minute>[0-5]\d)(?:[-_:.：]?(?P<second>[0-5]\d))?"
    r"(?:\.\d+)?(?P<zone>Z)?(?!\d))?"
)
_LEADING = re.compile(rf"(?:{_DAY})(?!\d{{1,3}}(?!\d)){_CLOCK}(?:[\s_.,，、-]+|(?=[^\w])|(?=[^\x00-\x7f])|$)")
_TRAILING = re.compile(rf"[\s_-]*[(（【\[]?(?<![\d.])(?:{_DAY})(?!\d{{1,3}}(?!\d)){_CLOCK}[)）】\]]?$")
_FOLDER_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?=/|$)")

_LANGUAGE = re.compile(r"\.(?:en|zh|ja|ko|de|fr|es|ru|pt|it)(?:[-_](?:[a-z]{2}|hans|hant))?$", re.IGNORECASE)
_EXPORT_ID = re.compile(r"^(.*?)[\s_-]*\b([0-9a-f]{32})$")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_DOS = re.compile("[\u2500-\u259f\u2320\u2321\u2219\u221a\u2248\u2261\u2310\u207f\u20a7]")
"""What names in East Asian encodings are full of where they were taken for code page 437."""
_PARTS = re.compile(r"[\s_.-]+")
_MUTE = re.compile(r"\d+|[0-9a-f]*\d[0-9a-f]*|ruby|txt|page|post|item|no", re.IGNORECASE)
_INDEXES = frozenset({"index", "_index", "readme", "default", "home", "skill"})
_NO_NAMES = frozenset({"untitled", "无标题", "無標題", "新建文本文档", "新しいテキスト ドキュメント", "無題", "未命名"})

_STRUCTURAL = frozenset(
    {"content", "contents", "source", "sources", "src", "posts", "post", "docs", "doc", "pages", "journals", "files"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """What the name of a file says.

    Attributes:
        title: Without date, id and suffix; empty where nothing is left.
        date: The day in it, without a time zone unless it names UTC; or None.
        is_index: Whether the article is the folder's: `index`, `README`.
        is_telling: Whether the title is words, and no hash or number.
        folder: What the folder is called, where it has a telling name; else empty.
    """

    title: str
    date: datetime | None = None
    is_index: bool = False
    is_telling: bool = True
    folder: str = ""


def read_name(path: PurePath, root: str = "") -> Name:
    """What a file's name says, and its folders' as far as they tell a date.

    `path` is that below the archive, and `root` what the archive's own folder is called.
    """
    stem = path.stem if not path.name.startswith(".") or path.name.count(".") > 1 else ""
    stem = _unescaped(stem)
    is_index = stem.lower().partition(".")[0] in _INDEXES
    stem = _LANGUAGE.sub("", stem)
    date, rest = _dated(stem)
    exported = _EXPORT_ID.match(rest)
    title = clean_line(exported[1] if exported else rest).replace("___", "/")
    if not title and date is not None and not stem.isdigit():
        title = f"{date:%Y-%m-%d}"
    elif not title:
        title = clean_line(stem)
    if date is not None and "_posts" in path.parts:
        title = _titleized(title)
    if date is None and (found := _FOLDER_DAY.search("/".join(path.parts[:-1]))):
        date = parse_date("-".join(found.group("year", "month", "day")))
    if date is None and is_index and len(path.parts) > 1:
        date = _dated(_unescaped(path.parts[-2]))[0]
    folder = read_folder(path.parts[-2] if len(path.parts) > 1 else root)
    return Name(title, date, is_index, _is_telling(title), folder if _is_telling(folder) else "")


@lru_cache(maxsize=4_096)
def read_folder(name: str) -> str:
    """What a folder is called, without the id that exports put behind it; a date before other words goes, too."""
    name = _unescaped(name)
    exported = _EXPORT_ID.match(name)
    name = exported[1] if exported else name
    return clean_line(_dated(name)[1] or name)


def folder_categories(path: PurePath) -> tuple[str, ...]:
    """The folders between the archive and a file that say what it is about, from the outermost inwards."""
    folders = list(path.parts[:-1])
    if folders and path.stem.lower().partition(".")[0] in _INDEXES:
        # The folder of an `index.md` is the article's own.
        folders.pop()
    return tuple(name for folder in folders if not is_structural(folder) and (name := read_folder(folder)))


@lru_cache(maxsize=4_096)
def is_structural(folder: str) -> bool:
    """Whether a folder says where a program keeps files rather than what they are about."""
    lowered = folder.strip().lower()
    day, rest = _dated(lowered)
    is_day = day is not None and not rest
    return lowered in _STRUCTURAL or lowered.startswith("_") or is_day or not _is_telling(read_folder(folder))


def is_jekyll(path: PurePath) -> bool:
    """Whether a file lies where Jekyll keeps its posts, and Hexo does not."""
    folders = path.parts[:-1]
    return any(folder in {"_posts", "_drafts"} for folder in folders) and "source" not in folders


def _is_telling(title: str) -> bool:
    lowered = title.lower()
    if not lowered or lowered in _INDEXES or lowered in _NO_NAMES or _UUID.fullmatch(lowered):
        return False
    if re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", lowered):
        return True
    parts = [part for part in _PARTS.split(lowered) if part]
    return not all(_MUTE.fullmatch(part) and (len(part) >= 8 or part.isdigit() or part in _FILLERS) for part in parts)


_FILLERS = frozenset({"ruby", "txt", "page", "post", "item", "no"})


def _dated(stem: str) -> tuple[datetime | None, str]:
    """The day in a name, and what else it says."""
    for pattern in (_LEADING, _TRAILING):
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


def _unescaped(name: str) -> str:
    """A name without the escapes of addresses that exports leave in it (`%3A`), where they stand for text."""
    if _DOS.search(name):
        name = _unpacked(name)
    return _ESCAPED.sub(lambda found: _text_of(found[0]), name) if "%" in name else name


def _unpacked(name: str) -> str:
    """A name as it was before a program unpacked it from a `.zip` as code page 437, which it was not written in."""
    try:
        data = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    likely = {encoding: likelihood(decoded(data, encoding), encoding) for encoding in LEGACY}
    best = max(likely, key=likely.__getitem__)
    return decoded(data, best) if likely[best] > 0 else name


def _text_of(escaped: str) -> str:
    text = unquote(escaped, errors="replace")
    return escaped if "\ufffd" in text or not text.isprintable() else text


def _titleized(slug: str) -> str:
    """A slug as Jekyll makes a title of it."""
    if " " in slug or not slug.isascii():
        return slug
    return " ".join(word[:1].upper() + word[1:] for word in slug.split("-") if word)
