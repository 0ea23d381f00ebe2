"""`reader links`: where the links of an article lead, what links to it, and which links of an archive are broken."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from reader.archive.archive import absolute, open_archives
from reader.archive.article import Article
from reader.cli.articles import ArticleSource, open_file
from reader.cli.chosen_archives import archives, archives_around, archives_of, print_where
from reader.cli.index_progress import current, rerun_if_corrupt
from reader.cli.output import print_json, print_warning
from reader.cli.standard_input import NAME, STEM, check_format
from reader.document.addresses import written_target
from reader.document.document import Document
from reader.document.resolved_links import base_warning, local_folder
from reader.document.web_addresses import shown_address, unmistakable_address
from reader.errors import ArchiveError, ReaderError, UsageError
from reader.index.index import Index
from reader.language import _, ngettext
from reader.layout.picture_rooms import PictureProblem
from reader.lean_dataclasses import replace
from reader.linking.archive_links import ArchiveLinks
from reader.linking.backlinks import Backlink
from reader.linking.broken_pictures import picture_problem
from reader.linking.destination import Destination, DestinationKind
from reader.linking.embedded_sections import embedded_articles, embedded_section
from reader.linking.fragments import Fragments
from reader.linking.link_targets import LONGEST
from reader.linking.stored_links import StoredPicture, stored_links
from reader.parse.document_links import DocumentLink
from reader.settings.options import Settings

_LONGEST_TEXT = 300
"""Maximum length in characters of the text of a link on a line of output."""

_BROKEN = (DestinationKind.MISSING, DestinationKind.UNSAFE)
_WITHIN = (DestinationKind.HERE, DestinationKind.ARTICLE)


@rerun_if_corrupt
def run(options: Namespace, settings: Settings) -> int:
    """Print links, one per line or as JSON. Return 1 if `--to` finds none or `--broken` finds any, else 0."""
    check_format(options.written_in, [options.file] if options.file else [])
    if options.broken:
        if options.file is not None or options.to is not None:
            raise UsageError(_("“--broken” checks all articles"), _("name an archive with “-a”, and no file"))
        return _broken(options, settings)
    if (options.file is None) == (options.to is None):
        raise UsageError(_("Name one file"), _("for its links, or after “--to” for the links to it"))
    return _from(options, settings) if options.to is None else _to(options, settings)


def _from(options: Namespace, settings: Settings) -> int:
    path = Path(options.file)
    is_input = options.file == NAME
    folder = None if options.base is None else local_folder(options.base)
    if is_input or options.base:
        base = options.base if folder is None else None
        reading = ArticleSource(settings, written_in=options.written_in, base=base).open(options.file)
    else:
        reading = open_file(path, settings.line_breaks)
    if folder is not None:
        looked_in = archives_around(folder, options.archive, settings)
        if warning := base_warning(options.base):
            print_warning(warning)
    else:
        looked_in = archives(options.archive, settings) if is_input else archives_of(path, options.archive, settings)
    with current(looked_in, settings) as found:
        links = ArchiveLinks(found.indexes)
        article = links.article_at(path) or reading.article
        if folder is not None:
            article = _placed(reading.article, folder, looked_in)
        pairs = links.links_of(article, reading.document)
        shown = [(link, led, _problem(link.target, led, article, links)) for link, led in pairs if not link.is_picture]
    if options.json:
        print_json([_record(*one) for one in shown])
    else:
        if any(led.kind is DestinationKind.MISSING for _link, led, _problem in shown):
            print_where(looked_in, options.archive)
        for link, led, problem in shown:
            print("  ".join((_kind(led, problem), _place(led), _shortened(link.text or written_target(link.target)))))
    return 0


def _placed(article: Article, folder: Path, roots: Sequence[Path]) -> Article:
    """The article with a path in `folder`, so that its links are resolved against that folder and its archive."""
    there = absolute(folder)
    root = next((one for one in roots if there.is_relative_to(absolute(one))), folder)
    return replace(article, path=root / there.relative_to(absolute(root)) / STEM, root=root)


def _to(options: Namespace, settings: Settings) -> int:
    path = Path(options.to)
    looked_in = archives_of(path, options.archive, settings)
    with current(looked_in, settings) as found:
        links = ArchiveLinks(found.indexes)
        article = links.article_at(path)
        if article is None:
            # This raises a more precise error for a file that does not exist, and for a web address.
            open_archives([path])
            raise ArchiveError(
                _("{path} is not a readable article").format(path=path), _("it is in none of the archives")
            )
        backlinks = links.linked_from(article)
    if options.json:
        print_json([_backlink_record(one) for one in backlinks])
    else:
        if not backlinks:
            print("reader: " + _("no article links to {path}").format(path=path), file=sys.stderr)
            print_where(looked_in, options.archive)
        for one in backlinks:
            print(f"{one.article.path}  {one.article.title}\n            {one.sentence}")
    return 0 if backlinks else 1


def _broken(options: Namespace, settings: Settings) -> int:
    with current(archives(options.archive, settings), settings) as found:
        links = ArchiveLinks(found.indexes)
        broken = list(_broken_links(found.indexes, links))
    if options.json:
        print_json(
            [
                {"path": str(article.path), "kind": kind, **_written(text, target), "problem": problem}
                for article, (kind, text, target, problem) in broken
            ]
        )
    else:
        for article, (_kind_of, text, _target, problem) in broken:
            print(f"{article.path}: {problem}" + ("  " + _("“{text}”").format(text=_shortened(text)) if text else ""))
        print(_counted(len(broken)))
    return 1 if broken else 0


def _counted(number: int) -> str:
    message = ngettext("{count:,} broken link or picture", "{count:,} broken links and pictures", number)
    return message.format(count=number)


class _Broken(NamedTuple):
    """A broken link, or a missing picture or other embedded file."""

    kind: str
    text: str
    target: str
    problem: str


def _broken_links(indexes: Sequence[Index], links: ArchiveLinks) -> Iterator[tuple[Article, _Broken]]:
    """The broken links and pictures of all articles, ordered by path."""
    for index in indexes:
        for article, stored, pictures in stored_links(index):
            for link, led in zip(stored, links.destinations(article, [one.target for one in stored]), strict=True):
                if problem := _problem(link.target, led, article, links):
                    yield article, _Broken("link", link.text, link.target, problem)
            for picture in pictures:
                if problem := _picture_problem(article, picture):
                    yield article, _Broken(picture.kind, picture.text, picture.source, problem)


def _picture_problem(article: Article, picture: StoredPicture) -> str:
    """The fault of a picture; empty if it has none."""
    problem, place = picture_problem(article, picture.source), shown_address(unquote(picture.source))
    if problem is PictureProblem.OUTSIDE:
        return _("not shown, because it is outside the archive: {place}").format(place=place)
    if problem is None:
        return ""
    if picture.kind == "picture":
        return _("picture not found: {place}").format(place=place)
    return _("not found: {place}").format(place=place)


def _problem(target: str, led: Destination, article: Article, links: ArchiveLinks) -> str:
    """The fault of a link; empty if it has a target."""
    if led.kind is DestinationKind.MISSING:
        return _("not found: {place}").format(place=led.looked_for)
    if led.kind is DestinationKind.UNSAFE:
        return _("not opened, only shown: {address}").format(address=led.address)
    if led.kind not in _WITHIN or not led.fragment or led.is_archived:
        return ""
    there = (links.article(led) if led.article_id else None) or replace(article, path=led.path or article.path)
    fragments, document = _fragments_of(there.path), _document_of(there.path)
    if fragments is None or document is None or fragments.place(led.fragment) is not None:
        return ""
    embedded = embedded_articles(document, lambda targets: links.destinations(there, targets), links)
    if embedded_section(embedded, lambda one: _document_of(one.path), led.fragment) is not None:
        return ""
    return _("no such heading: {target}").format(target=written_target(target))


@lru_cache(maxsize=64)
def _fragments_of(path: Path) -> Fragments | None:
    """The fragments of the article in a file; None if it cannot be read."""
    document = _document_of(path)
    return Fragments(document) if document is not None else None


@lru_cache(maxsize=64)
def _document_of(path: Path) -> Document | None:
    """The document of the article in a file; None if it cannot be read."""
    with suppress(ReaderError):
        return open_file(path).document
    return None


def _shortened(text: str) -> str:
    """The beginning of a text for a line of output: a URL of megabytes may be the text of its own link."""
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _written(text: str, target: str) -> dict[str, Any]:
    """The text and target of a link for JSON, each cut to `LONGEST` characters: no longer link is followed."""
    return {"text": text[:LONGEST], "target": target[:LONGEST]}


def _kind(led: Destination, problem: str) -> str:
    names = {
        DestinationKind.HERE: _("here"),
        DestinationKind.ARTICLE: _("article"),
        DestinationKind.WEB: _("web"),
        DestinationKind.MAIL: _("mail"),
        DestinationKind.FILE: _("file"),
        DestinationKind.MISSING: _("missing"),
        DestinationKind.UNSAFE: _("unsafe"),
    }
    if led.is_outside:
        return _("outside the archive")
    return names[led.kind] + ("?" if problem and led.kind not in _BROKEN else "")


def _place(led: Destination) -> str:
    """The target of a link, as text for the user."""
    if led.kind is DestinationKind.HERE:
        return f"#{led.fragment}"
    if led.part:
        # The address is the name of the part within the file, which may be a URL; data embedded in the text has none.
        return f"{led.path}/{led.address}" if led.address else str(led.path)
    if led.path is not None:
        return str(led.path) + (f"#{led.fragment}" if led.fragment else "")
    return unmistakable_address(led.url) or led.address


def _record(link: DocumentLink, led: Destination, problem: str) -> dict[str, Any]:
    return {
        **_written(link.text, link.target),
        "block": link.position.block,
        "offset": link.position.offset,
        "kind": led.kind.value,
        "address": led.address,
        "url": led.url,
        "path": str(led.path) if led.path is not None else None,
        "id": led.article_id or None,
        "fragment": led.fragment,
        "archived": led.is_archived,
        "problem": problem or None,
    }


def _backlink_record(one: Backlink) -> dict[str, Any]:
    return {
        "id": one.article.id,
        "title": one.article.title,
        "path": str(one.article.path),
        "text": one.text,
        "target": one.target,
        "sentence": one.sentence,
    }
