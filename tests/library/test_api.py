"""The interface for Python programs, and its example."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import reader
from reader import api, open_archive
from reader.archive.article import Article
from reader.document.document import Position, Range
from reader.errors import ArchiveError
from reader.library.library import Library
from reader.reading.opened_article import Reading, open_article
from reader.search.query_parser import QueryError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    archive = tmp_path / "archive"
    archive.mkdir()
    text = "---\ntitle: 十二座灯塔换上新灯\ndate: 2021-11-10\ntags: [海]\n---\n\n# 新灯\n\n"
    text += "灯塔的新灯更亮。\n\n# 旧灯\n\n存放。\n"
    (archive / "a.md").write_text(text, encoding="utf-8")
    (archive / "b.md").write_text("---\ntitle: Tea\ndate: 2020-01-01\n---\n\nWater first.\n", encoding="utf-8")
    return archive


def test_articles_are_searched_and_read(folder: Path) -> None:
    with open_archive(folder) as archive:
        assert [one.title for one in archive.articles()] == ["十二座灯塔换上新灯", "Tea"]
        assert [one.title for one in archive.articles("water")] == ["Tea"]
        (hit,) = archive.search("新灯", limit=5)
        assert "灯塔的新灯更亮" in hit.excerpt
        assert archive.article(hit.article.id) == hit.article
        assert archive.article("0" * 16) is None
        assert archive.text(hit.article) == "新灯\n灯塔的新灯更亮。\n旧灯\n存放。"
        assert [one.title for one in archive.sections(hit.article)] == ["新灯", "旧灯"]
        assert archive.document(hit.article).text(1) == "灯塔的新灯更亮。"
        assert archive.marks(hit.article) == api.ArticleState(
            is_read=False, is_starred=False, is_later=False, tags=(), highlights=()
        )


def test_several_questions_about_an_article_read_it_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def counted(article: Article) -> Reading:
        opened.append(article.title)
        return open_article(article)

    monkeypatch.setattr(api, "open_article", counted)
    with open_archive(folder) as archive:
        new, tea = archive.articles()
        archive.sections(new)
        archive.markdown(new)
        assert opened == [new.title]
        assert "Water first." in archive.text(tea)
        # A changed file is read again.
        (folder / "b.md").write_text("Leaves, then water.\n", encoding="utf-8")
        assert archive.text(tea) == "Leaves, then water."
        assert opened == [new.title, tea.title, tea.title]
        (folder / "b.md").unlink()
        with pytest.raises(ArchiveError):
            archive.text(tea)


def test_marks_are_those_of_the_screen(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "marks.db"
    with open_archive(folder) as archive:
        article = archive.articles("灯")[0]
    library = Library([folder], store)
    library.marks.articles.star(article, starred=True)
    library.marks.articles.tag(article, ["own"])
    library.add_highlight(open_article(article), Range(Position(1), Position(1, 2)), 2, "why")
    library.close()
    with open_archive(folder, marks=store) as archive:
        found = archive.marks(archive.articles("is:starred")[0])
    assert (found.is_starred, found.is_read, found.tags) == (True, False, ("own",))
    assert [(one.text, one.note, one.colour) for one in found.highlights] == [("灯塔", "why", 2)]


def test_errors_are_those_of_the_commands(folder: Path) -> None:
    with pytest.raises(ArchiveError), open_archive(folder / "missing"):
        pass
    with open_archive(folder) as archive, pytest.raises(QueryError):
        archive.search("title:")


def test_example_of_the_documentation_runs(folder: Path) -> None:
    failed, tried = doctest.testmod(api, extraglobs={"folder": folder})
    assert (failed, tried) == (0, 2)


def test_only_the_interface_is_public() -> None:
    assert reader.__all__ == ["open_archive"]
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(reader, "nothing")  # noqa: B009 - an attribute that does not exist


def test_a_script_reads_articles_without_a_guard_for_its_main_module(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a.md").write_text("# 灯塔\n\n守塔人不睡。\n", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "from reader import open_archive\n"
        f"with open_archive({str(tmp_path / 'archive')!r}) as archive:\n"
        "    for article in archive.articles():\n"
        "        print(archive.text(article))\n"
        "print('the end')\n",
        encoding="utf-8",
    )
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=True)
    assert ran.stdout.count("守塔人不睡") == 1
    assert ran.stdout.count("the end") == 1
