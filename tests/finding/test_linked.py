"""Queries about links and addresses."""

from pathlib import Path

import pytest

from reader.finding.linked import LinkQueries, with_links
from reader.search.federated import Search
from reader.search.query_parser import parse
from reader.search.query_writer import written
from tests.linking.archives import linked

FILES = {
    "灯塔.md": (
        "---\ntitle: 灯塔记\nurl: https://news.example.org/light\n---\n\n见[渡口](渡口.md)和<https://docs.example.com/a>。\n"
    ),
    "渡口.md": "回到[[灯塔]]。\n",
    "独.md": "没有链接。\n",
    "甲/同名.md": "见[[独自一人]]、[没有的](../没有/渡口.md)和[自己](同名.md)。\n",
    "乙/同名.md": "[旁边](./同名.md)\n",
    "丙/c.md": "[那边的](../乙/同名.md)\n",
}
ALL = {"灯塔.md", "渡口.md", "独.md", "甲/同名.md", "乙/同名.md", "丙/c.md"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("link:渡口", {"灯塔.md", "甲/同名.md"}),
        ("link:渡口.md", {"灯塔.md", "甲/同名.md"}),
        ("link:example.com", {"灯塔.md"}),
        ("link:灯塔", {"渡口.md"}),
        ("link:灯塔记", {"渡口.md"}),
        ("linkedby:灯塔", {"渡口.md"}),
        ("linkedby:灯塔记", {"渡口.md"}),
        ("linkedby:丙/c", {"乙/同名.md"}),
        ("linkedby:同名", set()),
        ("linkedby:没有的", set()),
        ("url:example.org", {"灯塔.md"}),
        ("网址:example.org", {"灯塔.md"}),
        ("url:example_org", set()),
        # A whole address, however it is spelled.
        ("url:http://www.news.example.org/light/?utm_source=a#b", {"灯塔.md"}),
        ("url:https://news.example.org/ligh", {"灯塔.md"}),
        ("url:https://www.news.example.org/ligh", set()),
        ("-url:https://www.news.example.org/light/ url:example.org", set()),
        # The links to articles of the same name in other folders lead to one of them, or to none.
        ("is:orphan", {"独.md", "甲/同名.md", "丙/c.md"}),
        ("-is:orphan", {"灯塔.md", "渡口.md", "乙/同名.md"}),
        ("has:links", ALL - {"独.md"}),
        ("link:渡口 OR is:orphan", {"灯塔.md", "独.md", "甲/同名.md", "丙/c.md"}),
        ("渡口 link:example.com", {"灯塔.md"}),
    ],
)
def test_queries_about_links(tmp_path: Path, query: str, names: set[str]) -> None:
    node = parse(query)
    assert node is not None
    assert parse(written(node)) == node
    with linked(tmp_path, FILES) as archive:
        search = Search([archive.index], with_links([archive.index], lambda _asked: ()))
        found = search.articles(search.all(node))
        assert {article.path.relative_to(tmp_path).as_posix() for _hit, article in found} == names
        assert search.count(node) == len(names)


def test_orphans_are_those_without_backlinks(tmp_path: Path) -> None:
    with linked(tmp_path, FILES) as archive:
        articles = [archive.article(name) for name in ALL]
        alone = {one.id for one in articles if not archive.links.linked_from(one)}
        queries = LinkQueries([archive.index])
        assert queries.orphans() == alone
        # Nothing has changed.
        assert queries.orphans() is queries.orphans()
