"""Refusal to write to a file or folder named on the command line if it is in an archive."""

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from reader import resources
from reader.archive.bundles.entry_paths import file_of, may_be_bundle, split_entry
from reader.cli.standard_input import NAME
from reader.errors import UsageError
from reader.language import _
from reader.settings.folders import usual_archives
from reader.settings.options import Settings


def refuse_archives(options: Namespace, settings: Settings, files: Sequence[str] = ()) -> None:
    """Refuse to write into an archive: one named with `-a`, one of the settings, the sample, or a bundle in `files`.

    Raises:
        UsageError: The file or folder of `-o` is an archive or lies in one.
    """
    if options.output is None or str(options.output) == NAME:
        return
    from reader.export.export_folder import archive_around  # noqa: PLC0415 - most commands write no file

    bundles = (one for one in map(Path, files) if split_entry(one) is not None or may_be_bundle(os.fspath(one)))
    named = map(file_of, (*map(Path, getattr(options, "archive", ())), *bundles))
    archives = (*named, *usual_archives(settings.archives), resources.seeds())
    if (archive := archive_around(Path(options.output), archives)) is not None:
        raise UsageError(
            _("{path} lies in the archive {archive}").format(path=options.output, archive=archive),
            _("nothing is written into an archive; name another place with -o"),
        )
