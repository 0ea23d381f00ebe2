"""An article's metadata, from the beginning of its file."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path, PurePath
from typing import Any

from reader.archive import fields, front_matter
from reader.archive.article import Article, FileWarning
from reader.archive.contents import shelf_place
from reader.archive.dates import parse_date
from reader.archive.decoding import Decoded, decode
from reader.archive.file_names import folder_categories, is_jekyll, parse_name
from reader.archive.header import FrontMatter
from reader.archive.html_head import PageHead, page_head
from reader.archive.inline_metadata import closing_metadata, inline_metadata
from reader.archive.markup import markup_head
from reader.archive.site_templates import is_template
from reader.archive.sniffing import body_format
from reader.archive.titles import Naming, derive_title, normalize_title
from reader.document.body import BodyFormat
from reader.document.sanitizing import clean_line
from reader.language import _, lazy, nlazy
from reader.regex import regex

_COMPLETE = frozenset({"title", "date", "author", "url"})
"""Keys that make a header complete, so that the text need not be searched."""
_NOTE = 16_384
"""Characters searched for a wiki link; a text with such a link is a note."""
_OUTLINE = regex(r"\s*#{1,6} [^\n]*\n(?:\t| {2,8})- ")
"""A heading with bullets indented below it, which is the first block of a page in Logseq."""
_DRAFT = "draft"
"""The tag of drafts: they are articles of an archive, but must be distinguishable from published texts."""
_DRAFTS = "_drafts"
"""The folder of drafts in Jekyll and Hexo."""
_MEDIUM_DRAFT = regex(r"draft_.*-[0-9a-f]{8,12}\.html")
"""The names of drafts in an export of Medium, which end in the id of the post."""
_SHOWN = 80
"""The maximum length in characters of a value that a message quotes."""


def read_article_metadata(path: Path, root: Path, article_id: str, head: bytes, size: int) -> Article | None:
    """Read the metadata of an article; return None if the file declares that it is not an article.

    Args:
        path: The file.
        root: The archive's folder.
        article_id: The id of the article.
        head: The first bytes of the file, to which the search is limited.
        size: The size of the file in bytes.
    """
    is_cut = len(head) < size
    file = decode(head, cut=is_cut)
    text = file.text
    header = front_matter.read(text)
    if header is not None and not header.is_article:
        return None
    body = header.body(text) if header else text
    place = shelf_place(path, root)
    if is_template(place, text, body):
        return None
    written_in = body_format(body, path.name, header.values.get("type") if header else None)
    page = page_head(body) if written_in is BodyFormat.HTML else PageHead()
    values = _values(header, body, written_in)
    warnings = header_warnings(path, header)
    # Errors after the head are counted when the body is read.
    warnings += decoding_warnings(path, file, whole=not is_cut)
    name = parse_name(place, root.name)
    addresses = tuple(fields.addresses(values, page.addresses))
    words = is_jekyll(place) or (name.date is not None and "layout" in values)
    title = _title(path, header, values, warnings) or normalize_title(page.title)
    if not title:
        listed = partial(_navigation_title, path, root)
        title = derive_title(body, written_in, name, naming=_naming(path, body, header), listed=listed)
    return Article(
        id=article_id,
        path=path,
        root=root,
        title=title or _("Untitled"),
        date=_date(path, header, values, warnings, is_named=name.date is not None) or page.date or name.date,
        author=fields.author(values) or fields.name_of(page.author) or name.author,
        categories=fields.categories(values, words=words) or folder_categories(place),
        tags=_tags(values, page, place, words=words),
        url=next(iter(addresses), ""),
        format=written_in,
        size=size,
        warnings=tuple(warnings),
        addresses=addresses[1:],
        names=tuple(fields.names(values)),
        is_untitled=not title,
    )


def _values(header: FrontMatter | None, body: str, written_in: BodyFormat) -> dict[str, Any]:
    """Return the header's values by canonical key, complemented by metadata in the first lines of the text."""
    values = fields.canonical_values(header.values) if header else {}
    if written_in is BodyFormat.HTML or values.keys() >= _COMPLETE:
        return values
    said = {key: value for key, value in values.items() if value}
    return {**closing_metadata(body), **inline_metadata(body), **markup_head(body, written_in), **said}


