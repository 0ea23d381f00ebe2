"""Titles and dates of notes of Logseq, of posts named after days, and of pages of templates."""

from pathlib import Path

import pytest

from reader.archive.article import Article
from reader.archive.metadata import read_article_metadata


def article(root: Path, place: str, text: str) -> Article:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    path.write_bytes(data)
    found = read_article_metadata(path, root, "1", data, len(data))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("place", "text", "title"),
    [
        ("pages/Lighthouse.md", "type:: [[Building]]\n\n# Usage\n\t- Light the lamp\n", "Lighthouse"),
        ("pages/Lighthouse.md", "# Usage\n\t- Light the lamp\n", "Lighthouse"),
        ("pages/灯塔.md", "type:: 建筑\n- # 用法\n", "灯塔"),
        ("pages/Coast___Lighthouse.md", "# How to light it\n\nWith oil.\n", "Coast/Lighthouse"),
        ("pages/(o)%5F___.md", "- lamp\n", "(o)_/"),
        ("pages/Index.md", "type:: [[List]]\n\n# All pages\n", "Index"),
        ("journals/2023_04_05.md", "# study\n\t- knots\n", "2023-04-05"),
        ("journals/2023_04_05.md", "# study\n\nknots\n", "2023-04-05"),
        ("pages/Lighthouse.md", "title:: The Light\n\n# Usage\n", "The Light"),
        ("journals/notes.md", "# How journals are written\n\nDaily.\n", "How journals are written"),
        ("slides/Coast___Lighthouse.md", "# How to light it\n\nWith oil.\n", "How to light it"),
        ("pages/about.md", "# About the coast\n\n- a list\n", "About the coast"),
    ],
)
def test_a_page_of_logseq_has_the_name_of_its_file(tmp_path: Path, place: str, text: str, title: str) -> None:
    assert article(tmp_path, place, text).title == title


@pytest.mark.parametrize("sign", ["journals", "logseq"])
def test_pages_next_to_journals_or_settings_belong_to_a_graph(tmp_path: Path, sign: str) -> None:
    (tmp_path / sign).mkdir()
    assert article(tmp_path, "pages/Lighthouse.md", "# The white tower\n\nIt stands.\n").title == "Lighthouse"


def test_times_of_blocks_are_not_the_date_of_the_page(tmp_path: Path) -> None:
    block = "- Oil the lamp\n  created-at:: 1609230242742\n  updated-at:: 1609247076654\n"
    assert article(tmp_path, "pages/lamp.md", block).date is None
    assert article(tmp_path, "pages/oil.md", f"type:: [[Task]]\n\n{block}").date is None
    page = article(tmp_path, "pages/wick.md", f"date-created:: [[2021-03-04 Thu]]\n\n{block}")
    assert page.local_day == "2021-03-04"


@pytest.mark.parametrize("place", ["20210304-lamp.md", "2021/03/04/lamp.md", "_posts/2021-03-04-lamp.md"])
def test_the_day_in_a_name_is_rather_the_date_than_that_of_the_last_change(tmp_path: Path, place: str) -> None:
    changed = article(tmp_path, place, "---\ntitle: Lamp\nupdated_at: '2023-01-02T03:04:05+09:00'\n---\nOil.\n")
    assert changed.local_day == "2021-03-04"
    written = article(tmp_path, place, "---\ntitle: Lamp\ndate: 2020-01-02\nupdated: 2023-01-02\n---\nOil.\n")
    assert written.local_day == "2020-01-02"
    assert article(tmp_path, "lamp.md", "---\ntitle: Lamp\nupdated: 2023-01-02\n---\nOil.\n").local_day == "2023-01-02"


def test_a_day_at_the_end_of_a_name_is_an_event_in_a_folder_for_a_day(tmp_path: Path) -> None:
    event = article(tmp_path, "2012/12/28/灯会 2012.12.23.md", "人很多。\n")
    assert (event.title, event.local_day) == ("灯会 2012.12.23", "2012-12-28")
    other = article(tmp_path, "posts/灯会 2012.12.23.md", "人很多。\n")
    assert (other.title, other.local_day) == ("灯会", "2012-12-23")


