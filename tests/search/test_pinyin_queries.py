"""Which words of a query are read as pinyin: unquoted ones, in titles and categories, without a literal match."""

from pathlib import Path

import pytest

from reader.search.federated import Search
from reader.search.query_parser import parse
from tests.linking.archives import linked

pytest.importorskip("pypinyin")

FILES = {
    "灯塔.md": "---\ntitle: 灯塔\ncategory: 航标\nauthor: 邓塔\nsource: 灯塔报\ntags: [灯塔]\n---\n\n夜里的浮桥。\n",
    "码头.md": "---\ntitle: 码头\ncategory: 港口\n---\n\n潮水。\n",
    "港.md": "---\ntitle: 港\n---\n\nmatou 一词。\n",
}
LIGHTHOUSE, QUAY, PORT = FILES


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("dengta", {LIGHTHOUSE}),
        ("title:dengta", {LIGHTHOUSE}),
        ("cat:hangbiao", {LIGHTHOUSE}),
        ("dengta OR title:matou", {LIGHTHOUSE, QUAY}),
        ("-dengta", {QUAY, PORT}),
        # A quoted word is meant literally.
        ('"dengta"', set()),
        ('title:"dengta"', set()),
        # Only titles and categories are indexed by their sound.
        ("author:dengta", set()),
        ("source:dengtabao", set()),
        ("path:dengta", set()),
        ("tag:dengta", set()),
        ("fuqiao", set()),
        # A literal match takes precedence.
        ("matou", {PORT}),
        ("title:matou", {QUAY}),
    ],
)
def test_word_without_a_literal_match_is_read_as_pinyin(tmp_path: Path, query: str, names: set[str]) -> None:
    node = parse(query)
    assert node is not None
    with linked(tmp_path, FILES) as archive:
        search = Search([archive.index])
        assert {article.path.name for _hit, article in search.articles(search.all(node))} == names
