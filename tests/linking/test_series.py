"""The previous and next article of a series."""

from pathlib import Path

import pytest

from reader.linking.series import series_number
from tests.linking.archives import linked


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("港口周报 第 3 期：渡口", 3),
        ("第二十一回 北风", 21),
        ("灯塔记（二）", 2),
        ("灯塔记（上）", 1),
        ("灯塔记 下篇", 3),
        ("Lighthouses, Part 2", 2),
        ("Lighthouses part iv", 4),
        ("Issue #12: the ferry", 12),
        ("渡口之三", 3),
        ("灯塔记 4", 4),
        ("灯塔记", None),
        ("360", None),
        ("2021 年总结", None),
        ("山上", None),
    ],
)
def test_the_number_of_a_title(title: str, number: int | None) -> None:
    found = series_number(title)
    assert (found.number if found else None) == number


def test_neighbours_have_the_nearest_numbers_of_the_same_series(tmp_path: Path) -> None:
    titles = [
        "港口周报 第1期",
        "港口周报 第 2 期：船",
        "港口周报 第十期",
        "山间周报 第3期",
        "灯塔记（上）",
        "灯塔记（下）",
    ]
    files = {f"{number}.md": f"---\ntitle: {title}\n---\n\n正文 {number}\n" for number, title in enumerate(titles)}
    with linked(tmp_path, files) as archive:
        found = {name: archive.links.series(archive.article(name)) for name in files}
    names = {name: tuple(one.path.name if one is not None else None for one in both) for name, both in found.items()}
    assert names == {
        "0.md": (None, "1.md"),
        "1.md": ("0.md", "2.md"),
        "2.md": ("1.md", None),
        "3.md": (None, None),
        "4.md": (None, "5.md"),
        "5.md": ("4.md", None),
    }


def test_versions_are_no_series(tmp_path: Path) -> None:
    titles = ["码头系统 7", "码头系统 10", "渡口练习 1", "渡口练习 2", "渡口练习 4", "72", "73"]
    files = {f"{number}.md": f"---\ntitle: {title}\n---\n\n正文 {number}\n" for number, title in enumerate(titles)}
    with linked(tmp_path, files) as archive:
        found = {name: archive.links.series(archive.article(name)) for name in files}
    following = {name: after.path.name for name, (_before, after) in found.items() if after is not None}
    assert following == {"2.md": "3.md"}
