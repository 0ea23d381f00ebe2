"""Exports in JSON of services that publish posts, of social networks and of chats."""

import json
from pathlib import Path

import pytest

from reader.archive.bundles.bundle import open_bundle
from reader.archive.scan import read_body
from reader.document.blocks import Heading
from reader.parse.parser import parse
from tests.archive.bundles.making import found, told, write_json

GHOST = {
    "db": [
        {
            "meta": {"version": "5.0"},
            "data": {
                "posts": [
                    {
                        "id": "p1",
                        "title": "海港",
                        "slug": "harbour",
                        "html": "<p>灯塔</p>",
                        "lexical": None,
                        "published_at": "2021-11-10T08:37:48.000Z",
                    },
                    {"id": "p2", "title": "空", "slug": "e", "html": None, "lexical": None, "published_at": None},
                ],
                "posts_authors": [{"post_id": "p1", "author_id": "u1"}],
                "posts_tags": [{"post_id": "p1", "tag_id": "t1"}, {"post_id": "p1", "tag_id": "t2"}],
                "tags": [{"id": "t1", "name": "海"}, {"id": "t2", "name": "#internal"}],
                "users": [{"id": "u1", "name": "林晚"}],
            },
        }
    ]
}
WORDPRESS = [
    {
        "id": 7,
        "date": "2021-11-10T08:37:48",
        "date_gmt": "2021-11-10T00:37:48",
        "guid": {"rendered": "https://e.org/?p=7"},
        "link": "https://e.org/harbour",
        "title": {"rendered": "海港 &#8211; 一"},
        "content": {"rendered": "<p>灯塔</p>", "protected": False},
        "author": 1,
        "tags": [3],
    }
]
BLOGGER = {
    "kind": "blogger#postList",
    "items": [
        {
            "kind": "blogger#post",
            "id": "5",
            "blog": {"id": "1"},
            "published": "2021-11-10T08:37:48+08:00",
            "url": "https://e.org/harbour",
            "title": "海港",
            "content": "<p>灯塔</p>",
            "author": {"displayName": "林晚"},
            "labels": ["海"],
        }
    ],
}
TOOT = {
    "type": "Create",
    "actor": "https://e.org/users/linwan",
    "object": {
        "id": "https://e.org/users/linwan/statuses/9",
        "type": "Note",
        "summary": "海 & 风",
        "published": "2021-11-10T08:37:48Z",
        "url": "https://e.org/@linwan/9",
        "attributedTo": "https://e.org/users/linwan",
        "content": "<p>灯塔</p>",
        "attachment": [{"mediaType": "image/png", "url": "/media/a.png", "name": "一座灯塔"}],
        "tag": [{"type": "Hashtag", "name": "#海"}, {"type": "Mention", "name": "@x"}],
    },
}
BOOST = {"type": "Announce", "actor": "https://e.org/users/linwan", "object": "https://e.org/users/x/statuses/1"}
MASTODON = {"@context": "x", "type": "OrderedCollection", "orderedItems": [BOOST, TOOT]}
TWEET = {
    "tweet": {
        "id_str": "11",
        "created_at": "Wed Nov 10 08:37:48 +0000 2021",
        "full_text": "灯塔 &lt;夜&gt; https://t.co/a\n第二行 https://t.co/b",
        "entities": {
            "hashtags": [{"text": "海"}],
            "urls": [{"url": "https://t.co/a", "expanded_url": "https://e.org/x", "display_url": "e.org/x"}],
            "media": [{"url": "https://t.co/b", "media_url_https": "https://e.org/p.jpg"}],
        },
    }
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (GHOST, ("海港", "林晚", "2021-11-10", ("海",), "灯塔")),
        (WORDPRESS, ("海港 – 一", "", "2021-11-10", (), "灯塔")),
        (BLOGGER, ("海港", "林晚", "2021-11-10", ("海",), "灯塔")),
    ],
    ids=["Ghost", "WordPress", "Blogger"],
)
def test_posts_of_services(tmp_path: Path, value: object, expected: tuple[object, ...]) -> None:
    path = write_json(tmp_path / "a.json", value)
    (article,) = found(path)
    text = parse(read_body(article)[0]).leaves[0].text.text
    assert (article.title, article.author, str(article.date)[:10], tuple(article.tags), text) == expected
    assert told(path) == []


def test_posts_of_mastodon(tmp_path: Path) -> None:
    (article,) = found(write_json(tmp_path / "outbox.json", MASTODON))
    assert (article.author, article.url, str(article.date)[:10]) == ("linwan", "https://e.org/@linwan/9", "2021-11-10")
    assert list(article.tags) == ["海"]
    body = read_body(article)[0].text
    assert "<strong>海 &amp; 风</strong>" in body
    assert 'alt="一座灯塔"' in body


def test_posts_of_twitter(tmp_path: Path) -> None:
    path = tmp_path / "data" / "tweets.js"
    path.parent.mkdir()
    path.write_text("window.YTD.tweets.part0 = " + json.dumps([TWEET]), "utf-8")
    (article,) = found(path)
    assert (str(article.date)[:10], list(article.tags)) == ("2021-11-10", ["海"])
    body = read_body(article)[0].text
    assert body.startswith('<p>灯塔 &lt;夜&gt; <a href="https://e.org/x">e.org/x</a><br>第二行</p>')
    assert "https://e.org/p.jpg" in body
    assert "t.co" not in body


