"""What is fuzzed: for each kind of input how it is made, and what holds for every one."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key, MouseEvent

from reader.archive.decoding import decode
from reader.archive.front_matter import read
from reader.document.blocks import Block
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.document.sanitizing import clean, inert
from reader.errors import ExchangeError, SettingsError, ThemeError
from reader.export.text_exporter import render_text
from reader.index.texts import plain_text
from reader.layout.head import Head
from reader.marks.exchange import decoded, encoded
from reader.parse.parser import parse
from reader.settings.loader import load
from reader.settings.options import Typesetting
from reader.themes.theme_files import load_themes
from reader.ui.input_guard import InputGuard
from tests.export.compared import letters, read_again, words
from tests.fuzz.inputs import HEADERS, HTML, MARKDOWN, SETTINGS, TERMINAL, encodings, files
from tests.layout.laws import is_complete_and_fits, maps_both_ways
from tests.marks.test_hostile_files import WHOLE

WIDTHS = (10, 27, 80)
_PLAIN = Typesetting()


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of input.

    Attributes:
        inputs: Makes inputs, as the content of a file.
        check: Raises an exception if something does not hold for an input.
    """

    inputs: st.SearchStrategy[bytes]
    check: Callable[[bytes], None]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _labels(blocks: Sequence[Block]) -> Counter[str]:
    """The characters of references to footnotes, which are numbered anew."""
    return letters(blocks) - Counter("".join(text for _kind, text in words(blocks)))


def _characters(document: Document) -> str:
    """The text of the index without white space, and without the signs between leaves: a heading is one of its own."""
    return "".join(plain_text(document).replace("\0", " ").split())


def check_body(body: Body) -> None:
    """A body of any format is parsed, laid out and exported without losing or inventing text."""
    document = parse(body)
    texts = [leaf.text.text for leaf in document.leaves]
    assert [clean(text) for text in texts] == texts, "not clean"
    lean = parse(body, headings=False)
    assert _characters(lean) == _characters(document), "the index has other text"
    for width in WIDTHS:
        is_complete_and_fits(document, width, _PLAIN)
    maps_both_ways(document, WIDTHS[1], _PLAIN)
    again = read_again(document.blocks)
    before, after = letters(document.blocks), letters(again)
    assert not before - after - _labels(document.blocks), "Markdown loses text"
    assert not after - before - _labels(again), "Markdown reads again to more text"
    for line in render_text(Head("灯塔"), document, WIDTHS[0], _PLAIN):
        assert inert(line) == line, "a control character leaves"
        assert not any(ord(character) < 0x20 for character in line), "a control character leaves"


def _body(kind: BodyFormat) -> Callable[[bytes], None]:
    return lambda data: check_body(Body(_text(data), kind, "灯塔"))


def check_header(data: bytes) -> None:
    """Front matter never eats the text after it, and has clean values."""
    text = _text(data)
    end = "\n---\n正文在此"
    found = read(text + end)
    assert (text + end)[found.body_start if found else 0 :].endswith("正文在此")
    assert found is None or all(problem.line is None or problem.line >= 1 for problem in found.problems)


def check_encoding(data: bytes) -> None:
    """Any bytes are text; valid UTF-8 is read as it is."""
    found = decode(data).text
    found.encode()
    assert "\0" not in found
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    if text.isascii() and text.isprintable():
        assert found == text


def check_theme(data: bytes) -> None:
    """A file of a theme is a theme, or one clear error."""
    with TemporaryDirectory() as name:
        (Path(name) / "x.yaml").write_bytes(data)
        _themes, errors = load_themes([Path(name)])
        assert all(isinstance(error, ThemeError) and inert(error.message) == error.message for error in errors)


def check_settings(data: bytes) -> None:
    """A settings file is read, or refused with one clear error."""
    with TemporaryDirectory() as name:
        path = Path(name) / "settings.yaml"
        path.write_bytes(data)
        try:
            load(path)
        except SettingsError as error:
            said = error.message
        else:
            return
    assert said


def check_marks(data: bytes) -> None:
    """A file of marks is refused, or means the same when it is written and read again."""
    try:
        marks = decoded(data)
    except ExchangeError:
        return
    assert decoded(encoded(marks)) == marks


def _marks() -> st.SearchStrategy[bytes]:
    """A whole file of marks with a part replaced."""
    import json  # noqa: PLC0415

    whole = json.dumps(WHOLE, ensure_ascii=False)
    values = st.sampled_from(
        [
            "null",
            "-1",
            "1e999",
            '"x"',
            "[]",
            "{}",
            '"\\u0000"',
            '"\\ud800"',
            "true",
            "",
            '"9999-12-31T23:59:59Z"',
            "NaN",
        ]
    )

    @st.composite
    def changed(draw: st.DrawFn) -> bytes:
        text = whole
        for _number in range(draw(st.integers(1, 3))):
            start = draw(st.integers(0, len(text)))
            end = draw(st.integers(start, min(len(text), start + 12)))
            text = text[:start] + draw(values) + text[end:]
        return text.encode("utf-8", "surrogatepass")

    return changed()


def check_terminal(data: bytes) -> None:
    """Input becomes keys and mouse events with numbers, however it is split; nothing stays pending."""
    text = data.decode("utf-8", "ignore")
    guard, parser = InputGuard(), XTermParser()
    for start in range(0, len(text), 3):
        passed = guard.feed(text[start : start + 3])
        for event in parser.feed(passed) if passed else ():
            if isinstance(event, MouseEvent):
                assert all(isinstance(place, int | float) and place == place for place in (event.x, event.y))  # noqa: PLR0124
            if isinstance(event, Key):
                assert event.key
    for _rest in range(6):
        passed = guard.rest()
        for _event in parser.feed(passed) if passed else ():
            pass
    assert guard.rest() == ""


TARGETS = {
    "html": Target(files(HTML), _body(BodyFormat.HTML)),
    "markdown": Target(files(MARKDOWN), _body(BodyFormat.MARKDOWN)),
    "text": Target(
        files(("* * *", "第一章", "----", "  ", "http://example.org", "1. ", "=====")), _body(BodyFormat.TEXT)
    ),
    "front-matter": Target(files(HEADERS), check_header),
    "encodings": Target(encodings(), check_encoding),
    "themes": Target(files(SETTINGS), check_theme),
    "settings": Target(files(SETTINGS), check_settings),
    "marks": Target(_marks(), check_marks),
    "terminal": Target(files(TERMINAL), check_terminal),
}
