"""Links in growing archives: `python -m tests.benchmarks.bench_links [--sizes 1000 10000] [--keep FOLDER]`.

Every second article of a generated archive gets links to others: relative paths, names and web addresses. Prints for
each size the processor time from a link to its article (looking it up and reading its metadata), that of all links of a
page with 5,000 links, of backlinks, similar articles, series and queries about links; and what links add to the
processor time of indexing. With `--follow N`, also the time from the key to the arrival of the article that a link
leads to, on the real screen in a pseudo-terminal, where only a quiet machine gives meaningful numbers. With `--keep`,
a second run needs no new archive and no new index."""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from unittest import mock

from reader.archive.archive import Archive, open_archives
from reader.archive.walk import FoundFile, walk
from reader.finding.linked import LinkQueries
from reader.index import texts
from reader.index.index import Index
from reader.index.index_file import in_memory
from reader.index.schema import connect
from reader.index.writer import Writer
from reader.indexing.update import UpdateOptions, update
from reader.linking.archive_links import ArchiveLinks
from reader.search.query_tree import Field, Words
from tests.benchmarks.corpus import write_corpus
from tests.benchmarks.following import follow, write_hub

if TYPE_CHECKING:
    from reader.archive.article import Article

LINKS = 6
"""Links of an article that has any."""


def link_files(root: Path, seed: int = 3) -> list[str]:
    """Append links to every second file that is UTF-8; return the paths of all, relative to the root."""
    random = Random(seed)  # noqa: S311 - the same links each time
    found = [one.path for one in walk(Archive(root, root.name)) if isinstance(one, FoundFile)]
    for number, path in enumerate(found):
        if number % 2:
            continue
        folder = os.path.dirname(path)  # noqa: PTH120 - for speed
        written: list[str] = []
        for other in random.sample(found, min(LINKS, len(found))):
            inner = os.path.relpath(other, folder)
            name = Path(other).stem
            kind = random.randrange(3)
            if kind == 0:
                written.append(f'<p><a href="{inner.replace("#", "%23").replace("?", "%3F")}">{name}</a></p>')
            elif kind == 1:
                written.append(f'<p><a href="wiki:{name}">{name}</a></p>')
            else:
                written.append(f'<p><a href="https://example.org/{number}/{random.randrange(999)}">外</a></p>')
        with Path(path).open("ab") as file:
            file.write("\n".join(["", *written, ""]).encode())
    return [os.path.relpath(path, root) for path in found]


def milliseconds(work: Callable[[], object]) -> float:
    """Milliseconds of processor time that some work takes."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1e3


def shown(values: Sequence[float]) -> str:
    """The median and the 95th percentile."""
    ordered = sorted(values)
    return f"{statistics.median(ordered):7.1f} ms, p95 {ordered[int(len(ordered) * 0.95)]:7.1f} ms"


def measure(index: Index, count: int) -> None:
    """Print the times of everything that is asked about the links of an article."""
    random = Random(5)  # noqa: S311 - the same articles each time
    keys = index.shown_keys()
    articles = [index.articles([key])[key] for key in random.sample(list(keys), min(count, len(keys)))]
    links = ArchiveLinks([index])
    rows = index.rows("SELECT key, target FROM link WHERE target NOT LIKE 'http%' LIMIT 50000")
    asked = random.sample(rows, min(300, len(rows)))
    sources = {key: index.articles([key])[key] for key, _target in asked}

    def follow(key: int, target: str) -> None:
        links.article(links.destination(sources[key], target))

    follow(*asked[0])
    print("  follow one link      ", shown([milliseconds(partial(follow, *one)) for one in asked]))
    many = [target for _key, target in rows[:5_000]]
    times = [milliseconds(lambda: links.destinations(articles[0], many)) for _ in range(5)]
    print(f"  {len(many):,} links at once  ", shown(times))
    questions: tuple[tuple[str, Callable[[Article], object]], ...] = (
        ("linked from          ", links.linked_from),
        ("links to             ", links.links_to),
        ("similar articles     ", links.similar),
        ("series               ", links.series),
    )
    for name, work in questions:
        work(articles[0])
        print(f"  {name}", shown([milliseconds(partial(work, one)) for one in articles]))
    queries = LinkQueries([index])
    for title, ask, field in (
        ("link:", queries.linking_to, Field.LINK),
        ("linkedby:", queries.linked_by, Field.LINKED_BY),
    ):
        words = [Words(one.title, exact=True, field=field) for one in articles]
        print(f"  {title:<21}", shown([milliseconds(partial(ask, one)) for one in words]))
    print(f"  is:orphan             {milliseconds(queries.orphans):7.0f} ms once, {len(queries.orphans()):,} articles")


def indexing_cost(root: Path, most: int) -> None:
    """Print the processor time of indexing some texts with links and without, in turns, and its ratio."""
    place, connection = in_memory()
    update(0, open_archives([root])[0], place, UpdateOptions(texts=False))
    reader = Writer(connect(place, write=True), os.fspath(root))
    wanted = reader.wanted(most, 2**62)

    def run(*, links: bool) -> float:
        where, made = in_memory()
        update(0, open_archives([root])[0], where, UpdateOptions(texts=False))
        writer = Writer(connect(where, write=True), os.fspath(root))
        begun = time.process_time()
        if links:
            read = texts.read_texts(wanted)
        else:
            with (
                mock.patch.object(texts, "_links", return_value=()),
                mock.patch.object(texts, "article_keys", return_value=()),
            ):
                read = texts.read_texts(wanted)
        with writer.transaction():
            for text in sorted(read):
                writer.put_text(text)
        spent = time.process_time() - begun
        made.close()
        return spent

    pairs = [(run(links=True), run(links=False)) for _ in range(5)]
    ratios = [first / second for first, second in pairs]
    print(f"  indexing {len(wanted):,} texts: links add {(statistics.median(ratios) - 1) * 100:+.1f} % processor time")
    connection.close()


def main() -> None:
    """Measure archives of the sizes that are asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--keep", type=Path, help="a folder that keeps archives and indexes")
    parser.add_argument("-n", type=int, default=60, help="articles that are asked about")
    parser.add_argument("--follow", type=int, default=0, help="links that are followed on the real screen")
    parser.add_argument("--only-follow", action="store_true", help="measure nothing else")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            base = options.keep or Path(folder)
            root, path = base / f"archive-{size}", base / f"index-{size}.db"
            if not root.exists():
                write_corpus(root, size)
                link_files(root)
            write_hub(root, 200)
            (archive,) = open_archives([root])
            print(f"{size:,} articles")
            if not options.only_follow:
                begun = time.perf_counter()
                update(0, archive, os.fspath(path), UpdateOptions())
                print(f"  indexed in {time.perf_counter() - begun:.0f} s, {path.stat().st_size / 2**20:.0f} MiB")
                measure(Index(archive, os.fspath(path)), options.n)
                indexing_cost(root, min(size, 2_000))
            if options.follow:
                forth, back = follow(root, base / f"screen-{size}", options.follow)
                print(f"  key to the article    {shown(forth)} ({options.follow} links, real screen)")
                print(f"  and back              {shown(back)}")


if __name__ == "__main__":
    main()
