"""A text from standard input whose links and pictures are those of a folder: `… | reader - --base PATH`."""

from pathlib import Path

import pytest
from PIL import Image

from reader.archive.archive import open_archives
from reader.archive.article import Article, LinkBase
from reader.archive.scan import read_head
from reader.archive.vaults import link_base
from reader.keymap.keymap import Keymap
from reader.library.library import Library
from reader.settings.options import Settings
from reader.ui.app import ReaderApp
from reader.ui.session import Session
from reader.ui.start_warnings import start_warnings
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
        status = screen.status.render_line(0).text
        assert "base" in status, "it names the folder that the article is in"
        assert "stdin" not in status
    app.library.close()


async def test_related_articles_of_a_text_are_those_that_its_links_lead_to(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "other.md").write_text("# Other\n\n## Part\n\nText.\n", "utf-8")
    (tmp_path / "stdin.md").write_text("# Typed\n\n[other](other.md#part) [again](other.md)\n", "utf-8")
    app = ReaderApp(Library([tmp_path / "stdin.md"], tmp_path / "marks.db"), Settings())
    app.session.link_base = link_base(str(tmp_path / "base" / "other.md"), "stdin")
    async with app.run_test(size=(100, 40)) as pilot:
        screen = await opened(pilot, "Typed")
        found = app.commands.following.kinds.destination("other.md#part")
        assert (found.kind.name, found.fragment) == ("ARTICLE", "part"), "the text is not the file whose place it takes"
        await pilot.press("B")
        related = app.reading_screen.view.relations
        await until(pilot, lambda: related.visible and app.commands.relating._found is not None)
        assert app.commands.relating._found is not None
        assert [one.title for one in app.commands.relating._found.links_to] == ["Other"]
        assert screen.reading is not None
    app.library.close()


def test_archives_that_do_not_exist_are_told_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a").mkdir()
    for _start in range(2):
        library = Library([tmp_path / "a"], tmp_path / "marks.db")
        session = Session(library, Settings(), Keymap())
        session.missing_archives = (tmp_path / "gone", Path("/nowhere/at/all"))
        (told,) = start_warnings(session, draws_wide=False)
        assert told == "~/gone does not exist\n/nowhere/at/all does not exist"
        library.close()


def test_a_missing_base_resolves_nothing_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "stdin.md").write_text("Text.", "utf-8")
    (tmp_path / "x.md").write_text("Other.", "utf-8")
    library = Library([tmp_path / "stdin.md"], tmp_path / "marks.db")
    for base in ("nope", "nope/nope"):
        session = Session(library, Settings(), Keymap())
        session.link_base = link_base(base, "stdin")
        (article, *_) = open_archives([tmp_path / "stdin.md"])[0].files or ()
        read = read_head(article, tmp_path, "a")[0]
        assert isinstance(read, Article)
        for target in ("wiki:x", "x.md"):
            assert library.links.destination(session.placed(read), target).kind.name == "MISSING"
        (told,) = start_warnings(session, draws_wide=False)
        assert told.endswith("does not exist, so relative links lead nowhere")
    session.link_base = link_base(str(tmp_path), "stdin")
    assert not list(start_warnings(session, draws_wide=False))
    assert link_base("draft.md", "stdin") == LinkBase(tmp_path / "draft.md", tmp_path)
    session.link_base = link_base("draft.md", "stdin")
    (told,) = start_warnings(session, draws_wide=False)
    assert told.endswith("draft.md does not exist: relative links refer to its folder")
    (tmp_path / "draft.md").write_text("Draft.", "utf-8")
    assert not list(start_warnings(session, draws_wide=False))
    library.close()
