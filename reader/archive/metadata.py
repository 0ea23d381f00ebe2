"""An article's metadata, from the beginning of its file."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from reader.archive import fields, front_matter
from reader.archive.article import Article, Fault
from reader.archive.dates import parse_date
from reader.archive.decoding import Decoded, decode
from reader.archive.front_matter import FrontMatter
from reader.archive.page import PageHead, page_head
from reader.archive.sniffing import body_format
from reader.archive.titles import made_title, tidy
from reader.document.body import BodyFormat
from reader.document.cleaning import clean_line
from reader.language import _, ngettext

_SHOWN = 80
"""Characters of a value that a message repeats."""


def describe(path: Path, root: Path, article_id: str, head: bytes, size: int) -> Article:
    """The article in a file.

    Args:
        path: The file.
        root: The archive's folder.
        article_id: What the article is known by.
        head: The file's first bytes; what they do not hold is not seen.
        size: The file's, in bytes.
    """
    is_cut = len(head) < size
    file = decode(head, cut=is_cut)
    text = file.text
    header = front_matter.read(text)
    values = header.values if header else {}
    body = text[header.body_start :] if header else text
    written_in = body_format(body, path.name)
    page = page_head(body) if written_in is BodyFormat.HTML else PageHead()
    faults = header_faults(path, header)
    # What lies behind the head is counted when the body is read.
    faults += decoding_faults(path, file, whole=not is_cut)
    date = _date(path, header, faults) or page.date
    title = tidy(fields.as_text(fields.first(values, fields.TITLES)))
    if not title.strip("# "):
        if header is not None and "title" in values:
            message = _("The title is blank; it is made of the body or of the file's name")
            faults.append(Fault(path, message, header.line_of("title")))
        title = tidy(page.title) or made_title(body, written_in, path.name)
    return Article(
        id=article_id,
        path=path,
        root=root,
        title=title,
        date=date,
        author=fields.author(values) or fields.name_of(page.author),
        categories=fields.categories(values) or _folders(path, root),
        tags=fields.tags(values),
        url=fields.url(values) or fields.address(page.url),
        format=written_in,
        size=size,
        faults=tuple(faults),
    )


def header_faults(path: Path, header: FrontMatter | None) -> list[Fault]:
    """What could not be read in a header as it was meant."""
    return [Fault(path, clean_line(problem.message), problem.line) for problem in header.problems] if header else []


def decoding_faults(path: Path, file: Decoded, *, whole: bool = True) -> Iterator[Fault]:
    """What was guessed, replaced and left out where bytes became text; the counts only of a `whole` file."""
    if file.is_guessed:
        message = _("The file does not say how it is encoded; it was read as {encoding}")
        yield Fault(path, message.format(encoding=file.encoding))
    if whole and file.replaced:
        message = ngettext(
            "{count:,} byte is no character in {encoding} and is shown as “�”",
            "{count:,} bytes are no characters in {encoding} and are shown as “�”",
            file.replaced,
        )
        line = file.text.count("\n", 0, file.text.index("\ufffd")) + 1
        yield Fault(path, message.format(encoding=file.encoding, count=file.replaced), line)
    if whole and file.nuls:
        message = ngettext("{count:,} zero byte was left out", "{count:,} zero bytes were left out", file.nuls)
        yield Fault(path, message.format(count=file.nuls))


def _date(path: Path, header: FrontMatter | None, faults: list[Fault]) -> datetime | None:
    """The first date in a header that can be read; those before it are faults."""
    if header is None:
        return None
    for key in fields.DATES:
        written = clean_line(fields.as_text(header.values.get(key)))
        if not written:
            continue
        date = parse_date(written)
        if date is not None:
            return date
        shown = written if len(written) <= _SHOWN else written[:_SHOWN] + "…"
        faults.append(Fault(path, _("The date “{date}” cannot be read").format(date=shown), header.line_of(key)))
    return None


def _folders(path: Path, root: Path) -> tuple[str, ...]:
    """The folders between the archive and the file, as categories."""
    return tuple(name for part in path.relative_to(root).parts[:-1] if (name := fields.name_of(part)))
