"""Writing files: whole or not at all, and never over another unless told to."""

import errno
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from reader.errors import ExportError
from reader.language import _
from reader.private_files import FILE

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_AS_UMASK_ALLOWS = 0o666


def write_whole(
    folder: Path, name: str, pieces: Iterable[bytes], *, force: bool = False, private: bool = False
) -> Path:
    """Write `pieces` to the file `name` in `folder`, which is made if need be; where it was written.

    The file appears under its name only once it is whole. An existing file, or link, stays unless `force`. A `private`
    one may be read by its owner only, else the umask tells who may.

    Raises:
        ExportError: It exists, or could not be written; nothing is left of it.
    """
    if not name or name in {".", ".."} or Path(name).name != name:
        raise ExportError(_("“{name}” is not a valid file name").format(name=name))
    target = folder / name
    if not force and os.path.lexists(target):
        raise _exists(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{secrets.token_hex(8)}.part"
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
    """Give the whole file its name.

    Raises:
        FileExistsError: It is taken, and not by force.
    """
    if force:
        part.replace(target)
        return
    try:
        # Unlike a rename, a second hard link never replaces what another program wrote meanwhile.
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK, errno.EINVAL}:
            raise
        # A file system without hard links (FAT, some network shares): `lexists` above is all there is.
        part.replace(target)


def _exists(path: Path) -> ExportError:
    return ExportError(_("{path} already exists").format(path=path), _("overwrite it with --force"))
