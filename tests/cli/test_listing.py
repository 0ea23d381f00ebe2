"""The options of the commands that list articles, called as from a shell."""

import json
from pathlib import Path

import pytest

from tests.articles import write_article
from tests.cli.run_type import Run


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    write_article(folder / "b.md", "乙 bridge", "<p>The bridge, the bridge.</p>", day=1)
    write_article(folder / "a b.md", "丙 bridge", "<p>A bridge is a promise.</p>", day=2)
    write_article(folder / "c.md", "甲 harbour", "<p>Ships only.</p>" * 40, day=3)
    return folder


def paths(out: str) -> list[str]:
    return [Path(line).name for line in out.splitlines()]


@pytest.mark.parametrize("name", ["list", "search"])
def test_rows_by_a_template(name: str, archive: Path, command: Run) -> None:
    code, out, err = command(name, "-a", archive, "bridge", "--sort", "date", "--format", r"{path}\t{title} {{{date}}}")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"{archive / 'a b.md'}\t丙 bridge {{2021-11-02}}",
        f"{archive / 'b.md'}\t乙 bridge {{2021-11-01}}",
    ]


def test_paths_ended_by_nul(archive: Path, command: Run) -> None:
    (archive / "new\nline.md").write_text("# bridge\n", "utf-8")
    found = command("list", "-a", archive, "-0", "--sort", "path")[1].split("\0")
    assert [Path(one).name for one in found] == ["a b.md", "b.md", "c.md", "new\nline.md", ""]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--sort", "title"], ["a b.md", "c.md", "b.md"]),
        (["--sort", "size"], ["c.md", "b.md", "a b.md"]),
        (["--sort", "path", "--reverse"], ["c.md", "b.md", "a b.md"]),
        (["--limit", "1"], ["c.md"]),
        (["--since", "2021-11-02"], ["c.md", "a b.md"]),
        (["--since", "2021-11-02", "bridge"], ["a b.md"]),
    ],
)
def test_order_and_number(arguments: list[str], names: list[str], archive: Path, command: Run) -> None:
    assert paths(command("list", "-a", archive, *arguments, "--format", "{path}")[1]) == names


def test_articles_without_a_date_come_last_in_both_directions(archive: Path, command: Run) -> None:
    (archive / "undated.md").write_text("# bridge\n", "utf-8")
    for name, arguments in (("list", []), ("search", ["bridge"])):
        for order in ([], ["--reverse"]):
            found = command(name, "-a", archive, *arguments, "--sort", "date", *order, "--format", "{path}")[1]
            assert paths(found)[-1] == "undated.md"


def test_search_in_other_orders_keeps_its_excerpts(archive: Path, command: Run) -> None:
    found = json.loads(command("search", "-a", archive, "bridge", "--sort", "title", "--json")[1])
    assert [one["title"] for one in found] == ["丙 bridge", "乙 bridge"]
    assert all("bridge" in one["excerpt"] for one in found)
    newest = command("search", "-a", archive, "bridge", "--newest", "--format", "{path}")[1]
    assert newest == command("search", "-a", archive, "bridge", "--sort", "date", "--format", "{path}")[1]
    assert paths(newest) == ["a b.md", "b.md"]
    assert paths(command("search", "-a", archive, "--since", "2021-11-03", "--format", "{path}")[1]) == ["c.md"]


def test_counts(archive: Path, command: Run) -> None:
    assert command("list", "-a", archive, "--count") == (0, "3\n", "")
    assert command("search", "-a", archive, "--count", "bridge") == (0, "2\n", "")
    assert command("search", "-a", archive, "--count", "nowhere") == (1, "0\n", "")


def test_search_prints_the_path_below_the_title(archive: Path, command: Run) -> None:
    lines = command("search", "-a", archive, "promise")[1].splitlines()
    assert lines[1].strip() == str(archive / "a b.md")
    assert "promise" in lines[2]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "{path"], "not valid"),
        (["--format", "{nothing}"], "{title}"),
        (["--format", "{title.__class__}"], "title.__class__"),
        (["--format", "{title!r}"], "{title}"),
        (["--sort", "colour"], "title"),
        (["--since", "someday"], "2021-11-10"),
        (["-0", "--json"], "--json"),
        (["--count", "--json"], "--json"),
    ],
)
def test_invalid_options_say_what_is_valid(arguments: list[str], told: str, archive: Path, command: Run) -> None:
    code, out, err = command("list", "-a", archive, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_a_hyphen_and_a_digit_still_exclude_a_word(archive: Path, command: Run) -> None:
    assert paths(command("list", "-a", archive, "-bridge", "--format", "{path}")[1]) == ["c.md"]
    assert command("list", "-a", archive, "-007", "--count")[1] == "3\n"


def test_a_missing_archive_among_several_is_a_warning(archive: Path, command: Run) -> None:
    code, out, err = command("list", "-a", archive, "-a", archive / "gone", "--count")
    assert (code, out) == (0, "3\n")
    assert err.startswith("reader: warning: ")
    assert "gone" in err
    assert command("list", "-a", archive / "gone", "-a", archive / "lost")[0] == 1


def test_duplicates_are_never_counted(archive: Path, command: Run) -> None:
    write_article(archive / "copy.md", "甲 harbour", "<p>Ships only.</p>" * 40, day=4)
    assert command("list", "-a", archive, "--count")[:2] == (0, "3\n")
    assert command("stats", "-a", archive)[1].startswith("3 articles\n")


@pytest.mark.parametrize("query", [(".",), ("./archive", "bridge"), ("..",)])
@pytest.mark.parametrize("options", [("list",), ("search",), ("search", "--count")])
def test_a_folder_in_place_of_the_query_gets_a_hint(
    options: tuple[str, ...], query: tuple[str, ...], archive: Path, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_ARCHIVE", str(archive))
    monkeypatch.chdir(archive.parent)
    _code, _out, err = command(*options, *query)
    assert f"reader: “{query[0]}” is read as a part of the query: choose an archive with -a" in err.splitlines()
    assert "choose an archive" not in command(*options, "-a", archive, *query)[2]


@pytest.mark.parametrize("name", ["list", "search"])
def test_a_query_like_the_name_of_a_folder_gets_a_hint_only_without_results(
    name: str, archive: Path, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_ARCHIVE", str(archive))
    monkeypatch.chdir(archive.parent)
    (archive.parent / "bridge").mkdir()
    assert command(name, "bridge")[2] == ""
    assert "choose an archive with -a" in command(name, "archive")[2]
    assert "choose an archive" not in command(name, "lighthouse")[2]