def test_a_script_of_that_name_is_none(tmp_path: Path) -> None:
    path = tmp_path / "tweets.js"
    path.write_text("export const tweets = [];", "utf-8")
    assert open_bundle(path) is None


TELEGRAM = {
    "name": "港口",
    "type": "private_group",
    "id": 42,
    "messages": [
        {"id": 1, "type": "service", "date": "2021-11-09T23:59:00", "actor": "林晚", "action": "create_group"},
        {
            "id": 2,
            "type": "message",
            "date": "2021-11-10T08:37:48",
            "from": "林晚",
            "from_id": "user1",
            "text": ["看 ", {"type": "text_link", "text": "灯塔", "href": "https://e.org"}, "\n第二行"],
            "photo": "photos/1.jpg",
        },
        {
            "id": 3,
            "type": "message",
            "date": "2021-11-10T08:40:00",
            "from": "<甲>",
            "from_id": "user2",
            "text": "a < b",
            "forwarded_from": "乙",
            "file": "files/x.pdf",
        },
    ],
}
DISCORD = {
    "guild": {"id": "1", "name": "海港"},
    "channel": {"id": "2", "name": "灯塔"},
    "messages": [
        {
            "id": "3",
            "type": "Default",
            "timestamp": "2021-11-10T08:37:48+00:00",
            "content": "雾散了",
            "author": {"name": "lin", "nickname": "林晚"},
            "attachments": [{"url": "https://e.org/x.pdf", "fileName": "x.pdf"}],
        }
    ],
    "messageCount": 1,
}


@pytest.mark.parametrize(
    "value", [TELEGRAM, {"about": "x", "chats": {"about": "y", "list": [TELEGRAM]}}], ids=["one", "all"]
)
def test_a_chat_of_telegram_is_one_article(tmp_path: Path, value: object) -> None:
    (article,) = found(write_json(tmp_path / "result.json", value))
    assert (article.title, str(article.date)[:10], article.path.name) == ("港口", "2021-11-10", "42.html")
    document = parse(read_body(article)[0])
    days = [leaf.text.text for leaf in document.leaves if isinstance(leaf, Heading)]
    assert days == ["2021-11-09", "2021-11-10"]
    text = "\n".join(leaf.text.text for leaf in document.leaves)
    assert "林晚 23:59\ncreate group\n" in text
    assert "林晚 08:37\n看 灯塔\n第二行" in text
    assert "<甲> 08:40 (乙)\na < b\nx.pdf" in text


def test_a_channel_of_discord_is_one_article(tmp_path: Path) -> None:
    (article,) = found(write_json(tmp_path / "a.json", DISCORD))
    assert article.title == "海港 › 灯塔"
    text = "\n".join(leaf.text.text for leaf in parse(read_body(article)[0]).leaves)
    assert text == "2021-11-10\n林晚 08:37\n雾散了\nx.pdf"


@pytest.mark.parametrize(
    "value",
    [
        {"name": "x", "type": "y", "messages": "none", "from_id": 1},
        {"messages": [1, {"from_id": 1}], "name": 1, "type": 2},
        {"db": {"data": {"posts": 3, "lexical": 1}}},
        {"orderedItems": [{"object": {"attributedTo": 1, "content": 2}}], "attributedTo": 1},
        [{"tweet": {"full_text": 1, "id_str": 2, "entities": []}}],
        {"guild": 1, "channel": 2, "messages": [{"author": "x", "attachments": {}}]},
    ],
)
def test_unusual_values_are_survived(tmp_path: Path, value: object) -> None:
    path = write_json(tmp_path / "a.json", value)
    for article in found(path):
        parse(read_body(article)[0])


def test_of_an_export_of_wordpress_only_articles_are_read(tmp_path: Path) -> None:
    item = (
        "<item><title>{0}</title><guid>{0}</guid><content:encoded><![CDATA[<p>灯塔 <code>&lt;wp:post_type>attachment"
        "</code></p>]]></content:encoded><wp:post_type>{1}</wp:post_type></item>"
    )
    types = ("post", "page", "book", "attachment", "<![CDATA[nav_menu_item]]>", "wp_global_styles", "custom_css")
    items = "".join(item.format(number, kind) for number, kind in enumerate(types))
    path = tmp_path / "a.xml"
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"'
    path.write_text(f'<rss version="2.0" {space}><channel><title>x</title>{items}</channel></rss>', "utf-8")
    assert [one.title for one in found(path)] == ["0", "1", "2"]


@pytest.mark.parametrize(
    "kind",
    [
        '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{0}"/>',
        "<blogger:type>{0}</blogger:type>",
    ],
    ids=["old", "new"],
)
def test_of_an_export_of_blogger_only_articles_are_read(tmp_path: Path, kind: str) -> None:
    entries = "".join(
        f"<entry><id>{name}</id>{kind.format(name)}<title>{name}</title><content type='html'>text</content></entry>"
        for name in ("settings", "template", "POST", "page", "comment")
    )
    path = tmp_path / "a.xml"
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018"'
    path.write_text(f"<feed {spaces}><title>x</title>{entries}</feed>", "utf-8")
    assert [one.title for one in found(path)] == ["POST", "page"]
