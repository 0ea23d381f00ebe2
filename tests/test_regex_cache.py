"""Expressions that are kept between runs match as those of `re`, and a file that cannot be used does no harm."""

import marshal
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.regex import compiler, regex
from reader.regex_cache import _header, regexes_kept, use_kept_regexes

PATTERNS: list[tuple[Any, int]] = [
    ("a+b", 0),
    ("(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})|(x)", 0),
    ("[一-鿿々]+(?![。！])", 0),
    ("(?i:straße)|é", re.IGNORECASE),
    ("^ *\\w+$", re.MULTILINE),
    ("a . b  # spaces of the expression do not count", re.VERBOSE | re.DOTALL),
    ("(?:(['\"])[^'\"]*+\\1)", 0),
    ("[^\\W\\d]\\b", re.ASCII),
    (b"<[a-z]+>|\xff", re.IGNORECASE),
    ("[\U00020000-\U0003ffff가-힣]", 0),
]
TEXT = "aab 2026-11 x 中文々。 STRASSE straße É\n word\na\n'q' \"r\" 𠀋 한"


@pytest.fixture(autouse=True)
def plain_compiler() -> Iterator[None]:
    before, compiler[0] = compiler[0], re.compile
    yield
    compiler[0] = before


def compiled(folder: Path) -> list["re.Pattern[Any]"]:
    """The expressions of one run of the program."""
    with regexes_kept(lambda: str(folder)):
        made = [regex(pattern, flags) for pattern, flags in PATTERNS]
        for one in made:
            one.search(b"" if isinstance(one.pattern, bytes) else "")
    return made


def check(made: list["re.Pattern[Any]"]) -> None:
    for one, (pattern, flags) in zip(made, PATTERNS, strict=True):
        wanted = re.compile(pattern, flags)
        text = TEXT.encode("latin-1", "replace") if isinstance(pattern, bytes) else TEXT
        assert (one.flags, one.groups, dict(one.groupindex)) == (wanted.flags, wanted.groups, dict(wanted.groupindex))
        assert [(m.span(), m.groups(), m.lastgroup) for m in one.finditer(text)] == [
            (m.span(), m.groups(), m.lastgroup) for m in wanted.finditer(text)
        ]


