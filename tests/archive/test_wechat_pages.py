"""Metadata of pages of WeChat, of which those served to browsers have megabytes of scripts."""

from datetime import UTC, datetime
from pathlib import Path

from reader.archive.html_head import page_head
from reader.archive.wechat_pages import read_wechat
from tests.archive.test_scan import articles, write
from tests.growth import cpu_seconds

HEAD = (
    '<!DOCTYPE html><html><head><meta property="og:title" content="{title}" />'
    '<meta property="og:url" content="https://mp.weixin.qq.com/s/abc" />'
    '<meta property="og:site_name" content="微信公众平台" /></head>'
)
DATA = (
    "<script>var advert = {{ nick_name: '广告' }}; var ct = '1616393074'; var msg_link = \"https://mp.weixin.qq.com/s/abc\";"
    " window.cgiDataNew = {{ user_name: JsDecode('gh_1'), nick_name: JsDecode('远\\x26行'), }};</script>"
)


def test_account_of_a_post_without_byline() -> None:
    head = page_head(HEAD.format(title="灯塔") + DATA.format())
    assert (head.title, head.author) == ("灯塔", "远&行")
    assert head.date == datetime.fromtimestamp(1616393074, UTC)


def test_post_without_title_is_named_by_its_first_line() -> None:
    assert page_head(HEAD.format(title=r"\n灯亮了。\n\n岸在那里。") + DATA.format()).title == "灯亮了。"
    other = HEAD.replace("mp.weixin.qq.com", "a.example").format(title=r"What \n means")
    assert page_head(other).title == r"What \n means"


def test_metadata_behind_megabytes_of_scripts(tmp_path: Path) -> None:
    scripts = "<script>" + "x = 1;\n" * 400_000 + "</script>"
    write(tmp_path / "a.html", HEAD.format(title="灯塔") + scripts + DATA.format() + "<p>正文")
    other = HEAD.replace("weixin", "example").format(title="海")
    write(tmp_path / "b.html", other + scripts + DATA.format() + "<p>正文")
    assert [(one.title, one.author, one.date is None) for one in articles(tmp_path)] == [
        ("灯塔", "远&行", False),
        ("海", "微信公众平台", True),
    ]


def test_data_without_an_account_are_searched_only_at_their_beginning() -> None:
    once = "cgiDataNew = {" + "x" * 4_000
    many = "cgiDataNew = {" * 300 + once
    # The time of one search for each of them would be proportional to their number.
    assert cpu_seconds(lambda: read_wechat(many)) < 20 * max(cpu_seconds(lambda: read_wechat(once)), 0.001)
