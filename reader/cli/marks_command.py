"""`reader marks`: export, import, check, restore and clear the user's marks and reading history."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from reader.cli.chosen_archives import archives
from reader.cli.index_progress import current, rerun_if_corrupt
from reader.cli.output import print_error, printable
from reader.cli.refused_output import refuse_archives
from reader.cli.sanitized_stream import unguarded
from reader.document.sanitizing import clean_line
from reader.errors import ExchangeError, ReaderError, UsageError
from reader.export.atomic_writing import write_atomically
from reader.language import _, listed
from reader.library.indexed import IndexedArchives
from reader.marks.backups import back_up, backups, newest_good, unusable
from reader.marks.database_files import is_present
from reader.marks.dump import dump
from reader.marks.exchange import MarksFile, decoded, encoded
from reader.marks.facade import Marks
from reader.marks.highlights import Highlight
from reader.marks.interrupted_restores import set_aside, unfinished
from reader.marks.merging import import_marks
from reader.marks.read_only import check_integrity
from reader.marks.restoring import finish_interrupted, open_to_read, restore
from reader.marks.store_errors import interruption
from reader.search.query_parser import parse
from reader.settings.folders import data_folder, keep_private
from reader.settings.options import Settings

_LARGEST = 2**30
"""Maximum size in bytes of an imported file."""


@rerun_if_corrupt
def run(options: Namespace, settings: Settings) -> int:
    """Run a subcommand; return 0 on success, 1 if the marks database is corrupt."""
    keep_private()
    store = data_folder() / "marks.db"
    code = _SUBCOMMANDS[options.subcommand](options, settings, store)
    left = unfinished(store)
    if left is not None:
        print_error(interruption(left))
    return code


# Export and import


def _export(options: Namespace, settings: Settings, store: Path) -> int:
    if sum(map(bool, (options.markdown, options.format, options.obsidian))) > 1:
        message = _("“--markdown”, “--format” and “--obsidian” exclude one another")
        raise UsageError(message, _("leave out all but one"))
    if options.obsidian and (options.output is not None or options.force):
        message = _("“--obsidian” updates notes in its own folder, so “-o” and “--force” do not apply")
        raise UsageError(message, _("leave them out"))
    refuse_archives(options, settings)
    marks = open_to_read(store)
    try:
        if options.obsidian:
            return _vault(options, settings, marks)
        make = _markdown if options.markdown else _for_program if options.format else _json
        content = make(options, settings, marks)
    finally:
        marks.close()
    return _written(options, content, is_json=make is _json)


def _written(options: Namespace, content: bytes, *, is_json: bool = False) -> int:
    """Write to the file of the options, or else to standard output; JSON, and output on a terminal, is sanitized."""
    if options.output is None or str(options.output) == "-":
        if is_json or sys.stdout.isatty():
            # Never write a character to a terminal that could control it.
            sys.stdout.write(printable(content.decode()) if is_json else content.decode())
        else:
            stream = unguarded(sys.stdout)
            stream.flush()
            stream.buffer.write(content)
            stream.buffer.flush()
        return 0
    output = Path(options.output)
    written = write_atomically(output.parent, output.name, [content], force=options.force, private=True)
    _say(_("Saved to {path}").format(path=written))
    return 0


def _words(options: Namespace, settings: Settings, store: Path) -> int:
    from reader.export.anki import vocabulary_for_anki  # noqa: PLC0415 - only needed here

    refuse_archives(options, settings)
    marks = open_to_read(store)
    try:
        content = vocabulary_for_anki(marks.words.all()).encode()
    finally:
        marks.close()
    return _written(options, content)


def _due(options: Namespace, settings: Settings, store: Path) -> int:
    from reader.cli.due_highlights import print_due  # noqa: PLC0415 - only needed here

    return print_due(options, settings, store)


def _json(options: Namespace, settings: Settings, marks: Marks) -> bytes:
    file = dump(marks.store.rows)
    if options.query or options.archive:
        with current(archives(options.archive, settings), settings) as indexed:
            wanted = _wanted(options, indexed)
        # For a selection of articles, omit saved searches and statistics.
        chosen = [record for record in file.articles if wanted(record.id)]
        file = MarksFile(file.format, file.version, chosen)
    return encoded(file)


def _markdown(options: Namespace, settings: Settings, marks: Marks) -> bytes:
    from reader.export.markdown_marks import render_marks  # noqa: PLC0415 - only needed here

    places = archives(options.archive, settings)
    with current(places, settings) as indexed:
        wanted = _wanted(options, indexed)
        highlights = [highlight for highlight in marks.highlights.all() if wanted(highlight.article_id)]
        bookmarks = [bookmark for bookmark in marks.bookmarks.all() if wanted(bookmark.article_id)]
        if not highlights and not bookmarks:
            where = _("searched {places}; choose another archive with -a")
            looked = options.query or options.archive
            raise ReaderError(_("No match"), where.format(places=listed(map(str, places))) if looked else "")
        lines = render_marks(highlights, bookmarks, indexed.article)
        return "".join(f"{line}\n" for line in lines).encode()


def _for_program(options: Namespace, settings: Settings, marks: Marks) -> bytes:
    from reader.export.highlight_files import PACKAGE, written  # noqa: PLC0415 - only needed here

    if options.format == PACKAGE and options.output is None and sys.stdout.isatty():
        raise UsageError(_("A package cannot be printed on a terminal"), _("name a file: -o highlights.apkg"))
    with current(archives(options.archive, settings), settings) as indexed:
        return written(options.format, _highlights(options, indexed, marks), indexed.article)


def _vault(options: Namespace, settings: Settings, marks: Marks) -> int:
    """Update the notes in a vault, and print their paths."""
    from reader.export.vault_notes import write_notes  # noqa: PLC0415 - only needed here

    with current(archives(options.archive, settings), settings) as indexed:
        # Articles outside a selection may have highlights too, so their notes must not be emptied.
        known = () if options.query or options.archive else marks.articles.known_ids()
        highlights = _highlights(options, indexed, marks, may_be_none=bool(known))
        paths = list(write_notes(highlights, indexed.article, Path(options.obsidian), without=known))
    for path in paths:
        _say(str(path))
    if not highlights and not paths:
        raise ReaderError(_("No match"), _("only highlights and their notes are exported"))
    return 0


def _highlights(
    options: Namespace, indexed: IndexedArchives, marks: Marks, *, may_be_none: bool = False
) -> list[Highlight]:
    """The highlights of the selected articles, in the order of titles and positions.

    Raises:
        ReaderError: There are none.
    """
    wanted = _wanted(options, indexed)
    found = [highlight for highlight in marks.highlights.all() if wanted(highlight.article_id)]
    if not found and not may_be_none:
        raise ReaderError(_("No match"), _("only highlights and their notes are exported"))
    return sorted(found, key=lambda one: (one.title, one.article_id, one.anchor.span, one.id))


def _say(line: str) -> None:
    """Print a line, sanitized because paths may contain control characters."""
    print(clean_line(line))


def _wanted(options: Namespace, indexed: IndexedArchives) -> Callable[[str], bool]:
    """A predicate for the ids of the articles whose marks are selected."""
    node = parse(" ".join(options.query))
    if node is not None:
        found = indexed.search.all(node)
        ids = {article.id for _hit, article in indexed.search.articles(found)}
        return ids.__contains__
    if options.archive:
        return lambda article_id: indexed.article(article_id) is not None
    return lambda _article_id: True


def _import(options: Namespace, settings: Settings, store: Path) -> int:
    path = Path(options.file)
    try:
        with path.open("rb") as source:
            # Devices such as /dev/zero have no size, so limit the read too.
            too_large = (
                os.fstat(source.fileno()).st_size > _LARGEST or len(content := source.read(_LARGEST + 1)) > _LARGEST
            )
        if too_large:
            raise ExchangeError(_("{path} is too large to be an export of marks").format(path=path))
    except OSError as error:
        raise ExchangeError(
            _("Cannot read {path} ({reason})").format(path=path, reason=error.strerror or error)
        ) from error
    file = decoded(content)
    marks = Marks(store)
    try:
        with current(archives(options.archive, settings), settings, texts=False) as indexed:
            identify = indexed.ids_by_fingerprint().get
            added = import_marks(marks.store, file, identify, detail=clean_line(path.name))
    finally:
        marks.close()
    if not added.changed:
        _say(_("Nothing new to import"))
        return 0
    _say(
        _("New or newer: articles {articles:,}, bookmarks {bookmarks:,}, highlights {highlights:,}").format(
            articles=added.articles, bookmarks=added.bookmarks, highlights=added.highlights
        )
    )
    return 0


# The marks database


def _check(_options: Namespace, _settings: Settings, store: Path) -> int:
    if not is_present(store):
        _say(_("There is no marks database yet ({path})").format(path=store))
        return 0
    found = check_integrity(store)
    good = _("OK")
    _say(f"{store}: {found.damage or found.obstacle or good}")
    for copy in backups(store):
        _say(f"{copy.path}: {unusable(copy.path) or good}")
    if found.damage:
        print_error(ReaderError(_("The marks database is corrupt"), _("restore a backup with “reader marks restore”")))
    elif found.obstacle:
        print_error(
            ReaderError(
                _("The marks database cannot be checked now"),
                _("it is not corrupt: check its permissions and the free space"),
            )
        )
    return 1 if found.damage or found.obstacle else 0


def _discard(store: Path) -> int:
    """Set an interrupted restore aside."""
    left = unfinished(store)
    if left is None or left.completed:
        raise ReaderError(_("There is no interrupted restore"))
    try:
        aside = set_aside(left)
    except OSError as error:
        raise ReaderError(
            _("Cannot rename {path}: {reason}").format(path=left.path, reason=error.strerror or error),
            _("check the folder's permissions and the free disk space"),
        ) from error
    _say(_("The interrupted restore is set aside; its database is kept as {path}").format(path=aside))
    return 0


def _restore(options: Namespace, _settings: Settings, store: Path) -> int:
    if options.discard:
        return _discard(store)
    left = unfinished(store) if options.copy is None else None
    if left is not None and not left.completed:
        _say(_("A restore was interrupted on {made}").format(made=f"{left.made.astimezone():%Y-%m-%d %H:%M}"))
    finished = finish_interrupted(store) if options.copy is None else None
    if finished is not None:
        _say(_("The interrupted restore is finished; the old database is kept as {path}").format(path=finished.aside))
        return 0
    was_present = is_present(store)
    if not was_present and options.copy is None and newest_good(store) is None:
        _say(_("There is no marks database yet ({path})").format(path=store))
        return 0
    found = check_integrity(store)
    is_good = was_present and not (found.damage or found.obstacle)
    if is_good and options.copy is None:
        raise ReaderError(
            _("The marks database is intact; there is nothing to restore"),
            _("to go back to a backup anyway, name one listed by “reader marks check”"),
        )
    if is_good:
        # Back up an intact database, so that the restore can be reverted.
        back_up(store, why="restore")
    restored = restore(store, options.copy and Path(options.copy))
    if restored.backup is None:
        _say(_("No intact backup: created a new marks database with everything that could still be read"))
    else:
        _say(
            _("Restored the marks from {path}, plus everything that could still be read").format(
                path=restored.backup.path
            )
        )
    if was_present:
        _say(_("The old database is kept as {path}").format(path=restored.aside))
    return 0


def _clear_history(_options: Namespace, _settings: Settings, store: Path) -> int:
    if not is_present(store):
        _say(_("There is no marks database yet ({path})").format(path=store))
        return 0
    marks = Marks(store)
    try:
        forgotten = marks.clear_history()
    finally:
        marks.close()
    _say(_("Cleared when, how far and how long you read. Marks and positions are kept."))
    for sentence, many in (
        (_("days in the statistics: {many:,}"), forgotten.days),
        (_("articles opened, with progress: {many:,}"), forgotten.opened),
        (_("section progress: {many:,}"), forgotten.sections),
        (_("times articles were marked as read: {many:,}"), forgotten.read),
        (_("changes that mention it and can no longer be undone: {many:,}"), forgotten.changes),
    ):
        _say("  " + sentence.format(many=many))
    if forgotten.rewritten:
        said = _("corrupt copies rewritten with what could still be read: {many:,}")
        _say("  " + said.format(many=forgotten.rewritten))
    return 0


_SUBCOMMANDS: dict[str, Callable[[Namespace, Settings, Path], int]] = {
    "export": _export,
    "import": _import,
    "words": _words,
    "due": _due,
    "check": _check,
    "restore": _restore,
    "clear-history": _clear_history,
}
