"""Notifications: their line breaks."""

import pytest

from reader.layout.cells import Cells
from reader.settings.options import Typesetting
from reader.ui.textual_host import notice

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
