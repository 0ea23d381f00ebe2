"""Shell completion and the manual page, made from the parser of the commands."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import language
from reader.cli.completion_scripts import SHELLS, script
from reader.cli.main import COMMANDS
from reader.cli.manual_page import manual_page, manual_pages
from reader.cli.parsers import COMMAND_HELP
from reader.cli.shell_words import TypedWord, quoted, typed_word
from tests.cli.run_type import Run
from tests.end_to_end.terminal import Terminal

_BIN = str(Path(sys.executable).parent)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Run) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for name, categories in (("harbour", "港口, Two Words"), ("light", "灯塔, 北方")):
        (folder / f"{name}.md").write_text(f"---\ntitle: {name}\ncategories: [{categories}]\n---\nText.\n", "utf-8")
    monkeypatch.setenv("READER_ARCHIVE", str(folder))
    assert command("index")[0] == 0
    return folder


def test_every_command_is_described() -> None:
    assert list(COMMAND_HELP) == list(COMMANDS)


@pytest.mark.usefixtures("archive")
def test_words_of_a_query(command: Run) -> None:
    def words(word: str) -> list[str]:
        code, out, err = command("completion", f"--words={word}")
        assert (code, err) == (0, "")
        return out.splitlines()

    assert words("ca") == ["cat:"]
    assert words("-ca") == ["-cat:"]
    assert words("cat:") == ['cat:"Two Words"', "cat:北方", "cat:港口", "cat:灯塔"]
    assert words('cat:"tw') == words("cat:'tw") == words("cat:tw") == ['cat:"two Words"'], "as fish and zsh ask"
    assert words("-cat:灯") == ["-cat:灯塔"]
    assert words("is:un") == ["is:unread"]
    assert words("has:") == ["has:code", "has:image", "has:link", "has:table"]
    assert words("nothing:") == []


@pytest.mark.usefixtures("archive")
def test_words_that_bash_only_lists_are_plain(command: Run) -> None:
    for line, found in (
        ('reader export -q "cat:', ["Two Words", "北方", "港口", "灯塔"]),
        ("reader list cat:", ["Two Words", "北方", "港口", "灯塔"]),
        ("reader list ca", ["cat:"]),
    ):
        code, out, _err = command("completion", f"--bash={line}", "--breaks=:", "--listed")
        assert (code, out.splitlines()) == (0, found)


def test_missing_archive_gives_no_words(command: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("READER_ARCHIVE", str(tmp_path / "gone"))
    assert command("completion", "--words=cat:") == (0, "", "")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("reader sea", ["search"]),
        ("reader search cat", ["cat:"]),
        ("reader search cat:灯", ["灯塔"]),
        ("reader search cat:tw", [r"\"Two\ Words\""]),
        (r"reader search -cat:\"Two\ W", [r"\"Two\ Words\""]),
        ('reader search "cat:Two W', [r'cat:\"Two Words\""']),
        ("reader search 'cat:Two W", ['cat:"Two Words"\'']),
        ("reader search --sort ti", ["title"]),
        ("reader search --rev", ["--reverse"]),
        ("reader show harb", ["harbour.md"]),
        ("reader marks cl", ["clear-history"]),
        ("reader export -q cat:灯", ["灯塔"]),
        ("reader export -a . -q is:un", ["unread"]),
        ("reader export --query=cat:灯", ["灯塔"]),
        ("reader export --template lo", ["logseq"]),
        ("reader export --template harb", ["harbour.md"]),
    ],
)
@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_completes(line: str, found: list[str], archive: Path, tmp_path: Path) -> None:
    assert bash_completions(line, archive, tmp_path) == found


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_lists_what_is_not_quoted(archive: Path, tmp_path: Path) -> None:
    # As of the second Tab: readline(3), rl_completion_type.
    listed = bash_completions('reader export -q "cat:', archive, tmp_path, kind="?")
    assert listed == ["Two Words", "北方", "港口", "灯塔"]


def bash_completions(line: str, archive: Path, tmp_path: Path, kind: str = "\t") -> list[str]:
    (tmp_path / "script").write_text(script("bash"), "utf-8")
    shell = """
        source "$1"; COMP_LINE="$2"; COMP_TYPE="$3"; COMP_POINT=${#COMP_LINE}
        # Readline splits words at spaces and colons.
        words="${COMP_LINE//:/ : }"; read -ra COMP_WORDS <<< "${words//=/ = }"; COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
        _reader reader; (( ${#COMPREPLY[@]} == 0 )) || printf '%s\\n' "${COMPREPLY[@]}"
    """
    result = subprocess.run(
        ["bash", "-c", shell, "bash", str(tmp_path / "script"), line, str(ord(kind))],
        capture_output=True,
        text=True,
        check=True,
        cwd=archive,
        env={**os.environ, "PATH": f"{_BIN}{os.pathsep}{os.environ['PATH']}"},
    )
    return result.stdout.splitlines()


@pytest.mark.usefixtures("archive")
@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_completes_a_quoted_name(tmp_path: Path) -> None:
    (tmp_path / "script").write_text(script("bash"), "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / " .md").touch()
    environ = {"PATH": f"{_BIN}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    with Terminal([str(shutil.which("bash")), "--norc", "-i"], columns=100, environ=environ, folder=tmp_path) as shell:
        shell.type("PS1='> '; source script; clear; echo re''ady\n")
        shell.wait_for("ready\n>")
        shell.type("reader show sub/\\ \t")
        shell.wait_for(r"> reader show sub/\ .md")


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@given(st.text(st.characters(exclude_characters="\0\n\r", exclude_categories=["Cs", "Zl", "Zp"]), max_size=8))
def test_bash_reads_what_was_quoted(text: str) -> None:
    for quote in ("", "'", '"'):
        word = typed_word(f"reader {quote}{quoted(text, quote)}")
        assert (word.text, word.quote) == (text, quote)
    written = " ".join(f"{quote}{quoted(text, quote)}{quote}" for quote in ("'", '"'))
    told = subprocess.run(["bash", "-c", f"printf '%s\\0' {written}"], capture_output=True, check=True).stdout
    assert told.decode().split("\0")[:2] == [text, text]


def test_only_the_end_of_a_word_is_replaced() -> None:
    assert typed_word("reader search cat:Tw", ":") == TypedWord("cat:Tw", "cat:")
    assert typed_word('reader search a "cat:Tw', ":") == TypedWord("cat:Tw", "", '"')
    assert typed_word(r"reader search cat:\"Two\ W", ":\"'") == TypedWord('cat:"Two W', "cat:")
    assert typed_word("reader search ") == TypedWord("")


@pytest.mark.usefixtures("archive")
@pytest.mark.skipif(not shutil.which("zsh"), reason="needs zsh")
def test_zsh_completes(tmp_path: Path) -> None:
    (tmp_path / "_reader").write_text(script("zsh"), "utf-8")
    environ = {"PATH": f"{_BIN}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    with Terminal([str(shutil.which("zsh")), "-f", "-i"], columns=100, environ=environ, folder=tmp_path) as shell:
        shell.type("PS1='> '; fpath=($PWD $fpath); autoload -U compinit; compinit -u; clear; echo re''ady\n")
        shell.wait_for("ready\n>")
        for typed, completed in (
            ("reader sea", "reader search"),
            ("reader search cat:灯", "reader search cat:灯塔"),
            ("reader search cat:Tw", r"reader search cat:\"Two\ Words\""),
            ("reader search 'cat:Tw", "reader search 'cat:\"Two Words\"'"),
            ("reader search --sort ti", "reader search --sort title"),
            ("reader _read", "reader _reader"),
        ):
            shell.type(f"\x15{typed}\t")
            shell.wait_for(f"> {completed}")


@pytest.mark.usefixtures("archive")
@pytest.mark.skipif(not shutil.which("fish"), reason="needs fish")
def test_fish_completes(tmp_path: Path) -> None:
    (tmp_path / "reader.fish").write_text(script("fish"), "utf-8")
    environ = {**os.environ, "PATH": f"{_BIN}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
    for line, found in (
        *(("reader sea", "search"), ("reader search cat:灯", "cat:灯塔"), ("reader rea", "reader.fish")),
        *(("reader search cat:Tw", 'cat:"Two Words"'), ('reader search "cat:Tw', 'cat:"Two Words"')),
    ):
        shell = ["fish", "-c", f"source reader.fish; complete -C '{line}'"]
        result = subprocess.run(shell, capture_output=True, text=True, check=True, cwd=tmp_path, env=environ)
        assert result.stdout.split("\t")[0].strip() == found


def test_scripts_need_no_more_than_their_shell(command: Run) -> None:
    for shell in SHELLS:
        assert command("completion", shell) == (0, script(shell), "")
    assert command("completion")[0] == 2
    assert command("completion", "csh")[0] == 2


def test_manual_page_has_every_command_and_option() -> None:
    page = manual_page("1.2.3")
    assert re.match(r'\.TH READER "?1"? "?\d{4}-\d\d-\d\d"? ', page), "mandoc reads no date with escaped hyphens"
    page = page.replace("\\-", "-").replace("\\", "")
    assert page.startswith('.TH READER "1"')
    for name in (*COMMAND_HELP, "--section", "--sort", "--since", "--no-pager", "EXIT STATUS", "reader 1.2.3"):
        assert name in page


def test_manual_pages_are_in_every_language() -> None:
    pages = manual_pages("1.2.3")
    assert set(pages) == {"man1", *(f"{code}/man1" for code in language.languages() if code != "en")}
    assert language.current() == "en"
    english = set(re.findall("(?m)^[a-zA-Z][a-z]+ [a-z]+ [a-z]+.*", pages.pop("man1")))
    assert len(english) > 80
    for folder, page in pages.items():
        # Groff would not break Chinese in another locale.
        assert page.startswith(f".if \\n(.g .mso {folder.removesuffix('/man1')}.tmac\n.TH READER")
        assert not english & set(page.splitlines()), "an English line is left"
        assert not re.search(r"(?m)^\.SH (?!FILES$)[A-Z]+$", page)
        for name in (*COMMAND_HELP, "--section", "reader 1.2.3"):
            assert name in page.replace("\\-", "-")


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
@pytest.mark.parametrize("folder", ["man1", "ja/man1", "zh/man1"])
def test_groff_sets_the_manual_pages(folder: str) -> None:
    page = manual_pages("1.2.3")[folder]
    done = subprocess.run(
        ["groff", "-man", "-Kutf8", "-Tutf8", "-ww"], input=page, capture_output=True, text=True, check=True
    )
    assert not done.stderr
    assert "hong- kong" not in done.stdout
    assert not re.search("(?m)^ *[、。，：；）」”]", done.stdout), "a line begins with a closing mark"


def test_zsh_takes_a_value_after_an_equals_sign() -> None:
    text = script("zsh")
    assert '"--template=[' in text
    assert '{-q,--query=}"[' in text
    assert '"--force[' in text
