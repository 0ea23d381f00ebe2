"""Metadata derived from the names of files and folders."""

from datetime import UTC, datetime
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.archive.file_names import folder_categories, is_jekyll, parse_name


@pytest.mark.parametrize(
    ("path", "title", "day"),
    [
        ("2020-01-02-a-title.md", "a-title", "2020-01-02"),
        ("_posts/2020-01-02-a-long-title.md", "A Long Title", "2020-01-02"),
        ("_posts/2020-01-02-题目.md", "题目", "2020-01-02"),
        ("2024-03-01.md", "2024-03-01", "2024-03-01"),
        ("2021_03_04.md", "2021-03-04", "2021-03-04"),
        ("2021.3.4 出海.txt", "出海", "2021-03-04"),
        ("20210304 题目.md", "题目", "2021-03-04"),
        ("20210304题目.md", "题目", "2021-03-04"),
        ("[2021.03.04] 题目.md", "题目", "2021-03-04"),
        ("【2021-03-04】题目.md", "题目", "2021-03-04"),
        ("20210304_title.md", "title", "2021-03-04"),
        ("2021年3月4日 会议.md", "会议", "2021-03-04"),
        ("纪要 2021-03-04.md", "纪要", "2021-03-04"),
        ("纪要（2021-03-04）.md", "纪要", "2021-03-04"),
        ("海图 2021-03-04.excalidraw.md", "海图", "2021-03-04"),
        ("2021/03/04/title.md", "title", "2021-03-04"),
        ("2021-03-04 出海/index.md", "index", "2021-03-04"),
        ("blog/2021/03-04.md", "2021-03-04", "2021-03-04"),
        ("blog/2021/03-04-title.md", "title", "2021-03-04"),
        ("blog/2021/03/04-题目.md", "题目", "2021-03-04"),
        ("blog/2021-03/04 题目.md", "题目", "2021-03-04"),
        ("blog/2021/03-04-title/index.md", "index", "2021-03-04"),
    ],
)
def test_a_day_in_a_name(path: str, title: str, day: str) -> None:
    name = parse_name(PurePath(path))
    assert name.title == title
    assert name.date == datetime.fromisoformat(day)


def test_a_time_in_a_name() -> None:
    assert parse_name(PurePath("201904301656 标题.txt")).date == datetime(2019, 4, 30, 16, 56)  # noqa: DTZ001
    saved = parse_name(PurePath("A page - example.org (2024-04-22T12_05_39.854Z).html"))
    assert (saved.title, saved.date) == ("A page - example.org", datetime(2024, 4, 22, 12, 5, 39, tzinfo=UTC))


@pytest.mark.parametrize(
    "stem",
    [
        "第2021期",
        "第20210304期",
        "12345678",
        "19841301 x",
        "2021-02-30-x",
        "13800138000",
        "2021",
        "2021-03",
        "v1.2.3",
        "1984",
        "2021/13-04",
        "2021/03-041",
        "2021/3-4",
        "03-04/2021",
    ],
)
def test_names_without_a_day(stem: str) -> None:
    assert parse_name(PurePath(f"{stem}.md")).date is None


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("港口的灯 0f3a5c7e9b1d4f60a1b2c3d4e5f60718.md", "港口的灯"),
        ("Tools%3A a list.md", "Tools: a list"),
        ("100%25.md", "100%"),
        ("a%FFb.md", "a%FFb"),
        ("Tools___Hammer.md", "Tools/Hammer"),
        ("about.en.md", "about"),
        ("关于.zh-cn.md", "关于"),
    ],
)
def test_changes_of_titles_by_programs_are_reverted(name: str, title: str) -> None:
    assert parse_name(PurePath(name)).title == title


@pytest.mark.parametrize(("name", "encoding"), [("紅樓夢補序", "big5"), ("港口的灯", "gbk"), ("灯台の話", "cp932")])
def test_names_unpacked_in_the_wrong_encoding_are_repaired(name: str, encoding: str) -> None:
    packed = name.encode(encoding).decode("cp437")
    assert parse_name(PurePath(f"{packed}.txt")).title == name
    assert folder_categories(PurePath(packed, "a.txt")) == (name,)


