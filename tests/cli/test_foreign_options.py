"""Options that people know from less, vim and newsboat are answered with what to write instead."""

import subprocess
from pathlib import Path

import pytest

from reader.cli.main import run
from tests.cli.run_type import Run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "tea.md"
    file.write_text("# Tea\n\nWarm the pot.\n", "utf-8")
    return file


@pytest.mark.parametrize(
    "option", ["-N", "-S", "-R", "-F", "-X", "-SR", "--line-numbers", "-pWarm", "+F", "+set nu", "+:q"]
)
@pytest.mark.parametrize("command_name", ["", "show"])
def test_options_of_less_have_a_hint_of_their_own(article: Path, command: Run, command_name: str, option: str) -> None:
    for arguments in ((article, option), (option, article)):
        code, out, err = command(*filter(None, (command_name, *map(str, arguments))))
        assert (code, out) == (2, "")
        assert err.count("\n") <= 2
        assert f"Unrecognized arguments: {option}" in err
        assert "--help" not in err, "the hint says more than where the help is"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-x", "print-unread"], "reader list is:unread --count"),
        (["-r"], "reader index"),
        (["--refresh-on-start"], "reader index"),
        (["-u", "urls"], "archives"),
        (["--vacuum"], "--rebuild"),
        (["-C", "config"], "reader settings"),
        (["-E", "read"], "reader marks export"),
        (["-a", "archive"], "without “-a”"),
        (["-c", ":q"], "reader help"),
    ],
)
def test_options_of_newsboat_and_vim_too(command: Run, arguments: list[str], told: str) -> None:
    code, _out, err = command(*arguments)
    assert code == 2
    assert told in err


def test_an_unknown_option_still_names_the_help(article: Path, command: Run) -> None:
    assert "reader --help" in command(article, "--frobnicate")[2]
    assert "reader check --help" in command("check", "-n")[2]


def test_every_option_of_newsboat_that_its_help_lists_is_known(command: Run) -> None:
    try:
        listed = subprocess.run(["newsboat", "--help"], capture_output=True, text=True, timeout=60, check=False).stdout
    except OSError:
        pytest.skip("newsboat is not installed")
    options = [line.split()[0].rstrip(",") for line in listed.splitlines() if line.strip().startswith("-")]
    assert len(options) > 10
    for option in options:
        if option not in {"-h", "-l", "-d"}:  # help, and the log, which the reader has none of
            assert "--help" not in command(option, "x")[2], option


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "-a"], "“-q ''” exports all articles"),
        (["export", "--archive"], "“-q ''” exports all articles"),
        (["export", "-a", "notes"], "“-q ''” exports all articles"),
        (["export", "--all"], "“-q ''” exports all articles"),
        (["export", "tea.md", "--to", "epub"], "--format"),
        (["export", "tea.md", "-f", "epub"], "--format"),
        (["keys", "vim"], "--preset"),
        (["keys", "--keymap", "less"], "--preset"),
        (["settings", "set", "theme", "dark"], "edit it"),
        (["index", "notes"], "-a"),
        (["check", "notes"], "-a"),
        (["stats", "notes"], "-a"),
    ],
)
def test_what_other_programs_take_has_a_hint(command: Run, arguments: list[str], told: str) -> None:
    code, out, err = command(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
    assert "--help" not in err


def test_an_empty_query_exports_everything(article: Path, tmp_path: Path, command: Run) -> None:
    folder = tmp_path / "exported"
    code, _out, _err = command("export", "-q", "", "-a", str(article), "-o", str(folder))
    assert code == 0
    assert [one.name for one in folder.iterdir()] == ["Tea.txt"]


@pytest.mark.parametrize("word", ["ls", "cat", "grep", "config", "LS"])
def test_commands_of_other_programs_name_those_of_this_one(
    word: str, tmp_path: Path, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = command(word)
    assert (code, out) == (1, "")
    assert "did you mean “reader " in err


@pytest.mark.parametrize("option", ["-n", "-l", "-C"])
@pytest.mark.parametrize("name", ["list", "search"])
def test_a_letter_that_is_no_option_is_told_to_leave_out_a_word(
    article: Path, command: Run, name: str, option: str
) -> None:
    told = f"reader: “{option}” leaves out articles with the word “{option[1]}”"
    assert told in command(name, "-a", str(article), "pot", option)[2]
    assert "leaves out" not in command(name, "-a", str(article), "pot", "-kettle", "-茶")[2]


@pytest.mark.parametrize("sign", ["", "localhost"])
def test_a_file_may_be_named_by_its_url(sign: str, tmp_path: Path, command: Run) -> None:
    file = tmp_path / "tea house 茶.md"
    file.write_text("# Tea\n\nWarm the pot.\n", "utf-8")
    address = file.as_uri().replace("file://", f"file://{sign}")
    assert "%20" in address
    code, out, _err = command("show", f"{address}#top")
    assert (code, "Warm the pot." in out) == (0, True)


@pytest.mark.parametrize(
    ("command_line", "options"),
    [
        (["help"], ["--help"]),
        (["version"], ["--version"]),
        (["version", "--json"], ["--version"]),
        (["help", "list"], ["list", "--help"]),
        (["help", "marks", "export"], ["marks", "export", "--help"]),
        (["--help", "show"], ["show", "--help"]),
        (["-h", "show"], ["show", "--help"]),
    ],
)
def test_help_and_version_are_commands_too(
    command_line: list[str], options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for arguments in (command_line, options):
        with pytest.raises(SystemExit) as end:
            run(arguments)
        assert end.value.code == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1] != ""
