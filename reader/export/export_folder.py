"""The folder of exports: an export replaces an earlier one of the same article; no other file is overwritten."""

import stat
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from reader.archive.files import read_start, reason
from reader.errors import ArchiveError, ExportError
from reader.export.atomic_writing import write_atomically
from reader.export.export_record import ExportRecord
from reader.export.output_names import file_name, folded
from reader.hashing import blake2b
from reader.language import _, translated

_LARGEST = 2**29
"""The size in bytes above which a file counts as changed by another program, without being read."""


class ExportFolder:
    """The folder of exports, and a record of what was written there.

    A file that was changed since by another program is not overwritten: the export gets another name.
    """

    def __init__(self, folder: Path, record: Path, *, together: bool = False) -> None:
        """Write into `folder`, which is created at the first export; `record` is a JSON file elsewhere.

        After many exports `together`, call `finish`: the record is not saved for each of them.
        """
        self.folder = folder
        self._record = ExportRecord(record, together=together)
        self._reserved: dict[tuple[str, str], Path] = {}
        self._reserved_paths: set[Path] = set()

    def write(self, title: str, suffix: str, owner: str, pieces: Iterable[bytes], *, keeps_name: bool = False) -> Path:
        """Write a file named by `title`, or to the path that is reserved for it, and return its path.

        `owner` identifies what is exported: the id of an article. An earlier export with the same owner, suffix and
        title is replaced, unless it was changed; with `keeps_name`, its title may be another one.

        Raises:
            ExportError: The file cannot be written.
        """
        data = b"".join(pieces)
        for path in self._places(title, suffix, owner, keeps_name=keeps_name):
            before = _content(path, _LARGEST if self._record.has(path) else len(data))
            if before != data:
                if before is not None and not self._record.is_known(path, owner, _digest(before)):
                    # Another article's export, or a file of the user.
                    continue
                write_atomically(self.folder, path.name, (data,), force=before is not None)
            self._record.remember(path, owner, _digest(data))
            return path
        raise AssertionError  # pragma: no cover - there is always another name

    def reserve(self, title: str, suffix: str, owner: str, *, keeps_name: bool = False) -> Path:
        """Reserve the path to which `write` will write an export, unless the file is changed in the meantime.

        Without a reserved path, `write` may instead reuse an identical file of another owner; `reserve` never returns
        such a file.

        Raises:
            ExportError: The folder cannot be read.
        """
        if (known := self._reserved.get((suffix, owner))) is not None:
            return known
        places = self._places(title, suffix, owner, keeps_name=keeps_name)
        path = next(one for one in places if self._is_free(one, owner))
        self._reserved[suffix, owner] = path
        self._reserved_paths.add(path)
        return path

    def finish(self) -> None:
        """Save the record."""
        self._record.save()

    def _places(self, title: str, suffix: str, owner: str, *, keeps_name: bool) -> Iterator[Path]:
        """The paths that an export may have, the best first."""
        if (reserved := self._reserved.get((suffix, owner))) is not None:
            yield reserved
        others = chain(self._earlier(suffix, owner) if keeps_name else (), self._candidates(title, suffix))
        yield from (path for path in others if path not in self._reserved_paths)

    def _candidates(self, title: str, suffix: str) -> Iterator[Path]:
        taken: set[str] = set()
        while True:
            name = file_name(title, suffix, taken)
            taken.add(folded(name))
            path = self.folder / name
            if _is_usable(path):
                yield path

    def _earlier(self, suffix: str, owner: str) -> list[Path]:
        """The earlier exports of an owner that are still in the folder."""
        files = self._record.files_of(owner)
        return [one for one in files if one.parent == self.folder and one.suffix == suffix and one.is_file()]

    def _is_free(self, path: Path, owner: str) -> bool:
        """Whether there is no file, or an earlier export of the owner that nobody has changed."""
        content = _content(path, _LARGEST if self._record.has(path) else 0)
        return content is None or self._record.is_known(path, owner, _digest(content))


def checked_folder(folder: Path, archives: Iterable[Path], otherwise: Path | None) -> Path:
    """The folder; `otherwise` if it lies in an archive, because nothing is ever written into an archive.

    Raises:
        ExportError: The folder lies in an archive, and `otherwise` is None.
    """
    archive = archive_around(folder, archives)
    if archive is None:
        return folder
    if otherwise is not None:
        return otherwise
    raise ExportError(
        _("The export folder {path} lies in the archive {archive}").format(path=folder, archive=archive),
        _("set export_folder in the settings to another folder"),
    )


def archive_around(path: Path, archives: Iterable[Path]) -> Path | None:
    """The first of `archives` that contains a path, also through symbolic links; None if none does.

    The path need not exist. A path contains itself, as an archive can be a file.
    """
    return next((archive for archive in archives if _is_within(path, archive)), None)


def _is_within(path: Path, archive: Path) -> bool:
    try:
        there, root = path.resolve(), archive.resolve()
        return there.is_relative_to(root) or any(_is_same(one, root) for one in (there, *there.parents))
    except (OSError, RuntimeError, ValueError):
        return False


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths name the same file or folder: two spellings where case is ignored, or two places of a mount."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _is_usable(path: Path) -> bool:
    """Whether a path is a regular file or can become one: no link, folder, pipe or device.

    Raises:
        ExportError: The folder cannot be read.
    """
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True
    except OSError as error:
        raise _not_written(path, reason(error)) from error


def _content(path: Path, most: int) -> bytes | None:
    """Up to `most` bytes of a file, plus one byte if the file is longer; None if there is no file.

    Raises:
        ExportError: The file cannot be read.
    """
    try:
        return read_start(path, most + 1)[0]
    except ArchiveError as error:
        cause = error.__cause__
        if isinstance(cause, FileNotFoundError):
            return None
        why = reason(cause) if isinstance(cause, OSError) else translated(error.message)
        raise _not_written(path, why) from error


def _not_written(path: Path, why: str) -> ExportError:
    return ExportError(_("Cannot write {path}: {reason}").format(path=path, reason=why), _("check its permissions"))


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
