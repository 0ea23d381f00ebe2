"""A small archive, and the app on it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.notifications import Notification
from textual.widgets import Input, TextArea

from reader import language
from reader.layout.diagrams import DiagramJob, Drawing, drawing_of
from reader.layout.picture_rooms import PictureProblem
from reader.library.library import Library
from reader.reading.picture_scaler import scale
from reader.reading.picture_scaling import Pixels, Scaling
from reader.settings.options import Settings
from reader.syntax.code_chunks import CodeChunk
from reader.syntax.token_roles import TokenTable
from reader.syntax.tokenizing import tokenize
from reader.ui import late
from reader.ui.app import ReaderApp
from reader.ui.commands import store_care
from reader.ui.reading import footer
from tests.ui.waiting import settle

_LONG = 600.0
"""Seconds: longer than any test."""

REPORT = """
<p>海岸线上的十二座灯塔去年全部换上了新灯。工程历时三年，耗资36.6万元，比预算节约2.6%；最后一座在11月10日点亮。</p>
<p><strong>新灯更亮，也更省电</strong></p>
<p>“以前一夜要烧掉两升油，”守塔人说，“现在一块太阳能板就够了。”新灯的射程达到18海里——比旧灯远出三分之一……</p>
<p>施工期间，航标船往返运送材料127次，没有一次因为天气取消。工人们说，最难的一段路，是塔里那一百一十二级台阶。</p>
<p><strong>旧透镜去了哪里</strong></p>
<p>换下来的透镜存放在《航标年鉴》编辑部的仓库里，其中最老的一块造于1893年，重达两吨。</p>
<ul><li>直径2.6米，由1,024块棱镜拼成；</li><li>转一圈需要12分30秒。</li></ul>
<p><strong>接下来的计划</strong></p>
<p>明年起，灯塔将向公众开放。每周二到周日，上午九点到下午五点，可以登塔参观。</p>
"""
ESSAY = """
<p>Nobody lives in the lighthouse any more. The lamp comes on by itself at dusk, and if it does not, a bell rings.</p>
<h2>What the keeper left</h2>
<p>A chair that faces the sea, and <a href="https://example.org/log">three logbooks</a>: weather, ships, visitors.</p>
<h2>What came after</h2>
<p>The lens turns once in 20 seconds. It weighs more than a small car and floats on mercury.</p>
"""


def write(folder: Path, name: str, title: str, date: str, categories: tuple[str, ...], body: str) -> None:
    lines = "".join(f"\n - {category}" for category in categories)
    header = (
        f"\n---\ntitle: '{title}'\ncategories:{lines}\nauthor: 航标处\ndate: {date}\nlink: https://example.org/{name}\n"
    )
    (folder / f"{name}.md").write_text(f"{header}---\n{body}", encoding="utf-8")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "灯塔"
    folder.mkdir()
    write(folder, "report", "十二座灯塔换上新灯", "Wed, 10 Nov 2021 08:37:48 GMT", ("海洋", "航标"), REPORT)
    write(folder, "essay", "The Light That Keeps Itself", "2021-10-03 09:00:00", ("Essays",), ESSAY)
    write(
        folder,
        "long",
        "守塔日记",
        "2020-05-01 10:00:00",
        ("海洋", "航标"),
        "".join(f"<p>第{n}天，晴。</p>" for n in range(200)),
    )
    return folder


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., list[Path]]:
    """Returns the files that the screen has exported, those that match a pattern if one is given."""
    folder = tmp_path / "out"
    monkeypatch.setattr("reader.ui.session.export_folder", lambda _written: (folder, None))
    return lambda pattern="*": list(folder.glob(pattern))


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    language.use("en")
    yield
    language.use("en")


@pytest.fixture(autouse=True)
def _steady_cursors(monkeypatch: pytest.MonkeyPatch) -> None:
    # A blinking cursor would make snapshots depend on timing.
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda _: None)


@pytest.fixture(autouse=True)
def _settled_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait for the app after each key, not for the processor."""
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", settle)


_RULES: dict[tuple[object, ...], list[RuleSet]] = {}
"""The rules of the style sheets that have been parsed, by everything that they depend on."""


@pytest.fixture(autouse=True)
def _style_sheets_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse no style sheet again for another app: that takes an eighth of the time of the tests."""
    parse = Stylesheet._parse_rules

    def known(sheet: Stylesheet, *arguments: Any, **named: Any) -> list[RuleSet]:
        key = (*arguments, *named.items(), *sorted(sheet._variables.items()))
        if key not in _RULES:
            _RULES[key] = parse(sheet, *arguments, **named)
        return _RULES[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", known)


@pytest.fixture(autouse=True)
def _unhurried_app(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing that a test looks at disappear because the machine is slow."""
    monkeypatch.setattr(Notification, "has_expired", False)
    monkeypatch.setattr(footer, "_MESSAGE_SECONDS", _LONG)
    monkeypatch.setattr(store_care, "_FAILED", _LONG)
    monkeypatch.setattr("reader.ui.app._COMPOSE_TIMEOUT", _LONG)


class TokenizerHere:
    """Tokenizes code in this process, so that colours do not depend on timing."""

    def __init__(self, receive: Callable[[CodeChunk, TokenTable], object]) -> None:
        self._receive = receive

    def request(self, chunks: Sequence[CodeChunk]) -> None:
        for chunk, tokens in zip(chunks, tokenize(list(chunks)), strict=True):
            self._receive(chunk, tokens)

    def end(self) -> None:
        pass


class ScalerHere:
    """Scales pictures in this process, so that they do not depend on timing."""

    def __init__(self, receive: Callable[[Scaling, Pixels | PictureProblem], object]) -> None:
        self._receive = receive

    def request(self, wanted: Sequence[Scaling]) -> None:
        for one, pixels in zip(wanted, scale(list(wanted)), strict=True):
            self._receive(one, pixels)

    def end(self) -> None:
        pass


class DrawerHere:
    """Draws diagrams in this process."""

    def __init__(self, receive: Callable[[DiagramJob, Drawing | None], object]) -> None:
        self._receive = receive

    def request(self, jobs: Sequence[DiagramJob]) -> None:
        for job in jobs:
            self._receive(job, drawing_of(job))

    def end(self) -> None:
        pass


@pytest.fixture(autouse=True)
def _works_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late, "CodeTokenizer", TokenizerHere)
    monkeypatch.setattr(late, "PictureScaler", ScalerHere)
    monkeypatch.setattr(late, "DiagramDrawer", DrawerHere)


@pytest.fixture
def make_app(archive: Path, tmp_path: Path) -> Iterator[Callable[..., ReaderApp]]:
    libraries: list[Library] = []

    def make(settings: Settings | None = None, *, chinese: bool = False) -> ReaderApp:
        language.use("zh" if chinese else "en")
        library = Library([archive], tmp_path / "marks.db")
        libraries.append(library)
        return ReaderApp(library, settings or Settings())

    yield make
    for library in libraries:
        library.close()
