"""The promises of ARCHITECTURE.md: no import cycles, small classes and files, commands without the screen."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import reader
from reader.cli.main import COMMANDS

PACKAGE = Path(reader.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

TESTS = sorted((PACKAGE.parent / "tests").rglob("*.py"))

LONGEST_FILE = 350
LONGEST_CLASS = 250
LONGEST_FUNCTION = 50
"""Lines, those of a function without its docstring."""


def module_of(file: Path) -> str:
    """The dotted name of a file."""
    parts = (PACKAGE.name, *file.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(file): file for file in FILES}


@cache
def trees() -> Mapping[str, ast.Module]:
    """The syntax tree of each module, parsed by the first test that needs it: every process of a run imports this."""
    return {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in MODULES.items()}


def imported(tree: ast.AST, modules: Mapping[str, object]) -> Iterator[str]:
    """All modules of `modules` that a file imports: at the top, in functions, for type checking, and by name.

    “By name” means a string that is the name of one of these modules, as in the lists of late imports.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            assert node.level == 0, "imports say where from"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield from (one for one in (whole if whole in modules else node.module,) if one in modules)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in modules:
            # The name of the package alone is that of the program, as in paths of folders.
            yield from (one for one in (node.value,) if "." in one)


def imports(trees: Mapping[str, ast.AST]) -> dict[str, set[str]]:
    """The imports of each module among the others."""
    return {name: {one for one in imported(tree, trees) if one != name} for name, tree in trees.items()}


def circle(trees: Mapping[str, ast.AST]) -> list[str]:
    """An import cycle, if there is one."""
    sorter = TopologicalSorter(imports(trees))
    try:
        sorter.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_there_is_no_import_cycle() -> None:
    assert circle(trees()) == []


@pytest.mark.parametrize(
    "code",
    [
        "from package.b import x",
        "def later():\n    from package.b import x",
        "def later():\n    import package.b",
        "if TYPE_CHECKING:\n    from package import b",
        "names = loader({'x': 'package.b'})",
    ],
)
def test_cycle_is_found_however_it_is_hidden(code: str) -> None:
    sources = {"package": "", "package.a": code, "package.b": "import package.a"}
    trees = {name: ast.parse(source) for name, source in sources.items()}
    assert set(circle(trees)) == {"package.a", "package.b"}


@pytest.mark.parametrize("files", [FILES, TESTS], ids=["reader", "tests"])
def test_files_classes_and_functions_are_short(files: list[Path]) -> None:
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= LONGEST_FILE, file
        assert list(too_long(ast.parse(text))) == [], file


def too_long(tree: ast.AST) -> Iterator[str]:
    """The names of classes and functions that are too long."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if isinstance(node, ast.ClassDef):
                longest = LONGEST_CLASS
            else:
                longest = LONGEST_FUNCTION
                if ast.get_docstring(node) is not None:
                    lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
            if lines > longest:
                yield node.name


def test_what_is_too_long_is_found() -> None:
    def function(lines: int, docstring: str = "") -> str:
        return f"def f():\n{docstring}" + "    x = 1\n" * lines

    assert not [*too_long(ast.parse(function(49)))]
    assert not [*too_long(ast.parse(function(49, "    '''A.\n\n    B.\n    '''\n")))]
    assert [*too_long(ast.parse(function(50)))] == ["f"]
    assert [*too_long(ast.parse("class C:\n" + "    x = 1\n" * 250))] == ["C"]


def named(trees: Mapping[str, ast.Module]) -> Iterator[tuple[str, str]]:
    """The classes and public type aliases of each module, without the underscore of a private one."""
    for module, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                yield node.name.lstrip("_"), module
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                made = node.value.func if isinstance(node.value, ast.Call) else None
                variable = isinstance(made, ast.Name) and made.id == "TypeVar"
                if name[0].isupper() and not name.isupper() and not variable:
                    yield name, module


def doubled(names: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Names that are defined in several modules, with the modules."""
    places = defaultdict(list)
    for name, place in names:
        places[name].append(place)
    return {name: found for name, found in places.items() if len(found) > 1}


def test_no_two_files_have_the_same_name() -> None:
    """Except for files that every package has."""
    assert doubled((file.name, str(file)) for file in FILES if file.name != "__init__.py") == {}


def test_no_two_classes_have_the_same_name() -> None:
    """Nested classes, such as the messages of a widget, are qualified by the outer class."""
    assert doubled(named(trees())) == {}


def test_duplicate_name_is_found_private_or_as_an_alias() -> None:
    sources = {
        "a": "class Writer: ...",
        "b": "class _Writer: ...",
        "c": "Writer = tuple[int]\nT = TypeVar('T')",
        "d": "T = 1",
    }
    assert doubled(named({name: ast.parse(text) for name, text in sources.items()})) == {"Writer": ["a", "b", "c"]}


def uses_loader(source: str) -> bool:
    """Whether a source imports the loader of late imports, in whatever form."""
    # Only the few that pass the cheap search are parsed: every process of a run does this.
    return "lazy_imports" in source and any(
        (
            isinstance(node, ast.ImportFrom)
            and ((node.module, alias.name) in {("reader.lazy_imports", "loader"), ("reader", "lazy_imports")})
        )
        or (isinstance(node, ast.Import) and alias.name == "reader.lazy_imports")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    )


