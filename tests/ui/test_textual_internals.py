"""Private attributes of Textual that the program uses: a complete list, and tests that fail if they change."""

import ast
import inspect
from pathlib import Path

import pytest
from textual import _ansi_sequences, _compositor, _parser, _xterm_parser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.scroll_view import ScrollView

import reader.ui
from reader.ui.app import ReaderApp
from tests.ui.marking import Make
from tests.ui.test_reading import opened

FOLDER = Path(reader.ui.__file__).parent

PRIVATE: dict[type, set[str]] = {
    Screen: {"_compositor", "_select_state", "_selecting"},
    _compositor.Compositor: {"_cuts", "_get_renders", "_render_chops"},
    App: {
        *("_driver", "_exception", "_fatal_error", "_close_messages_no_wait", "_loop", "_clipboard"),
        *("_display", "_end_update"),
    },
    ScrollView: {"_size_updated"},
    LinuxDriver: {"_file", "_auto_restart", "_writer_thread", "_app", "_loop", "_debug"},
}
"""The private attributes that are used, by class."""

PRIVATE_MODULES = {"textual._ansi_sequences", "textual._compositor", "textual._parser", "textual._xterm_parser"}

PUBLIC = {"_replace", "_asdict", "_fields"}
"""Names of named tuples, which only avoid those of their fields."""


def own(tree: ast.AST) -> set[str]:
    """The private names that a file defines: functions and assigned attributes."""
    found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    found |= {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    return found | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC


def test_only_the_listed_private_names_of_textual_are_used() -> None:
    listed = set().union(*PRIVATE.values())
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in FOLDER.rglob("*.py")}
    inherited = set().union(*(own(tree) for tree in trees.values()))
    found = {
        (file.name, node.attr)
        for file, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and is_private(node.attr)
        if not (isinstance(node.value, ast.Name) and node.value.id == "os")
        if not (isinstance(node.value, ast.Name) and node.value.id == "self" and node.attr in inherited)
        # An attribute of an attribute, such as `self._app._exception`, belongs to another class.
        if node.attr not in own(tree) or not isinstance(node.value, ast.Name)
    }
    assert {(file, name) for file, name in found if name not in listed} == set()
    modules = {
        node.module
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("textual._")
    }
    assert modules <= PRIVATE_MODULES


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in PRIVATE.items() for name in sorted(names)])
def test_textual_still_has_the_name(kind: type, name: str) -> None:
    sources = "".join(inspect.getsource(one) for one in kind.__mro__ if one.__module__.startswith("textual"))
    assert f"self.{name}" in sources or f"def {name}(" in sources


def test_the_server_still_has_the_names() -> None:
    app_service = pytest.importorskip("textual_serve.app_service", reason="needs the extra “serve”")
    source = inspect.getsource(app_service.AppService)
    for name in ("self._process", "self._stdin", "def _open_app_process(", "def _build_environment("):
        assert name in source


def test_the_compositor_still_tells_what_a_frame_changes() -> None:
    assert {"strips", "region"} <= set(inspect.signature(_compositor.LayoutUpdate.__init__).parameters)
    assert {"chops", "spans"} <= set(inspect.signature(_compositor.ChopsUpdate.__init__).parameters)


def test_textual_still_parses_input_as_the_driver_expects() -> None:
    assert "\x1b[A" in _ansi_sequences.ANSI_SEQUENCES_KEYS
    assert issubclass(_xterm_parser.XTermParser, _parser.Parser)
    assert [event.key for event in _xterm_parser.XTermParser().feed("j") if hasattr(event, "key")] == ["j"]


def test_closing_app_is_recognized_by_the_message_pump() -> None:
    assert callable(MessagePump._close_messages_no_wait)


async def test_drag_is_recognized_by_its_start(make_app: Make) -> None:
    app = make_app()
    assert isinstance(app, ReaderApp)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.mouse_down("#page", offset=(20, 5))
        assert screen._selecting
        assert screen._select_state is not None
        assert screen._select_state.start.content_widget is screen.page
        await pilot.mouse_up("#page", offset=(20, 5))
