"""The screen in very small and very large terminals."""

from reader.document.document import Position
from tests.ui.test_reading import Make, opened


async def test_extreme_terminal_sizes_do_not_crash(make_app: Make) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        for size in ((1, 1), (2, 2), (5, 3), (10, 4), (300, 80), (80, 2), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.press("question_mark", "escape", "t", "t", "j")
        assert screen.page.place >= Position(0)
