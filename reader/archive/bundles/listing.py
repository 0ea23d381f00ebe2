"""The entries of a bundle as found files, for the scan and the index."""

import os
from pathlib import Path
from typing import NamedTuple

from reader.archive.article import FileWarning
from reader.archive.bundles.bundle import open_bundle
from reader.archive.bundles.bundle_formats import Bundle
from reader.archive.bundles.entry_paths import ENTRY, may_be_blog_export
from reader.archive.files import reason
from reader.archive.walk import FoundFile
from reader.document.sanitizing import clean_line
from reader.errors import ArchiveError
from reader.language import lazy


class BundleListing(NamedTuple):
    """The contents of a file that may be a bundle.

    Attributes:
        found: The file.
        is_bundle: Whether it holds articles.
        entries: The articles, as files below the bundle; the file itself if it is an article.
        warnings: Warnings about the bundle, or about entries that cannot be read.
        skipped: The number of files in it that are not articles, by kind.
    """

    found: FoundFile
    is_bundle: bool
    entries: tuple[FoundFile, ...] = ()
    warnings: tuple[FileWarning, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()


def list_bundle(found: FoundFile) -> BundleListing:
    """Return the contents of a file that may be a bundle. Raises nothing."""
    path = Path(found.path)
    try:
        bundle = open_bundle(path)
    except ArchiveError as error:
        return BundleListing(found, is_bundle=False, warnings=(FileWarning(path, error.message),))
    except Exception as error:  # noqa: BLE001 - one unforeseen file must not stop the scan of the others
        message = lazy("Cannot be read: {reason}", reason=clean_line(reason(error)))
        return BundleListing(found, is_bundle=False, warnings=(FileWarning(path, message),))
    if bundle is None:
        # A text file with the name of an export may be an article itself.
        return BundleListing(found, is_bundle=False, entries=(found,) if may_be_blog_export(found.path) else ())
    return _listing(found, bundle)


def _listing(found: FoundFile, bundle: Bundle) -> BundleListing:
    entries = tuple(
        FoundFile(_below(found.path, entry.name), entry.end - entry.start, found.mtime, ENTRY)
        for entry in bundle.entries.values()
    )
    warnings = tuple(
        FileWarning(Path(_below(found.path, name) if name else found.path), message)
        for name, message in bundle.problems.items()
    )
    return BundleListing(found, True, entries, warnings, tuple(bundle.skipped.items()))  # noqa: FBT003 - a tuple


def _below(path: str, name: str) -> str:
    return f"{path}{os.sep}{name.replace('/', os.sep)}"
