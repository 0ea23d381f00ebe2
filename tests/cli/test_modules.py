"""The imports of each command: an unnecessary import would slow it down."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader import resources
from reader.cli.main import COMMANDS

ARTICLE = resources.seeds() / "English" / "Essays" / "The Keeping of Lights.md"

STANDARD = frozenset(sys.stdlib_module_names)

SLOW_STANDARD = {
    *("ast", "asyncio", "dataclasses", "datetime", "difflib", "email", "hashlib", "http", "importlib", "inspect"),
    *("json", "logging", "multiprocessing", "pathlib", "selectors", "shutil", "signal", "socket", "ssl"),
    *("subprocess", "tempfile", "traceback", "typing", "unicodedata", "urllib", "uuid", "zipfile"),
}
"""Modules of the standard library that take a millisecond or more to import."""

START = {
    "reader",
    "reader.__main__",
    "reader.cli",
    "reader.cli.arguments",
    "reader.cli.command_parser",
    "reader.cli.on_demand",
    "reader.cli.main",
    "reader.cli.parsers",
    "reader.cli.sanitized_stream",
    "reader.document",
    "reader.document.sanitizing",
    "reader.errors",
    "reader.language",
    "reader.lazy_imports",
    "reader.memory",
    "reader.regex",
    "reader.regex_cache",
    "reader.settings",
    "reader.settings.base_folders",
}
"""The modules of the package that are imported to print help."""

_PROGRAM = {"reader.cli.program_parsers"}
ALSO = {
    "export": {"reader.export", "reader.export.export_formats"},
    "keys": {"reader.keymap", "reader.keymap.presets"} | _PROGRAM,
    "marks": {"reader.cli.marks_parser"},
    "show": {"reader.cli.show_parser"},
    **dict.fromkeys(("settings", "serve", "mcp", "doctor", "completion"), _PROGRAM),
}
"""Further modules imported to print the help of a command: it lists the export formats, or the presets."""


def modules_of(arguments: list[str], home: Path, **environ: str) -> set[str]:
    """Return the modules that a command imports in a fresh interpreter, without those imported at its startup."""
    script = (
        "import sys\nbefore = set(sys.modules)\nfrom reader.__main__ import main\n"
        f"sys.argv = ['reader', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    code = end.code\n"
        "print('\\n' + ' '.join(sorted(set(sys.modules) - before)) if not code else code)"
    )
    folders = {"XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config"}
    environment = {**os.environ, "LC_ALL": "C.UTF-8"} | {name: str(home / folder) for name, folder in folders.items()}
    process = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={**environment, **environ}
    )
    return set(process.stdout.splitlines()[-1].split())


def ours(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] == "reader"}


def packages(modules: set[str]) -> set[str]:
    """Return the third-party packages among `modules`."""
    found = {name.partition(".")[0] for name in modules} - STANDARD - {"reader"}
    return {name for name in found if not name.startswith("_")}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_and_version_import_no_command(arguments: list[str], tmp_path: Path) -> None:
    found = modules_of(arguments, tmp_path)
    assert ours(found) == START | ALSO.get(arguments[0], set())
    assert packages(found) == set()
    assert found & SLOW_STANDARD == set()


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "ja_JP.UTF-8"])
def test_help_in_another_language_imports_only_the_catalogue(locale: str, tmp_path: Path) -> None:
    found = modules_of(["--help"], tmp_path, LC_ALL=locale)
    assert ours(found) == START | {"reader.translations", "reader.translations.catalogue"}
    assert packages(found) == set()
    assert found & SLOW_STANDARD == set()


ROOTS = {
    *("__main__", "cli", "errors", "language", "lazy_imports", "lean_dataclasses", "memory"),
    *("hashing", "private_files", "regex", "regex_cache", "resources", "keymap"),
}
KEYS = ROOTS | {
    *("archive", "date_names", "document", "settings", "themes", "yaml_files"),
}
ARTICLES = ROOTS | {"archive", "date_names", "document", "layout", "parse", "reading", "settings", "workers"}
INDEXED = ROOTS | {
    *(
        "archive",
        "document",
        "finding",
        "index",
        "indexing",
        "library",
        "marks",
        "parse",
        "search",
        "settings",
        "workers",
    ),
}
UNCHANGED = INDEXED - {"finding", "parse", "workers"}
"""Subpackages for commands that print articles, for commands that query an index, and for an index that needs no update
if no mark is asked for."""

RUNS = {
    "show": ([str(ARTICLE)], ARTICLES | {"export", "hyperlinks", "syntax"}, {"apsw", "html2text"}),
    "outline": ([str(ARTICLE)], ARTICLES, {"apsw", "html2text"}),
    "search": (["-a", str(ARTICLE.parent), "the"], UNCHANGED, {"apsw", "opencc"}),
    "links": (
        ["-a", str(ARTICLE.parent), str(ARTICLE)],
        INDEXED | ARTICLES | {"linking", "yaml_files"},
        {"apsw", "html2text", "opencc", "wcwidth"},
    ),
    "list": (["-a", str(ARTICLE.parent)], UNCHANGED, {"apsw", "opencc"}),
    "index": (["-a", str(ARTICLE.parent)], INDEXED, {"apsw", "opencc"}),
    "check": (["-a", str(ARTICLE.parent)], INDEXED, {"apsw", "opencc"}),
    "stats": (["-a", str(ARTICLE.parent)], INDEXED | {"layout"}, {"apsw", "opencc", "wcwidth"}),
    "keys": ([], KEYS | {"layout"}, {"apsw", "wcwidth"}),
    "settings": ([], KEYS, {"cython_runtime", "msgspec", "typing_extensions", "yaml"}),
    "doctor": ([], KEYS, {"msgspec", "typing_extensions", "yaml", "cython_runtime"}),
    "completion": (["bash"], ROOTS | {"document", "export", "settings"}, {"shtab"}),
    "marks": (["check"], INDEXED | {"export"}, {"apsw", "msgspec", "typing_extensions"}),
    "export": (
        ["-o", "{home}", str(ARTICLE)],
        ARTICLES | {"export", "marks"},
        {"apsw", "comrak", "html2text", "wcwidth"},
    ),
}
"""For each command its arguments, and the subpackages and libraries that it may import with a warm index."""


def test_all_commands_but_the_servers_are_run() -> None:
    assert COMMANDS.keys() - RUNS == {"serve", "mcp"}


@pytest.mark.parametrize("name", sorted(RUNS))
def test_a_command_imports_only_the_subpackages_and_libraries_it_uses(name: str, tmp_path: Path) -> None:
    arguments, subpackages, libraries = RUNS[name]
    run = [name, *(argument.replace("{home}", str(tmp_path)) for argument in arguments)]
    if "-a" in arguments:
        modules_of(run, tmp_path)
    found = modules_of(run, tmp_path)
    assert {module.split(".")[1] for module in ours(found) if "." in module} <= subpackages
    assert packages(found) <= libraries


@pytest.mark.parametrize("name", ["show", "search", "list"])
def test_a_short_command_imports_no_slow_module_that_it_does_not_need(name: str, tmp_path: Path) -> None:
    run = [name, *RUNS[name][0]]
    if "-a" in run:
        modules_of(run, tmp_path)
    needless = {"dataclasses", "difflib", "hashlib", "inspect", "multiprocessing", "subprocess", "tempfile"}
    assert modules_of(run, tmp_path) & needless == set()


def test_show_imports_neither_json_nor_threads_nor_what_annotations_need(tmp_path: Path) -> None:
    needless = {"json", "threading", "reader.archive.json_ld", "reader.export.annotated", "reader.document.parts"}
    assert modules_of(["show", *RUNS["show"][0]], tmp_path) & needless == set()