@pytest.mark.parametrize("written", ["date: 2021", "date: '1998'", "date:: 2021", "published: 2021"])
def test_a_year_alone_is_no_day_and_no_error(tmp_path: Path, written: str) -> None:
    text = f"{written}\n\n- Oil\n" if "::" in written else f"---\ntitle: Lamp\n{written}\n---\nOil.\n"
    found = article(tmp_path, "lamp.md", text)
    assert (found.date, found.warnings) == (None, ())


def test_tags_of_templates_and_folders_of_generators_are_no_titles(tmp_path: Path) -> None:
    assert article(tmp_path, "_pages/home.md", "---\nlayout: splash\n---\n\n{% include row.html %}\n").title == "home"
    assert article(tmp_path, "coast/home.md", "---\nlayout: splash\n---\n\n{% include row.html %}\n").title == "coast"
    assert article(tmp_path, "12.md", "{{ gallery }}\n\n清早的渡轮\n").title == "清早的渡轮"


@pytest.mark.parametrize("heading", ["参考资料", "更新", "Usage", "前言"])
def test_a_section_at_the_top_of_a_note_is_not_its_title(tmp_path: Path, heading: str) -> None:
    assert article(tmp_path, "灯塔.md", f"# {heading}\n\n见[[海]]。\n").title == "灯塔"
    assert article(tmp_path, "海.md", f"# {heading}\n\n水。\n\n# 岸\n\n沙。\n").title == "海"
    # A name in another script than the heading is its translation, and `preface` says no more than the heading.
    assert article(tmp_path, "preface.md", f"# {heading}\n\n水。\n").title == heading
    assert article(tmp_path, "harbour.md", f"# {heading}\n\n水。\n").title == (
        "harbour" if heading == "Usage" else heading
    )
    assert article(tmp_path, "岸.md", f"## {heading}\n\n水。\n").title == "岸"


@pytest.mark.parametrize(
    ("about", "day"),
    [
        ("doubanId: 12\ndatePublished: 1994-09-10\ncreateTime: 2023-01-24 01:04:53", "2023-01-24"),
        ("isbn: 9780000000000\npublished: 1987-03-04\ndate created: 2023-01-24", "2023-01-24"),
        ("director: 林一\ndatePublished: 1994-09-10", "1994-09-10"),
        ("datePublished: 2021-03-04\ncreateTime: 2023-01-24 01:04:53", "2021-03-04"),
    ],
)
def test_the_date_of_a_film_or_book_is_not_that_of_a_note_about_it(tmp_path: Path, about: str, day: str) -> None:
    assert article(tmp_path, "lamp.md", f"---\ntitle: Lamp\n{about}\n---\nOil.\n").local_day == day


@pytest.mark.parametrize("place", ["a.md", "a.txt"])
@pytest.mark.parametrize("line", ["Title: The Lamp of Oil", "title: The Lamp of Oil", "标题：The Lamp of Oil"])
def test_a_lone_line_with_the_title_is_a_header(tmp_path: Path, place: str, line: str) -> None:
    assert article(tmp_path, place, f"{line}\n\nIt burns all night.\n").title == "The Lamp of Oil"


@pytest.mark.parametrize(
    "text",
    [
        "Title: the lamp that burns all night, says the book.\n\nOil.\n",
        "Title: the lamp\nburns all night\n\nOil.\n",
        "Title:\n\nOil.\n",
        "标题：灯塔的看守人说，灯要一直亮着。\n\n油。\n",
        f"Title: {'the lamp burns ' * 8}\n\nOil.\n",
    ],
)
def test_a_sentence_after_a_colon_is_no_header(tmp_path: Path, text: str) -> None:
    assert article(tmp_path, "notes.md", text).title == "notes"


@pytest.mark.parametrize("title", ["How to show `{{}}`", "{{}} 的写法"])
def test_empty_braces_in_a_title_are_no_placeholder(tmp_path: Path, title: str) -> None:
    assert article(tmp_path, "a.md", f"---\ntitle: '{title}'\n---\nOil.\n").title == title
