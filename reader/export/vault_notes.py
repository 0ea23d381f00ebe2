"""Highlights and notes in a vault of Obsidian: one file for each article, updated in place."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import yaml

from reader.archive.article import Article
from reader.archive.files import read_start
from reader.document.sanitizing import clean_line
from reader.errors import ArchiveError, ExportError
from reader.export.atomic_writing import write_atomically
from reader.export.markdown_marks import escaped
from reader.export.output_names import file_name, folded
from reader.language import _
from reader.marks.highlights import Highlight
from reader.marks.stored_values import local
from reader.regex import regex

_KEY = "reader-id"
"""The property that identifies the article of a file, which may be renamed and moved within the folder."""

_BEGIN, _END = "%% reader: begin %%", "%% reader: end %%"
"""Comments of Obsidian around the part that is updated; everything outside them belongs to the user."""

_ID = regex(rf"^{_KEY}: *[\"']?([0-9a-f]{{16}})[\"']? *$", re.MULTILINE)
_LARGEST = 2**24
_HEAD = 8_192
"""The number of bytes at the beginning of a file that are searched for its properties."""


def write_notes(
    highlights: Iterable[Highlight],
    article_of: Callable[[str], Article | None],
    folder: Path,
    *,
    without: Collection[str] = (),
) -> Iterator[Path]:
    """Write the highlights of each article to its file in `folder`, and yield the paths.

    A file is found by its property `reader-id` and keeps its name. Only the part between the two comments is replaced;
    if they are gone, the highlights are appended to the file. In the files of the articles in `without`, which have no
    highlights any more, that part is emptied.

    Raises:
        ExportError: A file cannot be written, or is larger than 16 MiB.
    """
    by_article: defaultdict[str, list[Highlight]] = defaultdict(list)
    for one in highlights:
        by_article[one.article_id].append(one)
    known = _files(folder)
    taken = {folded(path.name) for path in folder.glob("*")} if folder.is_dir() else set[str]()
    for article_id, found in sorted(by_article.items(), key=lambda pair: (pair[1][0].title, pair[0])):
        article, title = article_of(article_id), found[0].title
        part = _part(sorted(found, key=lambda one: (one.anchor.span, one.id)))
        path = known.get(article_id)
        if path is not None:
            _update(path, part)
        else:
            name = file_name(title, ".md", taken)
            taken.add(folded(name))
            text = f"{_properties(article_id, title, article)}\n{part}\n"
            path = write_atomically(folder, name, (text.encode("utf-8", "surrogateescape"),), force=False)
        yield path
    for article_id in sorted(known.keys() & set(without) - by_article.keys()):
        if _BEGIN in _read(known[article_id]) and _update(known[article_id], _part([])):
            yield known[article_id]


def _update(path: Path, part: str) -> bool:
    """Replace the part of a file that belongs to the reader; return whether that changed the file."""
    before = _read(path)
    text = _updated(before, part)
    if text != before:
        write_atomically(path.parent, path.name, (text.encode("utf-8", "surrogateescape"),), force=True)
    return text != before


def _files(folder: Path) -> dict[str, Path]:
    """The files that were written before, by the ids of their articles."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.md")) if folder.is_dir() else ():
        try:
            head = read_start(path, _HEAD)[0].decode("utf-8-sig", "replace").replace("\r\n", "\n")
        except ArchiveError:
            continue
        if head.startswith("---\n") and (match := _ID.search(head.partition("\n---")[0])):
            found.setdefault(match[1], path)
    return found


def _read(path: Path) -> str:
    data, size = read_start(path, _LARGEST)
    if size > len(data):
        raise ExportError(_("{path} is too large to be updated").format(path=path))
    return data.decode("utf-8", "surrogateescape")


def _updated(text: str, part: str) -> str:
    start = text.find(_BEGIN)
    end = text.find(_END, start)
    if start < 0 or end < 0:
        return f"{text.rstrip()}\n\n{part}\n"
    return text[:start] + part + text[end + len(_END) :]


def _properties(article_id: str, title: str, article: Article | None) -> str:
    values: dict[str, object] = {"title": title}
    if article is not None:
        others = {"author": article.author, "date": article.local_day, "source": article.url, "tags": [*article.tags]}
        values |= {key: value for key, value in others.items() if value}
    text: str = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    # Quoted, because an id such as 123456e123456789 is a number to YAML.
    return f'---\n{_KEY}: "{article_id}"\n{text}---\n'


def _part(highlights: Sequence[Highlight]) -> str:
    return "\n".join((_BEGIN, *_lines(highlights), _END))


def _lines(highlights: Sequence[Highlight]) -> Iterator[str]:
    """Each highlight as a quotation with a block id, so that it can be linked to, and its note."""
    section = ""
    for one in highlights:
        if one.section and one.section != section:
            yield f"\n## {escaped(clean_line(one.section))}"
        section = one.section
        yield ""
        yield from (f"> {escaped(line)}".rstrip() for line in one.anchor.quotation.split("\n"))
        yield f"\n^{one.uid[:12]}"
        if one.note:
            yield ""
            yield from (escaped(line) for line in one.note.split("\n"))
        yield ""
        yield f"*{local(one.created):%Y-%m-%d %H:%M}*"
    yield ""
