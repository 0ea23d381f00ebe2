"""File names from titles: valid on every system, and harmless for any title."""

import re
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.export.output_names import LONGEST, file_name, folded

DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("海边的灯塔", "海边的灯塔.txt"),
        ("  海边  的\n灯塔 ", "海边 的 灯塔.txt"),
        ("../../etc/passwd", "／..／etc／passwd.txt"),
        ('A/B: what? "C" <D>|*\\', "A／B： what？ ＂C＂ ＜D＞｜＊＼.txt"),
        (".bashrc", "bashrc.txt"),
        ("..", "Untitled.txt"),
        ("", "Untitled.txt"),
        ("\u200d", "Untitled.txt"),
        ("con", "_con.txt"),
        ("COM1.report", "_COM1.report.txt"),
        ("lpt¹", "_lpt¹.txt"),
        ("console", "console.txt"),
        ("a\x1b[31mb\u202ec\x00", "a[31mbc.txt"),
        ("一家👩\u200d👩\u200d👧", "一家👩\u200d👩\u200d👧.txt"),
        ("e\u0301te\u0301", "été.txt"),
    ],
)
def test_title_becomes_a_file_name(title: str, expected: str) -> None:
    assert file_name(title, ".txt") == expected


def test_long_title_is_cut_between_clusters() -> None:
    family = "👩\u200d👩\u200d👧"
    name = file_name(family * 30, ".txt")
    assert len(name.encode()) <= LONGEST
    stem = name.removesuffix(".txt")
    assert stem == family * (len(stem) // len(family))


def test_overlong_cluster_still_gives_a_name() -> None:
    # Four bytes each: a cluster of 64 of them is longer than a file name can be.
    assert file_name("e" + "\U0001d167" * 200, ".txt") == "Untitled.txt"


def test_names_in_use_get_numbers() -> None:
    taken: set[str] = set()
    names = []
    for title in ("Été", "e\u0301te\u0301", "ÉTÉ"):
        names.append(file_name(title, ".txt", taken))
        taken.add(folded(names[-1]))
    assert names == ["Été.txt", "été (2).txt", "ÉTÉ (3).txt"]


def test_a_number_keeps_the_name_short_enough() -> None:
    name = file_name("长" * 100, ".txt", {folded(file_name("长" * 100, ".txt"))})
    assert name.endswith("长 (2).txt")
    assert len(name.encode()) <= LONGEST


@given(st.text(max_size=120) | st.from_regex(DEVICE), st.sampled_from(["", ".txt", ".md"]))
def test_any_title_gives_a_safe_name(title: str, suffix: str) -> None:
    name = file_name(title, suffix)
    assert 0 < len(name.encode()) <= LONGEST
    assert name.endswith(suffix)
    assert Path(name).name == name == PureWindowsPath(name).name
    assert not DEVICE.match(name)
    assert set(name).isdisjoint('<>:"/\\|?*')
    assert all(character.isprintable() or character == "\u200d" for character in name)
    assert name[0] not in ". "
    assert name[-1] not in ". "
