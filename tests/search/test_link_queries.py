"""Queries about links and addresses."""

from pathlib import Path

import pytest

from reader.search.federated import Search
from reader.search.query import parse
from reader.search.query_writer import written
from tests.linking.archives import linked

FILES = {
    "灯塔.md": "---\ntitle: 灯塔\nurl: https://news.example.org/light\n---\n\n见[渡口](渡口.md)和<https://docs.example.com/a>。\n",
    "渡口.md": "回到[[灯塔]]。\n",
    "独.md": "没有链接。\n",
}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("link:渡口", {"灯塔.md"}),
        ("link:example.com", {"灯塔.md"}),
        ("link:灯塔", {"渡口.md"}),
        ("linkedby:灯塔", {"渡口.md"}),
        ("url:example.org", {"灯塔.md"}),
        ("网址:example.org", {"灯塔.md"}),
        ("url:example_org", set()),
        ("is:orphan", {"独.md"}),
        ("-is:orphan", {"灯塔.md", "渡口.md"}),
        ("has:links", {"灯塔.md", "渡口.md"}),
        ("link:渡口 OR is:orphan", {"灯塔.md", "独.md"}),
        ("渡口 link:example.com", {"灯塔.md"}),
    ],
)
def test_queries_about_links(tmp_path: Path, query: str, names: set[str]) -> None:
    node = parse(query)
    assert node is not None
    assert parse(written(node)) == node
    with linked(tmp_path, FILES) as archive:
        search = Search([archive.index])
        found = search.articles(search.all(node))
        assert {article.path.name for _hit, article in found} == names
        assert search.count(node) == len(names)
