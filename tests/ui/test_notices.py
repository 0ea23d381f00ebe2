"""Notifications: their line breaks."""

import pytest
from textual.widgets._toast import Toast

from reader.layout.cells import Cells
from reader.settings.options import Typesetting
from reader.ui.textual_host import notice
from tests.ui.marking import Make
from tests.ui.test_reading import opened
from tests.ui.waiting import until

CELLS = Cells(1)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_a_notification_has_the_line_breaks_of_the_page(width: int) -> None:
    names = "、".join(("high-contrast-light", "dusk", "墨", "solarized-dark") * 3)
    lines = notice(f"没有名为“灯塔”的主题；可用的有 {names}", width, Typesetting()).split("\n")
    assert all(CELLS.width(line) <= min(width * 9 // 10, 60) - 3 for line in lines)
    assert not any(line.startswith(("、", "”", "；")) for line in lines)
    if width >= 40:
        # No name is torn.
        assert {name for line in lines for name in line.split("的有 ")[-1].split("、") if name} >= set(
            names.split("、")
        )


def test_lines_of_a_notification_stay_and_control_characters_do_not() -> None:
    assert notice("未保存\n请重试\x1b[31m", 80, Typesetting()) == "未保存\n请重试[31m"


@pytest.mark.parametrize("width", [40, 66, 100])
async def test_the_lines_of_a_notification_fit_in_it(make_app: Make, width: int) -> None:
    app = make_app()
    async with app.run_test(size=(width, 24), notifications=True) as pilot:
        screen = await opened(pilot)
        text = "灯塔看守人正在写入标记库；写入结束后会自动保存标记" * 4
        app.notify(text, timeout=60)
        await until(pilot, lambda: len(screen.query(Toast)) == 1 and screen.query_one(Toast).size.height > 1)
        lines = notice(text, width, app.session.settings.typesetting).split("\n")
        assert max(map(CELLS.width, lines)) <= screen.query_one(Toast).size.width
        assert len(lines) == screen.query_one(Toast).size.height