def _tags(values: dict[str, Any], page: PageHead, place: PurePath, *, words: bool) -> tuple[str, ...]:
    """Return the tags of the header or else of the page; a draft also has the tag `_DRAFT`."""
    found = fields.tags(values, words=words) or tuple(filter(None, map(clean_line, page.tags)))
    is_draft = fields.is_draft(values) or _DRAFTS in place.parts[:-1] or _MEDIUM_DRAFT.fullmatch(place.name) is not None
    return (*found, _DRAFT) if is_draft and _DRAFT not in map(str.lower, found) else found


def _title(path: Path, header: FrontMatter | None, values: Mapping[str, Any], warnings: list[FileWarning]) -> str:
    """Return the title of the header, or empty; a title without content adds a warning to `warnings`."""
    title = normalize_title(fields.as_text(fields.first(values, fields.TITLES)))
    is_placeholder = "{{" in title and "{{}}" not in title
    if title.strip("# ") and not is_placeholder:
        return title
    if header is not None and "title" in header.values and not is_placeholder:
        message = lazy("The title is empty")
        warnings.append(FileWarning(path, message, header.line_of("title")))
    return ""


def _navigation_title(path: Path, root: Path) -> str:
    from reader.archive.navigation import navigation_title  # noqa: PLC0415 - most articles have a title

    # An error in a navigation file must not cost the article: it has another title.
    with suppress(Exception):
        return navigation_title(path, root)
    return ""


def _naming(path: Path, body: str, header: FrontMatter | None) -> Naming:
    """Return what determines the title of a text: for a page of Logseq the file name, whatever its first block is.

    Signs of Logseq are page properties (`key:: value`), bullets indented below a first heading, a journal, a namespace
    (`a___b`), and a folder of pages next to one of journals. Wiki links alone are a sign of any note.
    """
    folder = path.parent
    if (
        (header is not None and "::" in header.header.partition("\n")[0])
        or _OUTLINE.match(body) is not None
        or (folder.name == "journals" and parse_name(PurePath(path.name)).date is not None)
        or (folder.name == "pages" and ("___" in path.stem or _is_graph(folder.parent)))
    ):
        return Naming.FILE
    return Naming.NOTE if "[[" in body[:_NOTE] else Naming.TEXT


@lru_cache(maxsize=256)
def _is_graph(folder: Path) -> bool:
    """Whether a folder contains the journals or the settings of a graph of Logseq."""
    return (folder / "journals").is_dir() or (folder / "logseq").is_dir()


def header_warnings(path: Path, header: FrontMatter | None) -> list[FileWarning]:
    """Return the warnings about a header."""
    return [FileWarning(path, problem.message, problem.line) for problem in header.problems] if header else []


def decoding_warnings(path: Path, file: Decoded, *, whole: bool = True) -> Iterator[FileWarning]:
    """Yield the warnings about decoding: guessed encoding, and counts of replaced and removed bytes if `whole`."""
    if file.is_guessed:
        message = lazy("The file does not declare its encoding; it was read as {encoding}", encoding=file.encoding)
        yield FileWarning(path, message)
    if whole and file.replaced:
        message = nlazy(
            "{count:,} byte is not valid {encoding} and is shown as “�”",
            "{count:,} bytes are not valid {encoding} and are shown as “�”",
            file.replaced,
            encoding=file.encoding,
        )
        line = file.text.count("\n", 0, file.text.index("\ufffd")) + 1
        yield FileWarning(path, message, line)
    if whole and file.nuls:
        message = nlazy("{count:,} NUL byte was removed", "{count:,} NUL bytes were removed", file.nuls)
        yield FileWarning(path, message)


def _date(
    path: Path,
    header: FrontMatter | None,
    values: Mapping[str, Any],
    warnings: list[FileWarning],
    *,
    is_named: bool,
) -> datetime | None:
    """Return the first valid date of a header; invalid dates before it add warnings to `warnings`.

    If the file is named after a date (`is_named`), the article was written on that date. The header's date of the last
    change does not count then.
    """
    for key, written, must_be in fields.dates(values):
        if is_named and key == fields.UPDATED:
            continue
        date = parse_date(written)
        if date is not None:
            return date
        if must_be and header is not None:
            shown = written if len(written) <= _SHOWN else written[:_SHOWN] + "…"
            warnings.append(
                FileWarning(path, lazy("Cannot understand the date “{date}”", date=shown), header.line_of(key))
            )
    return None
