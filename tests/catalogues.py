"""Bring the catalogues up to date with the code: `python -m tests.catalogues`.

New messages are added to each catalogue untranslated, messages that the code no longer has are removed, and changed
ones keep their old translation, marked as fuzzy. `tests/test_language.py` fails until none of these is left. `python -m
tests.catalogues ja` begins a new language."""

import io
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from reader import language

PACKAGE = Path(language.__file__).parent
TRANSLATIONS = PACKAGE / "translations"
_KEYWORDS = {"_": None, "N_": None, "lazy": None, "ngettext": (1, 2), "nlazy": (1, 2)}
_ARGPARSE = (
    "%(heading)s:",
    "ambiguous option: %(option)s could match %(matches)s",
    "argument %(argument_name)s: %(message)s",
    "expected at least one argument",
    "expected at most one argument",
    "expected one argument",
    "ignored explicit argument %r",
    "invalid %(type)s value: %(value)r",
    "not allowed with argument %s",
    "one of the arguments %s is required",
    "options",
    "positional arguments",
    "show this help message and exit",
    "show program's version number and exit",
    "the following arguments are required: %s",
    "unexpected option string: %s",
    "unrecognized arguments: %s",
    "usage: ",
    ("expected %s argument", "expected %s arguments"),
)
"""The messages of argparse that users may see, in Python 3.11 to 3.14."""

_HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"Plural-Forms: {plural_forms}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""
"""The header without dates, names and versions, which would cause merge conflicts."""


@cache
def template() -> Catalog:
    """All messages of the code, with the files that use them; the program is read once in a process."""
    catalog = Catalog(project="reader")
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=_KEYWORDS, comment_tags=["Translators:"])
    for name, line, message, comments, context in found:
        catalog.add(message, None, [(f"reader/{name}", line)], auto_comments=comments, context=context)
    for message in _ARGPARSE:
        catalog.add(message, None, [("argparse", 1)])
    return catalog


def catalogues() -> dict[str, Path]:
    """Each language's file."""
    return {file.parts[-3]: file for file in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/reader.po"))}


def read(file: Path) -> Catalog:
    """Read a catalogue."""
    with file.open("rb") as stream:
        return read_po(stream, locale=file.parts[-3])


def written(catalog: Catalog) -> bytes:
    """Format a catalogue: one line per message, files without line numbers, nothing obsolete."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False, omit_header=True)
    header = _HEADER.format(language=catalog.locale, plural_forms=catalog.plural_forms)
    return header.encode() + stream.getvalue()


def main() -> None:
    """Update every catalogue, or begin those whose languages are named."""
    messages = template()
    for code in sys.argv[1:]:
        file = TRANSLATIONS / code / "LC_MESSAGES" / "reader.po"
        file.parent.mkdir(parents=True)
        file.write_bytes(written(Catalog(locale=code, project="reader")))
    for code, file in catalogues().items():
        catalog = read(file)
        catalog.update(messages, update_creation_date=False)
        file.write_bytes(written(catalog))
        open_ = [message.id for message in catalog if message.id and (message.fuzzy or not message.string)]
        print(f"{code}: {len(catalog)} messages, {len(open_)} to translate")


if __name__ == "__main__":
    main()
