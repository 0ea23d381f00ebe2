"""The folder of exports: the same export of the same article is the same file, and no other file is overwritten."""

import json
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from reader.archive.files import read_start, reason
from reader.errors import ArchiveError, ExportError
from reader.export.atomic_writing import write_atomically
from reader.export.output_names import file_name, folded
from reader.hashing import blake2b
from reader.language import _, translated
from reader.private_files import make_private_folder

_MOST = 20_000
"""The maximum number of files that are remembered; the oldest ones are forgotten."""

_LARGEST_RECORD = 2**25
"""The bytes above which the record is not read: so many files have less, unless their paths are very long."""

_LARGEST = 2**29
"""The bytes above which a file counts as changed since it was written."""


class ExportFolder:
    """The folder of exports, and a record of what was written there.

    A file that was changed since by another program is not overwritten: the export gets another name.
    """

    def __init__(self, folder: Path, record: Path) -> None:
        """Write into `folder`, which is created at the first export; `record` is a JSON file elsewhere."""
        self.folder = folder
        self._record = record

    def write(self, title: str, suffix: str, owner: str, pieces: Iterable[bytes], *, keeps_name: bool = False) -> Path:
        """Write a file named by `title`, and return its path.

        `owner` identifies what is exported: the id of an article. An earlier export of the same owner with that suffix
        is replaced, unless it was changed; with `keeps_name` also if it has another title.

        Raises:
            ExportError: The file cannot be written.
        """
        data = b"".join(pieces)
        written = self._written()
        earlier = self._earlier(written, suffix, owner) if keeps_name else ()
        for path in chain(earlier, self._candidates(title, suffix)):
            known = written.get(str(path))
            before = _content(path, _LARGEST if known is not None else len(data))
            if before != data:
                if before is not None and known != [owner, _digest(before)]:
                    # Another article's export, or a file of the user.
                    continue
                write_atomically(self.folder, path.name, (data,), force=before is not None)
            self._remember(written, path, owner, data)
            return path
        raise AssertionError  # pragma: no cover - there is always another name

    def planned(self, exports: Iterable[tuple[str, str]], suffix: str, *, keeps_name: bool = False) -> list[Path]:
        """The paths to which `write` will write several exports, each given by its title and its owner.

        A file with the same content that is not an export of the owner is written to by `write`, but not planned.

        Raises:
            ExportError: The folder cannot be read.
        """
        written = self._written()
        planned: dict[Path, None] = {}
        for title, owner in exports:
            earlier = self._earlier(written, suffix, owner) if keeps_name else ()
            places = chain(earlier, self._candidates(title, suffix))
            planned[next(one for one in places if one not in planned and _is_free(one, written, owner))] = None
        return list(planned)

    def _candidates(self, title: str, suffix: str) -> Iterator[Path]:
        taken: set[str] = set()
        while True:
            name = file_name(title, suffix, taken)
            taken.add(folded(name))
            path = self.folder / name
            if _is_usable(path):
                yield path

    def _earlier(self, written: dict[str, Any], suffix: str, owner: str) -> list[Path]:
        """The earlier exports of an owner that are still in the folder."""
        paths = [Path(path) for path, entry in written.items() if isinstance(entry, list) and entry[:1] == [owner]]
        return [one for one in paths if one.parent == self.folder and one.suffix == suffix and one.is_file()]

    def _written(self) -> dict[str, Any]:
        try:
            content, size = read_start(self._record, _LARGEST_RECORD)
            found = json.loads(content) if size <= _LARGEST_RECORD else {}
        except (ArchiveError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _remember(self, written: dict[str, Any], path: Path, owner: str, data: bytes) -> None:
        entry = [owner, _digest(data)]
        if written.pop(str(path), None) == entry:
            return
        written[str(path)] = entry
        while len(written) > _MOST:
            del written[next(iter(written))]
        # Without the record, the next export only gets another name.
        with suppress(OSError, ExportError):
            make_private_folder(self._record.parent)
            text = json.dumps(written, ensure_ascii=False, indent=0)
            write_atomically(self._record.parent, self._record.name, (text.encode(),), force=True, private=True)


def _is_free(path: Path, written: dict[str, Any], owner: str) -> bool:
    """Whether there is no file, or an earlier export of the owner that nobody has changed."""
    known = written.get(str(path))
    content = _content(path, _LARGEST if known is not None else 0)
    return content is None or known == [owner, _digest(content)]


def checked_folder(folder: Path, archives: Iterable[Path], otherwise: Path | None) -> Path:
    """The folder, unless it lies in an archive, into which nothing is ever written; then `otherwise`.

    Raises:
        ExportError: It lies in an archive, and there is no other folder.
    """
    for archive in archives:
        if _is_within(folder, archive):
            if otherwise is not None:
                return otherwise
            raise ExportError(
                _("The export folder {path} lies in the archive {archive}").format(path=folder, archive=archive),
                _("set export_folder in the settings to another folder"),
            )
    return folder


def _is_within(folder: Path, archive: Path) -> bool:
    try:
        return folder.resolve().is_relative_to(archive.resolve())
    except (OSError, RuntimeError):
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
    """Up to `most` bytes of a file, and one more if it is longer; None if there is no file.

    Raises:
        ExportError: It cannot be read.
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
