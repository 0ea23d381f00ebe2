"""Copies of the pictures of exported articles, in a folder beside their files."""

from collections.abc import Callable, Iterator
from pathlib import Path

from reader.archive.article import Article
from reader.document.document import Document
from reader.errors import ArchiveError
from reader.export.embedded_pictures import picture_sources
from reader.export.export_folder import ExportFolder
from reader.export.link_places import encoded_name
from reader.export.picture_warnings import first_names, warn_of_outside
from reader.language import _, ngettext
from reader.linking.picture_files import PICTURE_SUFFIXES, PictureFile, picture_file, read_picture

FOLDER = "assets"
"""The name of the folder of pictures."""

_LARGEST_MIB = 64
"""The maximum size of a copied picture in MiB."""

_SUFFIXES = PICTURE_SUFFIXES | {".svg", ".tif", ".tiff", ".ico"}
"""The suffixes of files that are copied; no other file is, even if an article claims that it is a picture."""


def warn_of_uncopied(article: Article, document: Document, folder: Path, warn: Callable[[str], None]) -> None:
    """Warn of pictures whose relative addresses break in `folder`."""
    if folder.absolute() == article.path.parent.absolute():
        return
    names = [source for source, picture in _local_pictures(article, document) if _exists(picture)]
    if names:
        message = ngettext(
            "{count:,} picture is not copied ({names}); “--pictures” copies it",
            "{count:,} pictures are not copied ({names}); “--pictures” copies them",
            len(names),
        )
        warn(message.format(count=len(names), names=first_names(names)))


class CopiedPictures:
    """Copies pictures into the folder `assets`; equal pictures become one file, under its own name if that is free."""

    def __init__(self, folder: Path, record: Path) -> None:
        """Copy into the folder of pictures in `folder`; `record` remembers what was written there.

        Call `finish` after the last article: the record is not saved for each picture.
        """
        self._beside = folder
        self._folder = ExportFolder(folder / FOLDER, record, together=True)

    def copy(
        self,
        article: Article,
        document: Document,
        warn: Callable[[str], None],
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> dict[str, str]:
        """Copy the pictures of an article; return the addresses of the copies by the sources as written.

        Call `warn` with a message about pictures that cannot be read, are too large, or lie outside the archive. Stop
        copying once `is_stopped` returns true.

        Raises:
            ExportError: The folder cannot be written.
        """
        found: dict[str, str] = {}
        failed: list[str] = []
        pictures = list(_local_pictures(article, document))
        if pictures and not self._is_beside:
            message = _("No pictures are copied: the folder {path} is a link that leads elsewhere")
            warn(message.format(path=self._folder.folder))
            pictures = []
        for source, picture in pictures:
            if is_stopped():
                break
            data = _content(picture)
            if not data:
                failed.append(source)
                continue
            name = Path(picture.part.rpartition("/")[2] or picture.path.name)
            owner = f"picture {picture.path.absolute()} {picture.part}".rstrip()
            written = self._folder.write(name.stem, picture.suffix, owner, (data,), keeps_name=True)
            found[source] = f"{FOLDER}/{encoded_name(written.name)}"
        if failed:
            message = ngettext(
                "{count:,} picture cannot be copied ({names}): it is missing, or larger than {size} MiB",
                "{count:,} pictures cannot be copied ({names}): they are missing, or larger than {size} MiB",
                len(failed),
            )
            warn(message.format(count=len(failed), names=first_names(failed), size=_LARGEST_MIB))
        warn_of_outside(article, document, warn)
        return found

    def finish(self) -> None:
        """Save the record."""
        self._folder.finish()

    @property
    def _is_beside(self) -> bool:
        """Whether the folder is beside the exported files, and not a symbolic link out of their folder.

        Nothing is written into an archive, or into a folder that the user has not chosen, even if a link leads there.
        """
        try:
            return self._folder.folder.resolve().is_relative_to(self._beside.resolve())
        except (OSError, RuntimeError):
            return False


def _local_pictures(article: Article, document: Document) -> Iterator[tuple[str, PictureFile]]:
    """The pictures of an article that are in its archive, by their sources; they need not exist."""
    for source in dict.fromkeys(picture_sources(document)):
        picture = picture_file(article, source)
        if picture is not None and picture.suffix in _SUFFIXES:
            yield source, picture


def _exists(picture: PictureFile) -> bool:
    return bool(picture.part) or picture.path.is_file()


def _content(picture: PictureFile) -> bytes:
    """The content of a picture; nothing if it cannot be read or is too large."""
    most = _LARGEST_MIB * 2**20
    try:
        data, size = read_picture(picture, most)
    except (ArchiveError, OSError, ValueError):
        return b""
    return data if size <= most else b""
