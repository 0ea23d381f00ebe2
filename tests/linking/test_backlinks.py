"""Links to an article, and mentions of it."""

from pathlib import Path

from reader.finding.linked import LinkQueries
from reader.linking.stored_links import stored_links
from tests.linking.archives import linked

FILES = {
    "港口/灯塔.md": "---\ntitle: 灯塔记\nurl: https://example.org/light\n---\n\n灯塔立在港口的尽头。\n",
    "山/灯塔.md": "---\ntitle: 山上的灯\n---\n\n山上也有灯。\n",
    "港口/a.md": "船来了。我在[[灯塔]]下等着它，见 [山](../山/灯塔.md)。船又走了。\n",
    "山/b.md": "这里说的是[[灯塔]]。\n",
    "c.html": '<p>第一句。第二句有<a href="http://www.example.org/light/">一个地址</a>。第三句。</p>',
    "d.md": "没有链接，只提到灯塔记这篇文章。别的一句。\n",
    "e.md": "别的。\n",
}


def test_only_links_that_lead_to_the_article_count(tmp_path: Path) -> None:
    with linked(tmp_path, FILES) as archive:
        found = archive.links.linked_from(archive.article("港口/灯塔.md"))
        said = {one.article.path.relative_to(tmp_path).as_posix(): (one.text, one.sentence) for one in found}
        assert said == {
            "港口/a.md": ("灯塔", "我在灯塔下等着它，见 山。"),
            "c.html": ("一个地址", "第二句有一个地址。"),
        }
        other = archive.links.linked_from(archive.article("山/灯塔.md"))
        assert {one.article.path.name for one in other} == {"a.md", "b.md"}
        assert archive.links.linked_from(archive.article("e.md")) == []


def test_the_articles_that_an_article_links_to(tmp_path: Path) -> None:
    with linked(tmp_path, FILES) as archive:
        found = archive.links.links_to(archive.article("港口/a.md"))
        assert [one.path.relative_to(tmp_path).as_posix() for one in found] == ["港口/灯塔.md", "山/灯塔.md"]


def test_mentions_are_those_without_a_link(tmp_path: Path) -> None:
    with linked(tmp_path, FILES) as archive:
        (found,) = archive.links.mentions(archive.article("港口/灯塔.md"))
        assert found.article.path.name == "d.md"
        assert (found.text, found.sentence) == ("灯塔记", "没有链接，只提到灯塔记这篇文章。")


def test_references_with_blanks_and_queries_are_backlinks(tmp_path: Path) -> None:
    reference = '{{< relref "渡 口.md" >}}'
    files = {
        "content/渡 口.md": "船夫。\n",
        "content/a.md": f"见[渡口]({reference}?a=b#岸)。\n",
        "content/b.md": f"[口]({reference})\n",
    }
    with linked(tmp_path, files) as archive:
        found = archive.links.linked_from(archive.article("content/渡 口.md"))
        assert {one.article.path.name for one in found} == {"a.md", "b.md"}


def test_references_to_blocks_are_backlinks(tmp_path: Path) -> None:
    block = "64f1c0de-1111-2222-3333-444455556666"
    files = {"块.md": f"- 一块\n  id:: {block}\n", "a.md": f"- 见 (({block}))\n"}
    with linked(tmp_path, files) as archive:
        (found,) = archive.links.linked_from(archive.article("块.md"))
        assert (found.article.path.name, found.target) == ("a.md", f"wiki:(({block}))")


def test_whole_addresses_on_the_host_of_the_site_are_backlinks(tmp_path: Path) -> None:
    files = {
        "_config.yml": "url: https://blog.example.net\npermalink: /:year/:month/:title/\n",
        "source/_posts/灯塔.md": "---\ntitle: 灯\ndate: 2021-03-04\n---\n\n灯塔立在港口的尽头。\n",
        "source/_posts/a.md": "见[旧文](https://blog.example.net/2021/03/灯塔/)。\n",
        "source/_posts/b.md": "见[别处](https://other.example.net/2021/03/灯塔/)和[那年](https://blog.example.net/2019/03/灯塔/)。\n",
    }
    with linked(tmp_path, files) as archive:
        article = archive.article("source/_posts/灯塔.md")
        (found,) = archive.links.linked_from(article)
        assert (found.article.path.name, found.sentence) == ("a.md", "见旧文。")
        assert article.id not in LinkQueries([archive.index]).orphans()


def test_orphans_are_what_no_resolved_link_leads_to(tmp_path: Path) -> None:
    """Links of plain forms are not resolved for the orphans, which must make no difference."""
    targets = (
        "[a](b.md) [[灯塔]]",
        "[a](sub/c.md#x) [[无]] [[c]]",
        "[a](../灯%E5%A1%94.md) [[sub/d|名]] [a](d.html) [a](./e)",
        "[[灯塔#一]] [a](/sub/f.md) [a](sub/../sub/g.md?x=1) [[H]]",
        "[a](../../x.md) [[twice]] [a](i.md)",
    )
    names = (
        "灯塔",
        "b",
        "sub/c",
        "sub/d",
        "sub/e",
        "sub/f",
        "sub/g",
        "sub/h",
        "sub/i",
        "i",
        "x/twice",
        "y/twice",
        "alone",
    )
    files = {
        f"{name}.md": f"---\ntitle: 题{number}\n---\n\n{targets[number % len(targets)]} 第{number}篇。\n"
        for number, name in enumerate(names)
    }
    with linked(tmp_path, files) as archive:
        articles = archive.index.articles(archive.index.shown_keys()).values()
        led = {
            found.article_id
            for article in articles
            for stored_article, stored, _pictures in stored_links(archive.index)
            if stored_article.id == article.id
            for found in archive.links.destinations(article, [one.target for one in stored])
            if found.article_id != article.id
        }
        orphans = {article.id for article in articles} - led
        assert 2 <= len(orphans) < len(names) - 2
        assert LinkQueries([archive.index]).orphans() == orphans
