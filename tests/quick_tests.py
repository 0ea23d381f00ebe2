"""The test files of `python -m tests --quick`: those nearest to what has changed since main, and a sample.

A test file is near a changed file if few imports lead from one to the other. A file that is not a module, such as a
style sheet, counts as imported by the files that contain its name. The nearest test files get most of the time; the
rest goes to one folder of tests after the other. The choice depends on the tree and on main, not on the machine.
"""

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, zip_longest
from pathlib import Path, PurePosixPath

SECONDS = 60.0
"""The processor time in seconds that the chosen tests are estimated to take. Starting pytest and the static checks take
half as long."""

NEAR = 0.7
"""The share of this time for the test files nearest to the changes."""

RATES = {
    "tests/agents/": 2.0,
    "tests/cli/": 0.2,
    "tests/cli/test_damaged_index.py": 4.0,
    "tests/document/test_characters.py": 1.0,
    "tests/index/test_sync_workers.py": 3.0,
    "tests/indexing/": 0.3,
    "tests/layout/test_layout.py": 0.4,
    "tests/test_architecture.py": 0.9,
    "tests/test_regex.py": 0.6,
    "tests/ui/": 0.6,
    "tests/workers/": 0.5,
}
"""Seconds for the first case of a test, in the folders and files of tests that take longer than others."""

RATE = 0.07
"""Seconds for the first case of any other test, as measured."""

LONGEST = 4.0
"""The estimated seconds of the longest file that is part of the sample."""

_MAIN = ("main", "origin/main")
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+([^\n]*))", re.MULTILINE
)
_QUOTED = re.compile(r"[\"']((?:reader|tests)\.[\w.]+)[\"']")
_WORD = re.compile(r"[\w.]+")
_TEST = re.compile(r"^ *(?:async )?def test_", re.MULTILINE)
_WHOLLY_SLOW = re.compile(r"^pytestmark = .*\b(?:slow|end_to_end)\b", re.MULTILINE)
_FEWEST = 3
"""The number of tests from which a file is part of the sample."""
_START = 0.3
"""Seconds that are added to the time of a file, so that files with hardly any tests are not worth most."""


def quick_files(project: Path, changed: Iterable[str]) -> list[str]:
    """The test files to run for the `changed` files, as paths relative to `project`."""
    texts = _texts(project)
    costs = {path: _cost(path, text) for path, text in texts.items() if _is_test(path, text)}
    imports = _imports(texts, present := [one for one in changed if (project / one).exists()])
    near = [path for path in _nearest(imports, present) if path in costs]
    chosen = _within(near, costs, NEAR * SECONDS)
    spent = sum(costs[path] for path in chosen)
    others = [path for path in _sample(costs, imports, texts) if path not in chosen]
    return sorted({*chosen, *_within(others, costs, SECONDS - spent)})


def changed_files(project: Path) -> list[str]:
    """The files that differ from main, with those that are not committed; none if Git or main is missing."""
    base = next(filter(None, (_git(project, "merge-base", "HEAD", one) for one in _MAIN)), "HEAD").strip()
    listed = (_git(project, "diff", "--name-only", base), _git(project, "ls-files", "--others", "--exclude-standard"))
    return sorted(filter(None, "\n".join(listed).split("\n")))


def _git(project: Path, *arguments: str) -> str:
    try:
        command = ["git", "-c", "core.quotePath=false", *arguments]
        return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


def _texts(project: Path) -> dict[str, str]:
    files = chain(*(sorted((project / folder).rglob("*.py")) for folder in ("reader", "tests")))
    return {file.relative_to(project).as_posix(): file.read_text(encoding="utf-8") for file in files}


def _is_test(path: str, text: str) -> bool:
    return PurePosixPath(path).name.startswith("test_") and not _WHOLLY_SLOW.search(text)


def _cost(path: str, text: str) -> float:
    """The estimated seconds of a test file."""
    folder = path[: path.rindex("/") + 1]
    return RATES.get(path, RATES.get(folder, RATE)) * len(_TEST.findall(text))


def imported_modules(text: str, files: Mapping[str, str]) -> set[str]:
    """The files of the modules that a text imports, at the top or in functions, or names in a string.

    `files` has the paths of modules by their names.
    """
    found = set(_QUOTED.findall(text))
    for parent, names, plain in _IMPORT.findall(text):
        found |= {parent, *(f"{parent}.{one}" for one in _WORD.findall(names))} if parent else {*_WORD.findall(plain)}
    return {files[one] for one in found if one in files}


def _imports(texts: Mapping[str, str], changed: Iterable[str]) -> dict[str, set[str]]:
    """The files that each file imports or, if they are among `changed` and no modules, names."""
    files = {_module(path): path for path in texts}
    found = {path: imported_modules(text, files) - {path} for path, text in texts.items()}
    for other in changed:
        if other.endswith("/conftest.py"):
            folder = other.removesuffix("conftest.py")
            for path in texts:
                found[path] |= {other} if path.startswith(folder) and path != other else set()
        elif other not in texts:
            name = re.compile(rf"(?<![\w-]){re.escape(PurePosixPath(other).name)}\b")
            for path, text in texts.items():
                found[path] |= {other} if name.search(text) else set()
    return found


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _nearest(imports: Mapping[str, set[str]], changed: Iterable[str]) -> Iterator[str]:
    """All files from which imports lead to changed files, the nearest first.

    Of equally near files, those in the folder that mirrors a changed file come first, then those that import least.
    """
    importers: dict[str, set[str]] = defaultdict(set)
    for path, those in imports.items():
        for one in those:
            importers[one].add(path)
    folders = {path.partition("/")[2].rpartition("/")[0] for path in changed}

    def rank(path: str) -> tuple[bool, int, str]:
        return path.partition("/")[2].rpartition("/")[0] not in folders, len(imports.get(path, ())), path

    layer, seen = set(changed), set(changed)
    while layer:
        yield from sorted(layer, key=rank)
        layer = {path for one in layer for path in importers[one]} - seen
        seen |= layer


def _sample(costs: Mapping[str, float], imports: Mapping[str, set[str]], texts: Mapping[str, str]) -> Iterator[str]:
    """The test files in an order that visits one folder after the other.

    In a folder, the files come first that import many modules of the program and take little time.
    """

    def worth(path: str) -> tuple[float, str]:
        reached = sum(one.startswith("reader/") for one in imports[path])
        return -reached / (costs[path] + _START), path

    folders: dict[str, list[str]] = defaultdict(list)
    for path in sorted(costs, key=worth):
        if len(_TEST.findall(texts[path])) >= _FEWEST and costs[path] <= LONGEST:
            folders[path.rpartition("/")[0]].append(path)
    for turn in zip_longest(*(folders[name] for name in sorted(folders))):
        yield from filter(None, turn)


def _within(paths: Iterable[str], costs: Mapping[str, float], seconds: float) -> list[str]:
    """The first of some files whose costs add up to less than some seconds; a file that costs more is left out."""
    chosen = []
    for path in paths:
        if costs[path] <= seconds:
            chosen.append(path)
            seconds -= costs[path]
    return chosen
