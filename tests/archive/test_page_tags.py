"""Tags of saved pages: the keywords of JSON-LD, and the categories of MediaWiki."""

from pathlib import Path

import pytest

from tests.archive.test_scan import articles, write


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        ('["海", "船", "海"]', ("海", "船")),
        ('"海， 船; 港口"', ("海", "船", "港口")),
        ('[{"@type": "DefinedTerm", "name": "海"}, 7, null]', ("海",)),
        ('["tag:internal", "https://example.org", ""]', ()),
        ("{}", ()),
    ],
)
def test_keywords_of_json_ld(tmp_path: Path, keywords: str, expected: tuple[str, ...]) -> None:
    described = f'{{"@type": "NewsArticle", "headline": "灯塔", "keywords": {keywords}}}'
    page = f'<!DOCTYPE html><html><head><script type="application/ld+json">{described}</script></head><body><p>正文'
    write(tmp_path / "a.html", page)
    (article,) = articles(tmp_path)
    assert article.tags == expected


def test_categories_of_mediawiki(tmp_path: Path) -> None:
    listed = '"wgCategories":["灯塔","All stub articles","CS1 errors","含有英語的條目","1853年建立"]'
    page = f"<!DOCTYPE html><html><head><title>灯塔</title><script>RLCONF={{{listed}}};</script></head><body><p>正文"
    write(tmp_path / "a.html", page)
    (article,) = articles(tmp_path)
    assert article.tags == ("灯塔", "1853年建立")


def test_tags_of_front_matter_outrank_those_of_the_page(tmp_path: Path) -> None:
    write(
        tmp_path / "a.html",
        '---\ntags: [甲]\n---\n<html><head><script>x={"wgCategories":["乙"]}</script></head><p>正文',
    )
    (article,) = articles(tmp_path)
    assert article.tags == ("甲",)
