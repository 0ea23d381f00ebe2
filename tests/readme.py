"""The generated parts of the README: its table of keys and its picture. `python -m tests.readme` updates both."""

import asyncio
import re
import tempfile
from pathlib import Path

from reader import language
from reader.keymap.actions import ACTIONS, Group
from reader.keymap.key_names import key_label
from reader.language import _

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
CHINESE_KEYS = ROOT / "docs" / "keys.zh.md"
PICTURE = ROOT / "docs" / "screen.svg"
_KEYS = re.compile(r"(<!-- keys -->\n).*?(<!-- /keys -->)", re.DOTALL)


def key_table(heading: str = "keys") -> str:
    """The table of keys, from the table of actions, in the language in use; `heading` is that of the keys."""
    lines = [f"| | {heading} | |", "| --- | --- | --- |"]
    for group in Group:
        for number, action in enumerate(action for action in ACTIONS if action.group is group):
            # A bar ends a cell of a table, also in code.
            keys = " ".join(f"`{key_label(key)}`" for key in action.keys).replace("|", "\\|")
            lines.append(f"| {f'**{_(group.value)}**' if not number else ''} | {keys} | {_(action.title)} |")
    return "\n".join(lines) + "\n"


def chinese_keys() -> str:
    """The same table in Chinese, as a separate page."""
    before = language.current()
    language.use("zh")
    try:
        return f"# 按键\n\n本页由 `python -m tests.readme` 生成。\n\n{key_table('按键')}"
    finally:
        language.use(before)


def with_key_table(readme: str) -> str:
    """The text of the README with an updated table of keys."""
    return _KEYS.sub(lambda found: found[1] + key_table() + found[2], readme)


async def take_picture() -> str:
    """A picture (SVG) of the long report of the sample archive at 120 × 40 cells."""
    # Imported here, because the table of keys can be checked without the screen.
    from reader import resources  # noqa: PLC0415
    from reader.library.library import Library  # noqa: PLC0415
    from reader.settings.options import Settings  # noqa: PLC0415
    from reader.shelves.counts import SortBy  # noqa: PLC0415
    from reader.ui.app import ReaderApp  # noqa: PLC0415

    language.use("zh")
    with tempfile.TemporaryDirectory() as folder:
        library = Library([resources.seeds()], Path(folder) / "marks.db")
        app = ReaderApp(library, Settings())
        async with app.run_test(size=(120, 40)) as pilot:
            report = None
            while report is None:
                # The sample archive is indexed in a separate process.
                await pilot.pause(0.2)
                articles = library.catalogue.articles(library.catalogue.refs(SortBy.DATE))
                report = next((one for one in articles if "进博会" in one.title), None)
            app.commands.opening.open(report)
            while app.reading_screen.view.reading is None or app.reading_screen.view.reading.article.id != report.id:
                await pilot.pause(0.2)
            await pilot.pause(2.0)
            svg = app.export_screenshot(title="reader")
        library.close()
    return svg


def main() -> None:
    """Write both."""
    README.write_text(with_key_table(README.read_text(encoding="utf-8")), encoding="utf-8")
    CHINESE_KEYS.write_text(chinese_keys(), encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(asyncio.run(take_picture()), encoding="utf-8")


if __name__ == "__main__":
    main()
