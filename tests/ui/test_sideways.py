"""Scrolling sideways on the page: the rows of a table stay aligned, and no key is lost at the end."""

from pathlib import Path

from rich.cells import cell_len

from reader.settings.options import Settings, TableStyle, Typesetting
from tests.ui.conftest import write
from tests.ui.marking import Make
from tests.ui.test_reading import opened, rows

WIDE = """
| Lamp | Where it stands | Light | Lighthouse keepers | Foundation | Construction | Remarks |
|---|---|---|---|---|---|---|
| North | A rock far from the shore | 20 s | 7 | 1893 | brick | Short |
| 南方灯塔 | 岬角 | 7 s | 12 | 1911 | granite | The path is closed in winter |
"""
SETTINGS = Settings(typesetting=Typesetting(tables=TableStyle.SCROLL))


def borders(row: str) -> list[int]:
    """The cells of a row that have a border between two columns."""
    return [cell_len(row[:place]) for place, character in enumerate(row) if character in "│┬┼┴"]


async def test_a_table_stays_aligned_at_its_end(make_app: Make, archive: Path) -> None:
    write(archive, "coast", "A long coast", "2022-02-01 10:00:00", ("Sea",), WIDE)
    app = make_app(SETTINGS)
    async with app.run_test(size=(48, 24)) as pilot:
        screen = await opened(pilot, "A long coast")
        at_start = rows(screen)
        await pilot.press(*["greater_than_sign"] * 20)
        at_end = rows(screen)
        table = [row for row in at_end if borders(row)]
        assert len(table) == 6  # three rules, three rows
        assert {tuple(borders(row)) for row in table} == {tuple(borders(table[0]))}
        assert any(row.endswith("The path is closed in winter") for row in at_end)
        # The keys that found nothing more to show are not counted.
        await pilot.press("less_than_sign")
        assert rows(screen) != at_end
        await pilot.press(*["less_than_sign"] * 20)
        assert rows(screen) == at_start
