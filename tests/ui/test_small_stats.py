"""The reading statistics in small terminals."""

from datetime import date

import pytest

from reader import language
from reader.marks.reading_days import Day
from tests.ui.test_stats import Stats, day_text, diary, lines


@pytest.mark.parametrize("code", ["en", "zh", "ja"])
@pytest.mark.parametrize("height", [10, 12, 24])
@pytest.mark.parametrize(("days", "counted"), [(diary(), True), (diary(), False), ({}, True), ({}, False)])
async def test_no_text_is_cut_in_a_small_terminal(
    days: dict[date, Day],
    counted: bool,  # noqa: FBT001
    height: int,
    code: str,
) -> None:
    language.use(code)
    app = Stats(days, on=counted)
    async with app.run_test(size=(40, height)):
        screen = [line.strip(" │") for line in lines(app)]
        assert not [line for line in screen if "…" in line]
        if not counted or not days:
            # The last row of the note is the last one of its sentence.
            notes = [_.rstrip(".。") for _ in app.stats.figures._notes]
            told = "".join("".join(screen).split()).replace("。", ".")
            assert any("".join(note.split()).replace("。", ".") in told for note in notes)
        elif code == "en":
            assert day_text(app) == "2021-11-11 · 31 min · 12,345 words"
