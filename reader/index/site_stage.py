"""A stage of a sync: learns, from samples of the pages that were saved from a site, which blocks are its boilerplate.

Pages from one host in one folder count as a site; see `archive/page_sites.py`.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from reader.archive.page_sites import site_of
from reader.index import sync_on_demand as on_demand
from reader.index.entries import PageBlocks, SamplePage
from reader.index.writer import Writer
from reader.lean_dataclasses import dataclass

_LEAST_PAGES = 6
"""The minimum number of pages from which the boilerplate of a site is learned."""
_SAMPLE = 24
"""The maximum number of pages of a site that are compared."""
_AGAIN = 4
"""The growth after which a site is learned again: this many times as many pages as when it was learned."""
_LEAST, _SHARE = 4, 0.5
"""A block is boilerplate if at least this number and this share of the compared pages have it."""
_MOST_BLOCKS = 400
_LEAST_FOR_WORKERS = 60
"""The number of pages from which worker processes read them."""


@dataclass(slots=True)
class SiteStage:
    """Learning of sites. Call `run` once, before texts are indexed.

    Attributes:
        writer: The writer of the index.
        root: The root of the archive.
        stopped: Returns whether to stop.
    """

    writer: Writer
    root: str
    stopped: Callable[[], bool]

    def run(self) -> None:
        """Learn the sites that have enough new pages, and index their pages again if their boilerplate has changed."""
        waiting: defaultdict[str, int] = defaultdict(int)
        for _key, _path, _title, site in self._pages("AND length IS NULL"):
            waiting[site] += 1
        if not waiting:
            return
        known = {
            name: (pages, learned)
            for name, pages, learned in self.writer.connection.execute("SELECT name, pages, learned FROM site")
        }
        due: set[str] = set()
        with self.writer.transaction():
            for site, count in waiting.items():
                pages, learned = known.get(site, (0, 0))
                if pages + count >= max(_LEAST_PAGES, _AGAIN * learned):
                    due.add(site)
                self.writer.connection.execute(
                    "INSERT INTO site (name, pages, learned, blocks) VALUES (?, ?, 0, '')"
                    " ON CONFLICT (name) DO UPDATE SET pages = pages + excluded.pages",
                    (site, count),
                )
        if due:
            self._learn(due)

    def _pages(self, condition: str = "") -> Iterator[tuple[int, str, str, str]]:
        """Yield the key, path, title and site of the articles that may be whole pages."""
        statement = f"SELECT key, path, title, url FROM article WHERE format = 'html' {condition}"
        rows: list[tuple[Any, ...]] = self.writer.connection.execute(statement).fetchall()
        for key, path, title, url in rows:
            inner = os.fsdecode(path)
            if site := site_of(inner, url):
                yield key, inner, title, site

    def _learn(self, due: set[str]) -> None:
        keys: defaultdict[str, list[int]] = defaultdict(list)
        samples: defaultdict[str, dict[str, SamplePage]] = defaultdict(dict)
        for key, path, title, site in self._pages():
            if site in due:
                keys[site].append(key)
                # Versions of one article share all of their blocks, so only one of them is a sample.
                if len(samples[site]) < _SAMPLE:
                    whole = os.path.join(self.root, path)  # noqa: PTH118 - keep the spelling
                    samples[site].setdefault(title, SamplePage(site, whole, title))
        found = self._blocks([page for pages in samples.values() for page in pages.values()])
        if self.stopped():
            return
        with self.writer.transaction():
            for site in due:
                self._put(site, keys[site], found[site])

    def _blocks(self, pages: list[SamplePage]) -> dict[str, list[frozenset[int]]]:
        """The blocks of each page, by site."""
        found: defaultdict[str, list[frozenset[int]]] = defaultdict(list)
        pool = on_demand.WorkerPool(
            on_demand.read_page_blocks,
            lambda page, _failure: PageBlocks(page, frozenset()),
            on_demand.pool_size(len(pages), _LEAST_FOR_WORKERS),
        )
        waiting = iter(pages)
        with pool:
            while job := list(islice(waiting, 8)):
                pool.submit(job)
                for results in pool.results(finish=False):
                    _collect(results, found)
                if self.stopped():
                    return found
            for results in pool.results(finish=True):
                _collect(results, found)
                if self.stopped():
                    return found
        return found

    def _put(self, site: str, keys: list[int], pages: list[frozenset[int]]) -> None:
        """Store the boilerplate of a site; if it has changed, forget the texts of its pages to index them again."""
        learned = on_demand.learned_blocks(pages, _LEAST, _SHARE) if len(pages) >= _LEAST_PAGES else frozenset[int]()
        written = " ".join(map(str, sorted(learned)[:_MOST_BLOCKS]))
        before = self.writer.connection.execute("SELECT blocks FROM site WHERE name = ?", (site,)).get
        self.writer.connection.execute(
            "UPDATE site SET blocks = ?, learned = ?, pages = ? WHERE name = ?", (written, len(keys), len(keys), site)
        )
        if written != before:
            self.writer.forget_texts(keys)


def _collect(results: list[PageBlocks], found: defaultdict[str, list[frozenset[int]]]) -> None:
    for page, blocks in results:
        if blocks:
            found[page.site].append(blocks)


def known_sites(writer: Writer) -> dict[str, frozenset[int]]:
    """The boilerplate blocks of each site that has any."""
    rows = writer.connection.execute("SELECT name, blocks FROM site WHERE blocks <> ''")
    return {name: frozenset(map(int, blocks.split())) for name, blocks in rows}
