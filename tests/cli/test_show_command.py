"""`reader show`, called as from a shell: standard input, ids, parts, JSON, styles."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from reader.cli.code_styles import token_codes
from reader.cli.styled_lines import LineStyle
from reader.layout.lines import Line, Role, Run, Style
from reader.themes.contrast import contrast
from reader.themes.theme_files import load_theme
from tests.cli.run_type import Run as Command
from tests.theme_files import SHIPPED

TEXT = """# Harbours

A [pilot](pilot.html) boards.[^1]

## Entering

1. slow
2. ahead

## Leaving

### At night

Lights on.

[^1]: At the buoy.
"""


class Input:
    """Standard input with content; pytest replaces the real one by one that cannot be read."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)

    def isatty(self) -> bool:
        return False


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "archive" / "harbours.md"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Input(TEXT.encode()))


@pytest.mark.usefixtures("piped")
def test_standard_input_is_shown_like_a_file(article: Path, command: Command) -> None:
    assert command("show", "-") == command("show", article)


def test_format_of_standard_input_can_be_given(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(*arguments: str) -> str:
        monkeypatch.setattr(sys, "stdin", Input(b"<p>one *two* three"))
        code, out, err = command("show", "-", *arguments)
        assert (code, err) == (0, "")
        return out.splitlines()[-1]

    assert shown("--as", "html") == "one *two* three"
    assert shown("--as", "text") == "<p>one *two* three"
    assert shown() == "one *two* three"


@pytest.mark.usefixtures("piped")
def test_base_makes_relative_links_absolute(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = json.loads(command("show", "-", "--json", "--base", "https://example.org/a/")[1])
    values = [span.get("value") for block in found["blocks"] for span in block.get("spans", ())]
    assert "https://example.org/a/pilot.html" in values
    monkeypatch.setattr(sys, "stdin", Input(b"Text."))
    assert "does not exist" in command("show", "-", "--base", "nope/nope")[2]
    monkeypatch.setattr(sys, "stdin", Input(b"Text."))
    assert "refer to its folder" in command("show", "-", "--base", "nope.md")[2]


@pytest.mark.parametrize(("data", "told"), [(b"", "empty"), (b" \n", "empty"), (b"\x89PNG\r\n\x1a\n" + bytes(99), "-")])
def test_useless_standard_input_is_an_error(
    data: bytes, told: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Input(data))
    code, out, err = command("show", "-")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert told in err


def test_an_article_is_found_by_its_id(article: Path, command: Command) -> None:
    found = command("list", "-a", article.parent, "--format", "{id}")[1].strip()
    assert command("show", "-a", article.parent, found) == command("show", article)
    code, out, err = command("show", "-a", article.parent, "0" * 16)
    assert (code, out) == (1, "")
    assert "no article with the id" in err


def test_chinese_is_shown_in_the_other_script(article: Path, command: Command) -> None:
    article.write_text("默认的“博客”。\n", "utf-8")
    code, text, _errors = command("show", "--chinese", "taiwan", article)
    assert (code, "預設的「部落格」。" in text) == (0, True)
    assert "预设" not in text


def test_vertical_text_is_printed_in_columns_from_right_to_left(article: Path, command: Command) -> None:
    article.write_text("灯塔在海边，夜里亮着。\n", "utf-8")
    code, text, _errors = command("show", "--vertical", "--rows", "6", "--width", "20", "--range", "0", article)
    assert code == 0
    assert text.splitlines() == [
        *("         着  边", "         ︒  ︐", "             夜  灯", "             里  塔", "             亮  在"),
        "                 海",
    ]
    code, _text, errors = command("show", "--vertical", "--rows", "4", article)
    assert (code, "from 5 to 100" in errors) == (2, True)


def test_text_that_is_not_written_vertically_stays_horizontal(article: Path, command: Command) -> None:
    article.write_text("The lamp of the lighthouse is lit at night.\n", "utf-8")
    han = article.with_name("han.md")
    han.write_text("灯塔在海边。\n", "utf-8")
    plain = command("show", article)[1]
    code, text, errors = command("show", "--vertical", article, article)
    assert (code, text) == (0, f"{plain}\n{plain}")
    assert errors.splitlines() == ["reader: warning: only Chinese, Japanese and Korean are set vertically"]
    assert command("show", "--vertical", han)[2] == ""


def test_other_script_needs_its_library(article: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.document.chinese_script.can_convert", lambda: False)
    code, text, errors = command("show", "--chinese", "taiwan", article)
    assert (code, text) == (2, "")
    assert "variants" in errors


def test_several_articles_are_shown_despite_an_error(article: Path, command: Command) -> None:
    twin = article.with_name("twin.md")
    twin.write_text("# Twin\n\nOther.\n", "utf-8")
    code, out, err = command("show", article, article.with_name("gone.md"), twin)
    assert code == 1
    assert "gone.md" in err
    assert out == command("show", article)[1] + "\n" + command("show", twin)[1]


def test_a_section_is_found_by_title_part_or_number(article: Path, command: Command) -> None:
    outlines = [
        [line for line in command("show", article, "--section", name)[1].splitlines() if line.strip()]
        for name in ("Leaving", "leav", "2")
    ]
    assert outlines[0] == outlines[1] == outlines[2]
    assert outlines[0][0] == "Leaving"
    assert "Lights on." in outlines[0]
    assert "ahead" not in "".join(outlines[0])
    code, out, err = command("show", article, "--section", "Leavign")
    assert (code, out) == (2, "")
    assert "did you mean Leaving?" in err


def test_of_several_articles_those_without_the_section_are_named_and_the_others_shown(
    article: Path, command: Command
) -> None:
    other = article.with_name("other.md")
    other.write_text("# Tides\n\n## Ebb\n\nOut it goes.\n", "utf-8")
    code, out, err = command("show", other, article, "--section", "Leaving")
    assert code == 2
    assert out == command("show", article, "--section", "Leaving")[1]
    assert err.count("\n") == 1
    assert "other.md: There is no section “Leaving”" in err
    code, out, err = command("show", article, other, "--json", "--section", "Leaving")
    assert (code, [one["path"] for one in json.loads(out)]) == (2, [str(article)])


@pytest.mark.parametrize(
    ("span", "lines"),
    [
        ("3..4", ["1. slow", "2. ahead"]),
        ("4", ["2. ahead"]),
        ("1:2..1:7", ["pilot"]),
        ("7..", ["Lights on.", "[1] At the buoy. ↩"]),
    ],
)
def test_a_range_of_blocks(span: str, lines: list[str], article: Path, command: Command) -> None:
    code, out, _err = command("show", article, "--range", span)
    assert code == 0
    assert [line.strip() for line in out.splitlines() if line.strip(" ─")] == lines


@pytest.mark.parametrize("span", ["", "x", "9..3", "400", "1:2:3", "-1"])
def test_an_invalid_range_is_an_error(span: str, article: Path, command: Command) -> None:
    code, out, err = command("show", article, f"--range={span}")
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_json_has_blocks_with_kinds_offsets_and_sections(article: Path, command: Command) -> None:
    (found,) = json.loads(command("show", article, "--json")[1])
    assert [(one["title"], one["level"]) for one in found["sections"]] == [
        ("Entering", 1),
        ("Leaving", 1),
        ("At night", 2),
    ]
    kinds = [block["kind"] for block in found["blocks"]]
    assert kinds[:5] == ["heading", "paragraph", "heading", "paragraph", "paragraph"]
    assert found["blocks"][3]["within"] == ["list"]
    assert found["blocks"][-1]["within"] == ["footnotes"]
    text = "\n".join(block["text"] for block in found["blocks"])
    for number, block in enumerate(found["blocks"]):
        assert block["block"] == number
        assert text[block["start"] :].startswith(block["text"])
    (some,) = json.loads(command("show", article, "--json", "--section", "Entering")[1])
    assert [block["block"] for block in some["blocks"]] == [2, 3, 4]
    assert some["blocks"] == found["blocks"][2:5]


def test_styles_are_printed_only_on_request_in_a_pipe(article: Path, command: Command) -> None:
    assert "\x1b" not in command("show", article)[1]
    coloured = command("show", article, "--color", "always")[1]
    assert "\x1b[1;35mEntering\x1b[m" in coloured
    assert "\x1b[4;35mpilot\x1b[m" in coloured


CODE = "```python\ndef light(): # 灯\n    return '\x1b[2J', 36\n```\n\n```diff\n+ new\n- old\n```\n"


def test_code_is_printed_in_colours_or_in_weight_and_slant(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "code.md"
    path.write_text(CODE, encoding="utf-8")
    assert "\x1b" not in command("show", path)[1]
    monkeypatch.setenv("COLORTERM", "truecolor")
    coloured = command("show", path, "--color", "always")[1]
    assert re.search(r"\x1b\[38;2;\d+;\d+;\d+mdef\x1b\[m", coloured)
    assert "\x1b[2J" not in coloured
    monkeypatch.setenv("COLORTERM", "")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert re.search(r"\x1b\[3;38;5;\d+m# 灯\x1b\[m", command("show", path, "--color", "always")[1])
    monkeypatch.setenv("TERM", "xterm")
    code, plain, _errors = command("show", path, "--color", "always")
    assert code == 0
    assert "\x1b[1mdef\x1b[m" in plain
    assert plain.rstrip().endswith("\x1b[3m- old\x1b[m")


@pytest.mark.parametrize("name", SHIPPED)
def test_the_colours_of_code_are_legible_on_black_and_on_white(name: str) -> None:
    assert token_codes(load_theme(name)[0], {"TERM": "xterm-direct"}) == token_codes(
        load_theme(name)[0], {"COLORTERM": "truecolor"}
    )
    for code in token_codes(load_theme(name)[0], {"COLORTERM": "truecolor"}).values():
        red, green, blue = map(int, code.split(";")[-3:])
        colour = f"#{red:02x}{green:02x}{blue:02x}"
        assert min(contrast(colour, "#000000"), contrast(colour, "#ffffff")) >= 4.4


def test_no_text_of_an_article_becomes_a_control_sequence() -> None:
    line = Line(
        (Run("a\x1b[2J\x9bb", Style(Role.HEADING), link="https://example.org/\x1b]0;x\x07"), Run(" "), Run("c"))
    )
    shown = LineStyle(styles=True, colours=True, links=True).render(line)
    assert shown == "\x1b]8;;https://example.org/%1B]0;x%07\x1b\\\x1b[35ma[2Jb\x1b[m\x1b]8;;\x1b\\ c"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "-", "-"], "only once"),
        (["show", "a.md", "--as", "html"], "standard input"),
        (["a.md", "--as", "html"], "standard input"),
        (["show", "a.md", "--as", "pdf"], "markdown"),
        (["help", "nothing"], "search"),
    ],
)
def test_contradictory_arguments_are_invalid_usage(arguments: list[str], told: str, command: Command) -> None:
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_page_is_the_same_by_file_and_by_id(tmp_path: Path, command: Command) -> None:
    for number, town in enumerate(("Acre", "Bari", "Cork", "Deal", "Eden", "Faro")):
        words = "".join(f"<p>The harbour of {town} has {n} long quays, cranes, and a light.</p>" for n in "abcd")
        promo = "<p>Subscribe to the letter of the harbour and never miss a tide again.</p>"
        head = f"<title>Town {number}</title><link rel=canonical href=https://example.org/{number}>"
        page = f"<!DOCTYPE html><html><head>{head}</head><body><article>{words}{promo}</article></body></html>"
        (tmp_path / f"{number}.html").write_text(page, "utf-8")
    assert "Subscribe" in command("show", tmp_path / "1.html", "-a", tmp_path)[1], "there is no index yet"
    found = json.loads(command("search", "harbour", "--json", "-a", tmp_path)[1])
    one = next(row for row in found if row["path"].endswith("1.html"))
    by_id, by_file = (command("show", name, "-a", tmp_path)[1] for name in (one["id"], one["path"]))
    assert "Subscribe" not in by_id
    assert "cranes" in by_id
    assert by_file == by_id
    assert "Subscribe" in command("show", "--whole", one["path"], "-a", tmp_path)[1]


def test_diagrams_are_drawn_on_a_terminal_and_written_as_source_elsewhere(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "drawn.md"
    path.write_text("```mermaid\ngraph LR\nA[Harbour] --> B[Lamp] --> C[Tower] --> D[Keeper]\n```\n", "utf-8")
    source = command("show", path)[1]
    assert "A[Harbour] --> B[Lamp]" in source
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    drawn = command("show", "--no-pager", "--color", "never", path)[1]
    assert "│ Harbour ├───►│ Lamp ├───►│ Tower ├" in drawn
    assert "graph LR" not in drawn
    assert "Source of the diagram" not in drawn
    assert "graph LR" in command("show", "--json", path)[1]
    # A drawing that does not fit is left as source.
    assert "graph LR" in command("show", "--no-pager", "--color", "never", "--width", "20", path)[1]
