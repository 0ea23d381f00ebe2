"""The help of commands in languages without spaces."""

import pytest
from wcwidth import wcswidth

from reader.cli.command_parser import CommandParser
from reader.cli.marks_parser import marks_parser
from reader.cli.parsers import make_parser
from reader.errors import UsageError
from reader.language import use
from tests.cli.run_type import Run

TEXT = "中文字形：source（原文）、simplified（简体）、traditional（繁体）、taiwan（台湾）或 hong-kong（香港）的写法"


@pytest.mark.parametrize("columns", range(50, 90, 4))
def test_help_breaks_no_word_and_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    parser = CommandParser(prog="reader", description=TEXT)
    parser.add_argument("--chinese", help=TEXT)
    shown = parser.format_help()
    for word in ("source", "simplified", "traditional", "taiwan"):
        assert shown.count(word) == 2
    assert max(wcswidth(line) for line in shown.split("\n")) <= columns
    assert "".join(shown.split()).count("".join(TEXT.split())) == 2


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
@pytest.mark.parametrize("command", ["", "show", "outline", "list", "search", "links", "check", "export", "marks"])
def test_help_of_a_command_fits_in_80_columns(monkeypatch: pytest.MonkeyPatch, command: str, language: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    use(language)
    try:
        shown = make_parser(command).format_help()
    finally:
        use("en")
    assert max(wcswidth(line) for line in shown.split("\n")) <= 80, shown


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_further_lines_of_a_usage_stand_below_the_first(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    use(language)
    try:
        parser = CommandParser(prog="reader lamp")
        for name in ("height", "distance", "colour", "keeper", "harbour"):
            parser.add_argument(f"--{name}")
        own = CommandParser(prog="reader", usage="reader PATH\nreader lamp")
        usages = [one.format_help().split("\n\n")[0].split("\n") for one in (parser, own)]
    finally:
        use("en")
    for (first, *further), word in zip(usages, ("[-h]", "reader"), strict=True):
        start = wcswidth(first[: first.index(word)])
        assert further
        assert all(len(line) - len(line.lstrip()) == start for line in further)
        assert max(wcswidth(line) for line in (first, *further)) <= 58


def test_no_line_of_help_begins_with_a_long_vowel_or_small_kana(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in range(50, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        shown = CommandParser(
            prog="reader", description="記事をフォルダーにコピーしてメモとチャートを出力" * 4
        ).format_help()
        assert not [line for line in shown.split("\n") if line.startswith(tuple("ーャ"))]


def test_each_subcommand_of_marks_describes_itself() -> None:
    inner = next(action.choices for action in marks_parser()._actions if isinstance(action.choices, dict))
    assert len(inner) == 7
    assert all((parser.description or "").endswith(".") for parser in inner.values())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Argument --format: invalid choice “doc” (choose from text, html)"),
        ("zh", "参数 --format：无效的值“doc”（可用的值：text、html）"),
        ("ja", "引数 --format：「doc」は指定できません（選べる値：text、html）"),
    ],
)
def test_a_value_that_is_no_choice_is_quoted_as_in_the_language(language: str, said: str) -> None:
    parser = CommandParser(prog="reader")
    parser.add_argument("--format", choices=("text", "html"))
    use(language)
    try:
        with pytest.raises(UsageError) as error:
            parser.parse_args(["--format", "doc"])
    finally:
        use("en")
    assert error.value.message == said


@pytest.mark.parametrize(("language", "said"), [("zh", "无效的 int 值“x”"), ("ja", "int の値「x」は無効です")])
def test_a_value_of_another_type_is_quoted_as_in_the_language(language: str, said: str) -> None:
    parser = CommandParser(prog="reader")
    parser.add_argument("--count", type=int)
    use(language)
    try:
        with pytest.raises(UsageError) as error:
            parser.parse_args(["--count", "x"])
    finally:
        use("en")
    assert error.value.message.endswith(said)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "--lamp"), "Unrecognized arguments: --lamp: see “reader show --help”"),
        (("completion", "--lamp=3"), "Unrecognized arguments: --lamp=3: see “reader completion --help”"),
        (("marks", "--lamp"), "Unrecognized arguments: --lamp: see “reader marks --help”"),
        (("marks", "import", "--lamp"), "Unrecognized arguments: --lamp: see “reader marks import --help”"),
        (("marks", "due", "a", "b"), "Unrecognized arguments: a b: see “reader marks due --help”"),
        (("outline",), "The following arguments are required: FILE: see “reader outline --help”"),
        (("export", "a.md", "-q", "tag:b"), "Name files or a query: see “reader export --help”"),
        (("export",), "Name files or a query: “-q ''” exports all articles, and “-a FOLDER” chooses the archive"),
    ],
)
def test_an_error_names_what_is_unknown_and_the_command(arguments: tuple[str, ...], told: str, command: Run) -> None:
    assert command(*arguments) == (2, "", f"reader: {told}\n")
