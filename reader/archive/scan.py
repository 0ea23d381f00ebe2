"""Reading archives: traversal, and the metadata and bodies of articles."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.archive import front_matter
from reader.archive.archive import Archive
from reader.archive.article import Article, FileWarning
from reader.archive.bundles.entry_paths import may_be_bundle
from reader.archive.contents import LONGEST_MIB, is_book, read_contents
from reader.archive.declared_language import declared_language
from reader.archive.decoding import decode, is_binary
from reader.archive.external_symlinks import external_symlink_warnings
from reader.archive.files import reason
from reader.archive.ids import id_of
from reader.archive.metadata import decoding_warnings, header_warnings, read_article_metadata
from reader.archive.sniffing import body_format, is_armoured, is_program
from reader.archive.suffixes import ARMOURED, SCRIPTS
from reader.archive.walk import FoundFile, SkippedFiles, walk
from reader.document.body import Body, BodyFormat
from reader.document.sanitizing import clean_line
from reader.errors import ArchiveError
from reader.hashing import blake2b
from reader.language import N_, _, lazy, translated
from reader.lean_dataclasses import replace
from reader.regex import regex

_HEADING_TAG = regex("<h[1-6][ >]")


def scan(archives: Sequence[Archive]) -> Iterator[Article | FileWarning]:
    """Yield the articles of all archives without duplicates, in a stable order, and a warning for what cannot be read.

    Raises nothing. Warnings about an article are in its `warnings` and are not yielded.
    """
    ids: set[str] = set()
    for archive in archives:
        for found in walk(archive):
            if isinstance(found, FileWarning):
                yield found
                continue
            if isinstance(found, SkippedFiles):
                continue
            for path in _articles_in(found.path):
                if isinstance(path, FileWarning):
                    yield path
                    continue
                # The path is not resolved: the target of a symbolic link may change, and two links are two articles.
                article_id = id_of(path)
                if article_id not in ids:
                    ids.add(article_id)
                    read = read_head(path, archive.root, article_id)[0]
                    if read is not None:
                        yield read


def _articles_in(path: str) -> Iterator[Path | FileWarning]:
    """Yield the paths of the articles in a file, and the warnings about a bundle."""
    if not may_be_bundle(path):
        yield Path(path)
        return
    from reader.archive.bundles.listing import list_bundle  # noqa: PLC0415 - most archives have none

    listing = list_bundle(FoundFile(path, 0, 0, 0))
    yield from listing.warnings
    yield from (Path(entry.path) for entry in listing.entries)


def _of_binary(data: bytes) -> str:
    """Why a file that is not text cannot be read, in English."""
    if data.startswith(b"%PDF-"):
        return N_("A PDF file, which is not read; “pdftotext -layout FILE - | reader” shows its text")
    return N_("Not a text file")


def read_head(path: Path, root: Path, article_id: str) -> tuple[Article | FileWarning | None, int]:
    """Return an article's metadata, or why they cannot be read; and the file's fingerprint, 0 if it has none.

    The first value is None if the file declares that it is not an article. Raises nothing.

    The fingerprint is a signed 64-bit integer computed from the first 64 KiB and the size.
    """
    try:
        contents = read_contents(path, is_head=True)
        if is_binary(contents.data):
            return FileWarning(path, lazy(_of_binary(contents.data))), 0
        name = path.name.lower()
        is_page = not name.endswith(SCRIPTS) or not is_program(contents.data)
        if not is_page or (name.endswith(ARMOURED) and is_armoured(contents.data)):
            return None, 0
        article = read_article_metadata(path, root, article_id, contents.data, contents.size)
        if article is not None and (outside := [*external_symlink_warnings(path, root), *contents.warnings]):
            article = replace(article, warnings=(*outside, *article.warnings))
    except ArchiveError as error:
        return FileWarning(path, error.message), 0
    except Exception as error:  # noqa: BLE001 - one unforeseen file must not stop the scan of the others
        return FileWarning(path, lazy("Cannot be read: {reason}", reason=clean_line(reason(error)))), 0
    if article is None:
        return None, 0
    salt = contents.whole_size.to_bytes(8, "big")
    digest = blake2b(contents.identifying, digest_size=8, salt=salt).digest()
    return article, int.from_bytes(digest, "big", signed=True)


def read_body(article: Article, *, whole_page: bool = False) -> tuple[Body, tuple[FileWarning, ...]]:
    """Read an article's body, with the warnings that `article.warnings` does not contain yet.

    With `whole_page`, all of a web page will be parsed.

    Raises:
        ArchiveError: The file is gone, cannot be read, or holds no text.
    """
    body, warnings = body_at(article.path, article.title)
    if whole_page or article.site_blocks:
        body = replace(body, whole_page=whole_page, site_blocks=article.site_blocks)
    return body, tuple(warning for warning in warnings if warning not in article.warnings)


def body_at(path: Path, title: str) -> tuple[Body, tuple[FileWarning, ...]]:
    """Read the body of an article's file, with all warnings, including those about the header.

    Raises:
        ArchiveError: The file is gone, cannot be read, or holds no text.
    """
    try:
        contents = read_contents(path, is_head=False)
    except ArchiveError as error:
        message = _("Cannot open {path}: {reason}").format(path=path, reason=translated(error.message))
        # If a book is corrupt or protected, the hint does not help.
        hint = "" if is_book(path) and error.__cause__ is None else _("check whether it was moved, and its permissions")
        raise ArchiveError(message, hint) from error
    data = contents.data
    is_cut = contents.size > len(data)
    if is_binary(data):
        raise ArchiveError(_("{path} is not a text file").format(path=path))
    file = decode(data, cut=is_cut)
    text = file.text
    header = front_matter.read(text)
    warnings = [*contents.warnings, *header_warnings(path, header), *decoding_warnings(path, file)]
    if is_cut:
        warnings.append(FileWarning(path, lazy("Only the first {size} MiB were read", size=LONGEST_MIB)))
    body = header.body(text) if header else text
    first_line = header.body_line if header else 1
    written_in = body_format(body, path.name, header.values.get("type") if header else None)
    # In a book without any heading, the first lines of chapters may still look like headings.
    is_outlined = is_book(path) and _HEADING_TAG.search(body) is not None
    language = declared_language(header.values if header else {}, body if written_in is BodyFormat.HTML else "")
    return Body(body, written_in, title, first_line, is_outlined=is_outlined, language=language), tuple(warnings)
