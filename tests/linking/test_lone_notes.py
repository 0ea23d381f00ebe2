"""Links of a note that was opened alone: they lead to files of its vault, which is not indexed."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.archive.article import Article
from reader.index.index import Index
from reader.index.index_file import in_memory
from reader.indexing.update import UpdateOptions, update
from reader.linking.archive_links import ArchiveLinks

VAULT = {
    "vault/.obsidian/app.json": "{}",
    "vault/一.md": "# 一\n\n见[[灯塔]]。",
    "vault/港/灯塔.md": "灯塔。回[[一]]，见 [[渡口]]。",
    "vault/港/渡口.md": "渡口\n\n## 二\n\n正文",
    "vault/港/README.md": "港口",
    "outside.md": "外",
}


@contextmanager
def lone(
    root: Path, files: Mapping[str, str], note: str, *, indexed: str = ""
) -> Iterator[tuple[ArchiveLinks, Article]]:
    """Write files, and open one of them alone; the folder `indexed` was indexed before."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with ExitStack() as stack:
        opened: list[Index] = []
        for archive in open_archives([root / name for name in (note, indexed) if name]):
            place, connection = in_memory()
            stack.callback(connection.close)
            update(0, archive, place, UpdateOptions())
            opened.append(Index(archive, place))
            stack.callback(opened[-1].close)
        (article,) = opened[0].articles(opened[0].shown_keys()).values()
        yield ArchiveLinks(opened), article


def led(links: ArchiveLinks, article: Article, target: str, root: Path) -> str:
    """Where a link leads, as `kind path#fragment`."""
    found = links.destination(article, target)
    place = found.path.relative_to(root).as_posix() if found.path is not None else ""
    return f"{found.kind} {place}" + (f"#{found.fragment}" if found.fragment else "")


@pytest.mark.parametrize(
    ("note", "target", "expected"),
    [
        ("vault/一.md", "wiki:灯塔", "article vault/港/灯塔.md"),
        ("vault/一.md", "embed:港/渡口#二", "article vault/港/渡口.md#二"),
        ("vault/一.md", "港/渡口.md#二", "article vault/港/渡口.md#二"),
        ("vault/一.md", "港/渡口", "article vault/港/渡口.md"),
        ("vault/一.md", "港/渡口.html", "article vault/港/渡口.md"),
        ("vault/一.md", "港/", "article vault/港/README.md"),
        ("vault/一.md", "港/readme.MD", "article vault/港/README.md"),
        ("vault/一.md", "wiki:无", "missing "),
        ("vault/一.md", "../outside.md", "unsafe "),
        ("vault/港/灯塔.md", "../一.md", "article vault/一.md"),
        ("vault/港/灯塔.md", "wiki:一", "article vault/一.md"),
        ("vault/港/灯塔.md", "/港/渡口.md", "article vault/港/渡口.md"),
        ("vault/港/灯塔.md", "wiki:灯塔", "here vault/港/灯塔.md"),
        ("vault/港/灯塔.md", "../../outside.md", "unsafe "),
    ],
)
def test_links_lead_to_the_vault(tmp_path: Path, note: str, target: str, expected: str) -> None:
    with lone(tmp_path, VAULT, note) as (links, article):
        assert led(links, article, target, tmp_path) == expected


def test_links_of_a_note_that_a_link_has_opened(tmp_path: Path) -> None:
    with lone(tmp_path, VAULT, "vault/一.md") as (links, article):
        second = links.article(links.destination(article, "wiki:灯塔"))
        assert second is not None
        assert led(links, second, "wiki:渡口", tmp_path) == "article vault/港/渡口.md"
        third = links.article(links.destination(second, "渡口.md"))
        assert third is not None
        assert third.path == tmp_path / "vault/港/渡口.md"


def test_the_home_of_the_user_is_no_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    files = {".git/config": "", "a.md": "[[b]] [b](sub/b)", "sub/b.md": "b"}
    with lone(tmp_path, files, "a.md") as (links, article):
        assert led(links, article, "wiki:b", tmp_path) == "missing "
        assert led(links, article, "sub/b", tmp_path) == "missing "
        assert led(links, article, "sub/b.md", tmp_path) == "article sub/b.md"


def test_links_by_the_index_of_the_archive(tmp_path: Path) -> None:
    files = VAULT | {
        "vault/港/灯塔.md": "---\nurl: https://example.org/light\n---\n\n回[[一]]",
        "vault/一.md": "见 <https://www.example.org/light/?utm_source=x>、[[新]]、[新](新)。",
    }
    with lone(tmp_path, files, "vault/一.md", indexed="vault") as (links, article):
        address = "https://www.example.org/light/?utm_source=x"
        assert led(links, article, address, tmp_path) == "article vault/港/灯塔.md"
        assert led(links, article, "../vault/港/渡口", tmp_path) == "unsafe "
        assert [one.article.path.name for one in links.linked_from(article)] == ["灯塔.md"]
        assert [one.path.name for one in links.links_to(article)] == ["灯塔.md"]
        second = links.article(links.destination(article, address))
        assert second is not None
        assert led(links, second, "wiki:一", tmp_path) == "article vault/一.md"
        # The index may be older than the files.
        (tmp_path / "vault/新.md").write_text("新", encoding="utf-8")
        assert led(links, article, "wiki:新", tmp_path) == "article vault/新.md"
        assert led(links, article, "新", tmp_path) == "article vault/新.md"


def test_the_index_of_the_folder_of_a_flat_archive(tmp_path: Path) -> None:
    files = {"a/one.md": "见 [[two]]", "a/two.md": "二，见 [[one]]"}
    with lone(tmp_path, files, "a/one.md", indexed="a") as (links, article):
        assert led(links, article, "wiki:two", tmp_path) == "article a/two.md"
        assert [one.article.path.name for one in links.linked_from(article)] == ["two.md"]


def test_links_of_an_archive_that_is_not_indexed_yet(tmp_path: Path) -> None:
    for name, text in VAULT.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (archive,) = open_archives([tmp_path / "vault"])
    place, connection = in_memory()
    update(0, archive, place, UpdateOptions(texts=False))
    index = Index(archive, place)
    try:
        articles = {one.path.name: one for one in index.articles(index.shown_keys()).values()}
        links = ArchiveLinks([index])
        assert led(links, articles["一.md"], "wiki:灯塔", tmp_path) == "article vault/港/灯塔.md"
        assert led(links, articles["一.md"], "港/渡口.html#二", tmp_path) == "article vault/港/渡口.md#二"
        assert led(links, articles["一.md"], "wiki:无", tmp_path) == "missing "
    finally:
        index.close()
        connection.close()