@pytest.mark.parametrize("stem", ["index", "README", "1083", "12_ruby_7", "20210304", "8d0f3a5c", "无标题", "Untitled"])
def test_names_without_meaning(stem: str) -> None:
    assert not parse_name(PurePath(f"{stem}.md")).is_meaningful


@pytest.mark.parametrize("stem", ["facade", "2024-03-01", "P233 N 皇后", "3 men", "c", "C++", "decade", "第1083期"])
def test_names_with_meaning(stem: str) -> None:
    assert parse_name(PurePath(f"{stem}.md")).is_meaningful


@pytest.mark.parametrize(
    ("path", "categories"),
    [
        ("a.md", ()),
        ("金融/深度/a.md", ("金融", "深度")),
        ("source/_posts/a.md", ()),
        ("source/_posts/java/a.md", ("java",)),
        ("content/posts/2021/03/a.md", ()),
        ("_wiki/cmd/a.md", ("cmd",)),
        ("content/notes/harbour/index.md", ("notes",)),
        ("articles/a.md", ()),
        ("cards/000123/files/456_ruby_789/456_ruby_789.txt", ()),
        ("作品/cards/000123/files/456_ruby_789.txt", ("作品",)),
        ("cards/birthday/a.md", ("cards", "birthday")),
        ("2021-03-04/a.md", ()),
        ("2021年/3月/4日/a.md", ()),
        ("日记/2021年3月/a.md", ("日记",)),
        ("2021년/a.md", ()),
        ("2021年的海/a.md", ("2021年的海",)),
        ("旅行 0f3a5c7e9b1d4f60a1b2c3d4e5f60718/a.md", ("旅行",)),
        ("0f3a5c7e9b1d4f60a1b2c3d4e5f60718/a.md", ()),
    ],
)
def test_folders_are_categories_unless_they_belong_to_a_program(path: str, categories: tuple[str, ...]) -> None:
    assert folder_categories(PurePath(path)) == categories


def test_folders_of_jekyll_posts_are_recognized() -> None:
    assert is_jekyll(PurePath("_posts/a.md"))
    assert not is_jekyll(PurePath("source/_posts/a.md"))


@given(st.text(max_size=60).filter(lambda text: "/" not in text and "\0" not in text))
def test_any_name_can_be_parsed(name: str) -> None:
    parse_name(PurePath("a", name or "x"))
    folder_categories(PurePath(name or "x", "b"))


@pytest.mark.parametrize(
    ("name", "title", "author"),
    [
        ("《灯塔》作者 某人.txt", "灯塔", "某人"),
        ("《灯塔》（精校版全本）作者：某人.TXT", "灯塔", "某人"),
        ("灯塔 作者：某人.txt", "灯塔", "某人"),
        ("灯塔【作者：某人】.txt", "灯塔", "某人"),
        ("《灯塔》.txt", "《灯塔》", ""),
        ("作者的话.md", "作者的话", ""),
        ("采访作者：灯塔.md", "采访作者：灯塔", ""),
    ],
)
def test_names_of_novels_with_their_authors(name: str, title: str, author: str) -> None:
    found = parse_name(PurePath(name))
    assert (found.title, found.author) == (title, author)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("灯塔 (desk's conflicted copy 2021-04-05)", ""),
        ("灯塔 (冲突副本 2021-04-05)", ""),
        ("2020-01-02 灯塔 (case conflict 2021-04-05)", "2020-01-02"),
        ("灯塔.sync-conflict-20210405-101112-ABCDEFG", ""),
        ("灯塔_conflict-20210405-101112", ""),
        ("conflict 2021-04-05", "2021-04-05"),
    ],
)
def test_the_day_of_a_conflict_is_not_that_of_the_article(name: str, day: str) -> None:
    parsed = parse_name(PurePath(f"{name}.md"))
    assert (f"{parsed.date:%Y-%m-%d}" if parsed.date else "") == day
    # The copy can still be told from the article.
    assert parsed.title == name.removeprefix("2020-01-02 ") or day == "2021-04-05"