LATE = [name for name, file in MODULES.items() if uses_loader(file.read_text(encoding="utf-8"))]
"""The modules with lists of late imports."""


@pytest.mark.parametrize(
    "source",
    [
        "from reader.lazy_imports import import_module, loader",
        "from reader.lazy_imports import (\n    import_module,\n    loader,\n)",
        "from reader.lazy_imports import loader as late",
        "if True:\n    from reader.lazy_imports import loader",
        "from reader import lazy_imports",
        "import reader.lazy_imports",
    ],
)
def test_the_loader_is_found_however_it_is_imported(source: str) -> None:
    assert uses_loader(source)
    assert not uses_loader("from reader.lazy_imports import import_module")
    assert not uses_loader("# from reader.lazy_imports import loader")


def test_there_are_lists_of_late_imports() -> None:
    assert {"reader", "reader.ui.late", "reader.cli.on_demand"} <= set(LATE)


@pytest.mark.parametrize("module", LATE)
def test_late_name_is_loaded_from_the_module_of_its_type(module: str) -> None:
    typed, loaded = {}, {}
    for node in ast.walk(trees()[module]):
        if isinstance(node, ast.ImportFrom) and node.module not in {"typing", "reader.lazy_imports"}:
            typed.update({alias.name: node.module for alias in node.names})
        elif isinstance(node, ast.Dict):
            loaded.update(ast.literal_eval(node))
    assert typed
    assert loaded == typed
    code = f"import {module} as late\nfor name in {sorted(typed)!r}: getattr(late, name)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_screen_imports_late_only_by_these_lists() -> None:
    """Except for modules that some systems lack."""
    allowed = {"fcntl", "termios", "tty", "reader.ui.driver"}
    found = {
        (module, node.module if isinstance(node, ast.ImportFrom) else node.names[0].name)
        for module, tree in trees().items()
        if module.startswith("reader.ui")
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {(module, name) for module, name in found if name not in allowed} == set()


def loaded_after(code: str) -> set[str]:
    """The top-level packages in sys.modules after running `code` in a new interpreter."""
    script = f"{code}\nimport sys\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(result.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("module", sorted(COMMANDS.values()))
def test_a_command_starts_without_the_screen(module: str) -> None:
    assert loaded_after(f"import reader.cli.{module}").isdisjoint({"textual", "rich"})


def test_the_screen_starts_without_what_the_first_paint_does_not_need() -> None:
    late = {"yaml", "frontmatter", "html2text", "comrak", "chardet", "platformdirs", "tomllib"}
    assert loaded_after("import reader.ui.app").isdisjoint(late - loaded_after("import textual.app"))


def test_tables_of_marks_are_queried_in_one_folder_only() -> None:
    package = Path(reader.__file__).parent
    asked = re.compile(
        r"\b(?:FROM|INTO|UPDATE|JOIN) (?:bookmark|highlight|tag|section|day|state|saved_search|change)\b"
    )
    found = [file for file in package.rglob("*.py") if asked.search(file.read_text(encoding="utf-8"))]
    assert found
    assert {file.relative_to(package).parts[0] for file in found} == {"marks"}


NAMED = re.compile(r"`([\w/.-]+\.(?:py|md|tcss|yaml|toml))`")


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "docs/style.md"])
def test_every_file_that_the_documentation_names_exists(page: str) -> None:
    """A path may omit leading folders that the text has just named."""
    root = PACKAGE.parent
    files = [f"/{file.relative_to(root)}" for top in ("reader", "tests", "docs") for file in (root / top).rglob("*.*")]
    named = NAMED.findall((root / page).read_text(encoding="utf-8"))
    lost = [path for path in named if not (root / path).exists() and not any(one.endswith(f"/{path}") for one in files)]
    assert lost == [path for path in lost if path == "settings.yaml"]


PUBLIC = [
    name
    for name, file in MODULES.items()
    if name.count(".") == 1 and re.search(r"^__all__\b", file.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("package", [name for name in PUBLIC if (PACKAGE.parent / name.replace(".", "/")).is_dir()])
def test_the_public_names_of_a_package_can_be_imported(package: str) -> None:
    code = f"from {package} import *\nimport {package} as p\nprint(*[n for n in p.__all__ if n not in globals()])"
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert result.stdout.strip() == ""


def test_an_article_is_parsed_with_public_names_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 题\n\n正文 **字**\n", encoding="utf-8")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from reader.archive import open_archives\n"
        "from reader.document import Body, BodyFormat\n"
        "from reader.parse import parse\n"
        "root = Path(sys.argv[1])\n"
        "assert [one.root for one in open_archives([root])] == [root]\n"
        "text = (root / 'a.md').read_text('utf-8')\n"
        "print([block.text.text for block in parse(Body(text, BodyFormat.MARKDOWN, '题')).blocks])\n"
    )
    result = subprocess.run([sys.executable, "-c", code, tmp_path], check=True, capture_output=True, text=True)
    assert result.stdout.strip() == "['题', '正文 字']"
