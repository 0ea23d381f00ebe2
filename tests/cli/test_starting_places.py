"""Articles are opened and printed from the place that the command line names."""

import zipfile
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from reader.cli.starting_places import starting_places, targets_of
from reader.errors import UsageError
from reader.reading.starting_place import END, StartingPlace
from tests.cli.run_type import Run

TEXT = """---
title: Harbour
---

The keeper rows out.

## Lamps

They were lit at six,
and again at ten.

## Ropes & Knots

A bowline holds.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "tea.md"
    file.write_text(TEXT, "utf-8")
    return file


def _grep(text: str) -> int:
    """The number that `grep -n` prints before the line with a text."""
    return next(number for number, line in enumerate(TEXT.splitlines(), 1) if text in line)


@pytest.mark.parametrize("text", ["Lamps", "and again", "A bowline"])
@pytest.mark.parametrize("form", ["{file}:{line}", "{file}:{line}:4", "{file}:{line}:", "+{line} {file}"])
def test_a_line_as_grep_numbers_it(article: Path, command: Run, text: str, form: str) -> None:
    arguments = form.format(file=article, line=_grep(text)).split()
    code, out, err = command("show", *arguments)
    assert (code, err) == (0, "")
    assert out.startswith(text)


def test_other_places(article: Path, command: Run) -> None:
    def first(*arguments: str) -> str:
        code, out, err = command("show", *arguments)
        assert (code, err) == (0, "")
        return out.splitlines()[0]

    assert first(str(article), "+/TEN") == "They were lit at six,", "the whole paragraph is printed"
    assert first(str(article), "+?keeper") == "Harbour"
    assert first(str(article), "+") == first(str(article), "+G") == first(f"{article}:999") == "A bowline holds."
    assert first(str(article), "+1") == first(str(article), "+0%") == "Harbour"
    assert first(f"{article}#lamps") == "Lamps"
    assert first(f"{article}#Ropes & Knots") == first(f"{article}#ropes--knots") == "Ropes & Knots"
    assert "bowline" not in command("show", f"{article}#lamps")[1], "a section ends where the next one begins"


@pytest.mark.parametrize(
    ("arguments", "told", "expected"),
    [
        (["{file}#Sails"], "There is no section “Sails”", 2),
        (["{file}", "+/sail"], "No match for “sail” in this article", 1),
        (["{file}:3", "--section", "Lamps"], ":3 cannot be combined with --section", 2),
        (["+3"], "+3 needs a file", 2),
        (["{folder}/none.md:3"], "none.md does not exist", 1),
        (["{folder}:3"], "is a folder, not an article", 2),
    ],
)
def test_what_is_not_there_is_said(article: Path, command: Run, arguments: list[str], told: str, expected: int) -> None:
    written = [one.format(file=article, folder=article.parent) for one in arguments]
    code, out, err = command("show", *written)
    assert (code, out) == (expected, "")
    assert told in err
    assert err.count("\n") == 1


def test_what_exists_is_no_place(article: Path, tmp_path: Path, command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("+20", f"{article.name}:3", f"{article.name}#lamps"):
        Path(name).write_text("# Twenty\n\nA number.\n", "utf-8")
        assert "A number." in command("show", name)[1]


def test_standard_input_has_places_but_no_lines(command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"one\n\ntwo\n\nthree\n")))
    assert command("show", "-", "+/two")[1].split() == ["two", "three"]
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"one\n\ntwo\n\nthree\n")))
    code, _out, err = command("show", "-", "+3")
    assert code == 2
    assert "lines of standard input" in err


def test_the_places_of_the_screen(article: Path, tmp_path: Path) -> None:
    other = tmp_path / "b.md"
    other.write_text("# B\n\nText.\n", "utf-8")
    targets = targets_of(["+/ten", str(article), f"{other}:2"])
    assert starting_places(targets) == {
        article: StartingPlace("+/ten", text="ten"),
        other: StartingPlace(":2", line=2),
    }
    assert targets_of([f"{article}", "+G"])[0][1] == StartingPlace("+G", line=END)
    with pytest.raises(UsageError, match="folder"):
        starting_places(targets_of([str(tmp_path), "+3"]))


def test_a_file_with_several_articles_has_no_places(tmp_path: Path, command: Run) -> None:
    box = tmp_path / "issues.zip"
    with zipfile.ZipFile(box, "w") as opened:
        for number in (1, 2):
            opened.writestr(f"Issue #{number}.md", f"# Issue {number}\n\nNews of the harbour.\n\n## x\n\nBoats.\n")
    with pytest.raises(UsageError, match="several articles"):
        starting_places(targets_of([f"{box}:1"]))
    code, listed, _err = command("list", "-a", str(box), "--sort", "title", "--format", "{path}")
    first = listed.splitlines()[0]
    assert (code, "#1" in first) == (0, True)
    assert targets_of([first]) == [(first, None)], "a number sign in the name of an article begins no section"
    assert targets_of([f"{first}#x"]) == [(first, StartingPlace("#x", section="x"))]
