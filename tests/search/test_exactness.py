"""Exact titles come first, symbols are told apart, and words are found while they are typed."""

from pathlib import Path

import pytest

from reader.finding.finder import begun
from reader.search.federated import Search, Sort
from reader.search.query_parser import parse
from tests.linking.archives import linked

FILES = {
    "book.md": "---\ntitle: Rust 与灯塔，Rust 与海，Rust\n---\n\nRust Rust Rust，学 C++ 和 Rust。\n",
    "rust.md": "---\ntitle: “Rust”\n---\n\n海边的灯塔夜里亮着，C# 也亮着。\n",
    "light.md": "---\ntitle: 灯塔\n---\n\n完成 100%，用 C 写成，go 又 going。\n",
    "google.md": "---\ntitle: google google\n---\n\n搜索。\n",
}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("rust", ["rust.md", "book.md"]),
        ("灯塔", ["light.md", "book.md", "rust.md"]),
        ("title:rust", ["rust.md", "book.md"]),
        ("C++", ["book.md"]),
        ("C#", ["rust.md"]),
        ("100%", ["light.md"]),
        ("title:C++", []),
        ("灯塔 -C#", ["light.md", "book.md"]),
    ],
)
def test_results_in_order(tmp_path: Path, query: str, names: list[str]) -> None:
    assert _found(tmp_path, query, typed=False) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("ru", ["book.md", "rust.md"]),
        ("灯塔 ru", ["book.md", "rust.md"]),
        ("go ", ["light.md"]),
        ('"ru"', []),
        ("go", ["google.md", "light.md"]),
    ],
)
def test_the_last_word_is_found_while_it_is_typed(tmp_path: Path, query: str, names: list[str]) -> None:
    assert sorted(_found(tmp_path, query, typed=True)) == names


def _found(folder: Path, query: str, *, typed: bool) -> list[str]:
    with linked(folder, FILES) as made:
        search = Search([made.index])
        node = begun(parse(query), query) if typed else parse(query)
        hits = search.find(node, Sort.BEST)
        return [article.path.name for _hit, article in search.articles(hits)]
