"""The message about skipped files."""

from collections.abc import Mapping
from pathlib import PurePath

from reader.archive.bundles.entry_paths import may_be_bundle
from reader.archive.site_templates import may_be_template
from reader.archive.suffixes import ARMOURED, SCRIPTS, TIDDLER
from reader.archive.walk import NO_SUFFIX, TEMPLATES
from reader.document.sanitizing import clean_line
from reader.language import _, ngettext

NO_NOTES = "joplin"
"""The kind of files that declare that they are not articles: Joplin's folders and tags."""
_NAMED = 8
"""The maximum number of kinds that are listed; the others are added up."""


def refused_kind(path: str) -> str:
    """Return the kind of a file that was read but is not an article; `path` is relative to its archive."""
    place = PurePath(path)
    suffix = place.suffix.lower()
    if may_be_bundle(path) or suffix in (*SCRIPTS, ARMOURED, TIDDLER):
        return suffix
    return TEMPLATES if may_be_template(place) else NO_NOTES


def skipped_message(kinds: Mapping[str, int]) -> str:
    """Return `12 files skipped: 9 .pdf, 3 .docx`, or an empty text if there are none."""
    ranked = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    count = sum(kinds.values())
    if not count:
        return ""
    named = [_kind(kind, many) for kind, many in ranked[:_NAMED]]
    if rest := sum(many for _name, many in ranked[_NAMED:]):
        named.append(_("{count:,} others").format(count=rest))
    sentence = ngettext("{count:,} file skipped: {kinds}", "{count:,} files skipped: {kinds}", count)
    return sentence.format(count=count, kinds=_(", ").join(named))


def _kind(kind: str, count: int) -> str:
    if kind == NO_SUFFIX:
        return _("{count:,} without an extension").format(count=count)
    if kind == TEMPLATES:
        return _("{count:,} templates or libraries").format(count=count)
    if kind == NO_NOTES:
        return _("{count:,} Joplin folders or tags").format(count=count)
    return _("{count:,} {extension}").format(count=count, extension=clean_line(kind))