@pytest.fixture
def no_parser(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes every compilation fail from now on."""

    def fail(*_arguments: object) -> None:
        pytest.fail("an expression was compiled")

    return lambda: monkeypatch.setattr(vars(re)["_parser"], "parse", fail)


def kept_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def kept_expressions(file: Path) -> Any:
    """The expressions in the file. Its bytes depend on the references that the interpreter holds to each string."""
    return marshal.loads(file.read_bytes().partition(b"\n")[2])  # noqa: S302 - written by this test


def test_the_next_run_compiles_nothing(tmp_path: Path, no_parser: Callable[[], None]) -> None:
    folder = tmp_path / "new" / "cache"
    check(compiled(folder))
    no_parser()
    made = compiled(folder)
    use_kept_regexes(lambda: str(folder))
    again = [regex(pattern, flags) for pattern, flags in PATTERNS]
    assert [one.flags for one in again] == [one.flags for one in made]


def test_kept_expressions_match_as_those_of_re(tmp_path: Path) -> None:
    compiled(tmp_path)
    check(compiled(tmp_path))


def test_new_expressions_are_added(tmp_path: Path, no_parser: Callable[[], None]) -> None:
    compiled(tmp_path)
    others = [f"{letter}+" for letter in "abcdefghij"]
    with regexes_kept(lambda: str(tmp_path)):
        for pattern in others:
            regex(pattern).search("")
    no_parser()
    compiled(tmp_path)
    with regexes_kept(lambda: str(tmp_path)):
        assert [regex(pattern).findall("abba") for pattern in others][:2] == [["a", "a"], ["bb"]]


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.99])
def test_a_damaged_file_is_replaced(tmp_path: Path, part: float, no_parser: Callable[[], None]) -> None:
    compiled(tmp_path)
    file = kept_file(tmp_path)
    data = bytearray(file.read_bytes())
    data[int(len(data) * part)] ^= 0x41
    file.write_bytes(data)
    check(compiled(tmp_path))
    no_parser()
    compiled(tmp_path)


@pytest.mark.parametrize("size", [0, 1, 60, 500])
def test_a_torn_file_is_replaced(tmp_path: Path, size: int) -> None:
    compiled(tmp_path)
    file = kept_file(tmp_path)
    expressions = kept_expressions(file)
    file.write_bytes(file.read_bytes()[:size])
    check(compiled(tmp_path))
    assert kept_expressions(file) == expressions


def test_a_file_of_another_interpreter_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(tmp_path)
    before = kept_file(tmp_path).read_bytes()
    monkeypatch.setattr(sys, "version", "3.11.0 (another build)")
    check(compiled(tmp_path))
    assert kept_file(tmp_path).read_bytes() != before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")
def test_only_the_owner_can_have_written_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(tmp_path)
    file = kept_file(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    used: list[object] = []
    parse = vars(re)["_parser"].parse
    monkeypatch.setattr(vars(re)["_parser"], "parse", lambda *given: used.append(given) or parse(*given))
    compiled(tmp_path)
    assert not used
    file.chmod(0o666)
    compiled(tmp_path)
    assert len(used) == len(PATTERNS)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_used_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    check(compiled(blocked / "folder"))
    check(compiled(Path("nul\0in the name")))


def test_a_few_expressions_write_no_file(tmp_path: Path) -> None:
    with regexes_kept(lambda: str(tmp_path / "cache")):
        regex("a+").search("a")
    assert list(tmp_path.iterdir()) == []


def test_an_invalid_expression_fails_as_before(tmp_path: Path) -> None:
    with regexes_kept(lambda: str(tmp_path)), pytest.raises(re.error):
        regex("(").search("")


@pytest.mark.parametrize("missing", ["_parser", "_compiler"])
def test_a_python_that_compiles_in_another_way_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    wanted = re.compile("a+b")
    monkeypatch.setattr(re, "compile", lambda _pattern, _flags: wanted)
    monkeypatch.delattr(re, missing)
    with regexes_kept(lambda: str(tmp_path)):
        assert regex("a+b").findall("aab b ab") == ["aab", "ab"]


def test_the_second_show_compiles_none_of_the_expressions_of_the_program(tmp_path: Path) -> None:
    article = tmp_path / "essay.md"
    article.write_text(
        "---\ntitle: Harbour\ndate: 3 May 2020\n---\n<p>第一章 灯塔</p><p>It was late.</p>", encoding="utf-8"
    )
    program = (
        "import re, sys; parse = vars(re)['_parser'].parse; found = []\n"
        "vars(re)['_parser'].parse = lambda *given: found.append(given) or parse(*given)\n"
        "from reader.cli.main import run; from reader.regex import regex; run(sys.argv[1:])\n"
        "print(len(found), file=sys.stderr)"
    )
    around = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program, "show", str(article)],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=around,
        )
        for _run in range(2)
    )
    assert first.stdout == second.stdout
    # Those that are left are compiled by Python's own modules and html2text while they are imported.
    assert int(first.stderr) - int(second.stderr) > 40


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for_but_replaced(tmp_path: Path) -> None:
    compiled(tmp_path)
    file = kept_file(tmp_path)
    whole = kept_expressions(file)
    file.unlink()
    os.mkfifo(file)
    code = (
        "import sys; from pathlib import Path; from tests.test_regex_cache import check, compiled;"
        "check(compiled(Path(sys.argv[1])))"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, timeout=60)
    assert file.is_file()
    assert kept_expressions(file) == whole


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs a system that can leave links alone")
def test_the_target_of_a_link_is_neither_read_nor_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(tmp_path)
    file = kept_file(tmp_path)
    letter = tmp_path / "letter.txt"
    for text in (b"Dear reader,\n", file.read_bytes()):
        letter.write_bytes(text)
        letter.chmod(0o600)
        file.unlink()
        file.symlink_to(letter)
        used: list[object] = []
        with monkeypatch.context() as patched:
            parse = vars(re)["_parser"].parse
            patched.setattr(vars(re)["_parser"], "parse", lambda *given: used.append(given) or parse(*given))  # noqa: B023
            compiled(tmp_path)
        assert len(used) == len(PATTERNS)
        assert file.is_symlink()
        assert letter.read_bytes() == text


def test_a_file_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    compiled(tmp_path)
    file = kept_file(tmp_path)
    whole = kept_expressions(file)
    with file.open("r+b") as opened:
        opened.truncate(1 << 36)
    check(compiled(tmp_path))
    assert kept_expressions(file) == whole


@pytest.mark.parametrize("content", [None, [1], {}, {PATTERNS[0]: 5}, {PATTERNS[0]: (1 << 80, b"", 0, {}, ())}])
def test_other_content_with_a_right_checksum_does_no_harm(tmp_path: Path, content: Any) -> None:
    compiled(tmp_path)
    data = marshal.dumps(content)
    kept_file(tmp_path).write_bytes(_header(data) + data)
    check(compiled(tmp_path))
