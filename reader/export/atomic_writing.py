"""Atomic writing of files that does not overwrite existing ones by default."""

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from reader.errors import ExportError
from reader.language import _
from reader.private_files import FILE

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_AS_UMASK_ALLOWS = 0o666


def write_atomically(
    folder: Path, name: str, pieces: Iterable[bytes], *, force: bool = False, private: bool = False
) -> Path:
    """Write `pieces` to the file `name` in `folder`, which is created if missing, and return the path.

    The file appears under its name only when complete. An existing file or link is kept unless `force`.

    Raises:
        ExportError: The file exists, or could not be written; no partial file remains.
    """
    if not name or name in {".", ".."} or Path(name).name != name:
        raise ExportError(_("“{name}” is not a valid file name").format(name=name))
    target = folder / name
    if not force and os.path.lexists(target):
        raise _exists(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{os.urandom(8).hex()}.part"
        try:
            mode = FILE if private else _AS_UMASK_ALLOWS
            with os.fdopen(os.open(part, _NEW, mode), "wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            _put(part, target, force=force)
        finally:
            part.unlink(missing_ok=True)
    except FileExistsError as error:
        raise _exists(Path(error.filename2 or error.filename)) from error
    except OSError as error:
        raise ExportError(
            _("Cannot write {path}: {reason}").format(path=target, reason=error.strerror or error),
            _("choose another folder with -o"),
        ) from error
    return target


def _put(part: Path, target: Path, *, force: bool) -> None:
    """Move the complete file to its final name.

    Raises:
        FileExistsError: The name exists and `force` is false.
    """
    if force:
        part.replace(target)
        return
    try:
        # Unlike a rename, a hard link never replaces a file that another program created in the meantime.
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK, errno.EINVAL}:
            raise
        # Without hard links (FAT, some network shares), only the check of `lexists` above protects the file.
        part.replace(target)


def _exists(path: Path) -> ExportError:
    return ExportError(_("{path} already exists").format(path=path), _("overwrite it with --force"))
