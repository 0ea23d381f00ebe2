"""Paths in the status line: `~` for the home folder, and the name of the file in every variant."""

from pathlib import Path

import pytest

from reader.ui.shown_paths import not_in_archives, path_variants
from tests.ui.marking import Make
from tests.ui.test_reading import opened


def test_the_middle_of_a_path_is_left_out_and_its_name_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    variants = path_variants("{count} saved to {path}", Path("/home/me/Documents/reader/2021/灯塔.md"), count=3)
    assert variants == (
        "3 saved to ~/Documents/reader/2021/灯塔.md",
        "3 saved to ~/…/reader/2021/灯塔.md",
        "3 saved to ~/…/2021/灯塔.md",
        "3 saved to ~/…/灯塔.md",
        "3 saved to 灯塔.md",
    )
    assert path_variants("{path}", "/srv/a.md") == ("/srv/a.md", "/…/a.md", "a.md")
    assert path_variants("{path}", "a.md") == ("a.md",)


def test_an_article_of_no_archive_is_named_by_a_path_that_can_be_shortened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    assert not_in_archives("/home/me/a\x1b/b.md") == (
        "The article is not in these archives: ~/a/b.md",
        "The article is not in these archives: ~/…/b.md",
        "The article is not in these archives: b.md",
    )


async def test_the_status_line_shows_the_longest_variant_that_fits(make_app: Make) -> None:
    app = make_app()
    async with app.run_test(size=(50, 12)) as pilot:
        screen = await opened(pilot)
        path = "/srv/" + "/".join(["folder"] * 12) + "/lighthouse.md"
        app.host.say(*path_variants("Saved to {path}", path))
        line = screen.status.render_line(0).text
        assert "Saved to /…/" in line
        assert line.rstrip().endswith("/lighthouse.md")
