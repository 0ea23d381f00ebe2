"""A text from standard input whose links and pictures are those of a folder: `… | reader - --base PATH`."""

from pathlib import Path

from PIL import Image

from reader.archive.article import LinkBase
from reader.archive.vaults import link_base
from reader.library.library import Library
from reader.settings.options import Settings
from reader.ui.app import ReaderApp
from tests.ui.test_reading import opened
from tests.ui.waiting import until


def test_base_is_a_folder_or_a_file_or_on_the_web(tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text("Text.", "utf-8")
    assert link_base(str(tmp_path), "stdin") == LinkBase(tmp_path / "stdin", tmp_path)
    assert link_base(str(tmp_path / "post.md"), "stdin") == LinkBase(tmp_path / "post.md", tmp_path)
    assert link_base("https://example.org/a/", "stdin") is None


async def test_links_and_pictures_are_those_of_the_base(tmp_path: Path) -> None:
    base, spool = tmp_path / "base", tmp_path / "spool"
    for folder in (base / "img", spool):
        folder.mkdir(parents=True)
    Image.new("RGB", (80, 40), "red").save(base / "img" / "a.png")
    (base / "other.md").write_text("# Other\n\nTo [nowhere](gone.md).\n", "utf-8")
    (tmp_path / "up.md").write_text("# Up\n", "utf-8")
    (spool / "stdin.md").write_text("# Typed\n\n[other](other.md) [up](../up.md)\n\n![a](img/a.png)\n", "utf-8")
    app = ReaderApp(Library([spool / "stdin.md"], tmp_path / "marks.db"), Settings())
    app.session.link_base = link_base(str(base), "stdin")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "Typed")
        kinds = app.commands.following.kinds
        assert screen.reading is not None
        assert screen.reading.pictures is not None
        assert kinds.destination("other.md").path == base / "other.md"
        assert kinds.destination("../up.md").kind.name == "UNSAFE"
        await pilot.press("right_curly_bracket", "enter")
        await until(pilot, lambda: screen.reading is not None and screen.reading.article.title == "Other")
    app.library.close()
