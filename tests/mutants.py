"""`python -m tests.mutants reader/layout`: mutation testing.

cosmic-ray provides the mutation operators; a sample of the mutants is tried (`--sample`, `--seed`), each in a copy of
the project. A mutant is tested by the tests that run its line, according to coverage.py, or if there are none by all
tests of the package: `tests/layout` for `reader/layout`, or those of `--tests`. Prints the mutants that survive, and
the kill rate. Needs the extra `mutants`."""

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import coverage
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

PROJECT = Path(__file__).resolve().parents[1]
_COPIED = ("reader", "tests", "themes", "seeds", "pyproject.toml", "README.md", "CHANGELOG.md", "docs")
_LEFT_OUT = ("NoOp", "Variable", "RemoveDecorator")
"""Operators that change nothing, need arguments, or break the import.

Mutants that always die say nothing about the tests.
"""

_SAME = ("_Eq_Is", "_NotEq_IsNot", "_Is_Eq", "_IsNot_NotEq")
"""Comparisons that are equivalent for all values in the code."""

_PYTEST = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-header", "--tb=no")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mutant: the operator, and the index of its place in the file."""

    file: str
    operator: str
    occurrence: int
    line: int

    def put(self, source: str) -> str:
        """The mutated source."""
        changed: str | None = mutate_code(source, get_operator(self.operator)(), self.occurrence)
        return changed or source


def not_judged(source: str) -> set[int]:
    """The lines of annotations and decorators, which mypy checks."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        parts: list[ast.expr | None] = []
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
                parts = [node.returns, *node.decorator_list, *(one.annotation for one in arguments)]
            case ast.ClassDef():
                parts = [*node.decorator_list]
            case ast.AnnAssign():
                parts = [node.annotation]
        for part in parts:
            if part is not None:
                lines.update(range(part.lineno, (part.end_lineno or part.lineno) + 1))
    return lines


def faults_of(file: str, source: str, chance: random.Random) -> Iterator[Mutant]:
    """One random mutant for each place and kind of operator in a file."""
    places: dict[tuple[str, object], list[Mutant]] = defaultdict(list)
    nodes = list(ast_nodes(get_ast(source)))
    unjudged = not_judged(source)
    for name in operator_names():
        if any(one in name for one in _LEFT_OUT) or name.endswith(_SAME):
            continue
        operator = get_operator(name)()
        found = (position for node in nodes for position in operator.mutation_positions(node))
        for occurrence, position in enumerate(found):
            if position[0][0] not in unjudged:
                kind = name.partition("_")[0]
                places[kind, position].append(Mutant(file, name, occurrence, position[0][0]))
    for alternatives in places.values():
        yield chance.choice(alternatives)


class Trial:
    """A copy of the project for mutating and testing."""

    def __init__(self, folder: Path, tests: Sequence[str], timeout: float) -> None:
        self._folder = folder
        self._tests = tests
        self._timeout = timeout
        self._environment = {**os.environ, "PYTHONPATH": str(folder), "READER_HYPOTHESIS": "quick"}
        for name in _COPIED:
            source = PROJECT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy(source, folder / name)
        if (shared := PROJECT.parent / "shared").exists() and not (folder.parent / "shared").exists():
            (folder.parent / "shared").symlink_to(shared.resolve())

    def tests_of_lines(self) -> Mapping[str, Mapping[int, set[str]]]:
        """The tests that run each line, by file and line.

        Raises CalledProcessError if a test fails without a mutant.
        """
        context = ["--cov=reader", "--cov-context=test", "--cov-report="]
        data_file = self._folder / ".coverage-of-mutants"
        environment = {**self._environment, "COVERAGE_FILE": str(data_file)}
        command = [sys.executable, "-m", "pytest", *_PYTEST, *context, *self._tests]
        subprocess.run(command, check=True, cwd=self._folder, env=environment)
        data = coverage.CoverageData(str(data_file))
        data.read()
        return {
            str(Path(file).relative_to(self._folder)): {
                line: {one.rpartition("|")[0] for one in contexts if one}
                for line, contexts in data.contexts_by_lineno(file).items()
            }
            for file in data.measured_files()
        }

    def notices(self, fault: Mutant, tests: set[str]) -> bool:
        """Whether a test fails or times out with the mutant."""
        path = self._folder / fault.file
        source = path.read_text(encoding="utf-8")
        chosen = self._folder / "chosen-tests.txt"
        chosen.write_text("\n".join(sorted(tests) or self._tests), encoding="utf-8")
        self._write(path, fault.put(source))
        command = [sys.executable, "-m", "pytest", *_PYTEST, f"@{chosen}"]
        try:
            return subprocess.call(
                command,
                cwd=self._folder,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=self._timeout,
            ) not in {0, 5}  # fmt: skip - 5: no test was found
        except subprocess.TimeoutExpired:
            return True
        finally:
            self._write(path, source)

    @staticmethod
    def _write(path: Path, source: str) -> None:
        path.write_text(source, encoding="utf-8")
        # Python detects outdated bytecode by the time in seconds and the size, which a mutant may not change.
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()


def arguments() -> Namespace:
    """The command line."""
    parser = ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("room", metavar="PACKAGE", help="a folder or a file of the package, such as reader/layout")
    parser.add_argument("--sample", type=int, default=60, help="number of mutants (60)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sample (1)")
    parser.add_argument("--tests", nargs="+", help="the tests, if they are not in the folder of the same name")
    parser.add_argument(
        "--timeout", type=float, default=180, help="seconds after which a mutant counts as killed (180)"
    )
    return parser.parse_args()


def main() -> int:
    """Try a sample of mutants and print the result."""
    chosen = arguments()
    room = PROJECT / chosen.room
    chance = random.Random(chosen.seed)  # noqa: S311 - a sample that can be taken again
    files = sorted(room.rglob("*.py")) if room.is_dir() else [room]
    faults: list[Mutant] = []
    for path in files:
        faults += faults_of(str(path.relative_to(PROJECT)), path.read_text(encoding="utf-8"), chance)
    sample = chance.sample(faults, min(chosen.sample, len(faults)))
    folder_of_room = room if room.is_dir() else room.parent
    tests = chosen.tests or [str(Path("tests", *folder_of_room.relative_to(PROJECT).parts[1:]))]
    missed = 0
    with tempfile.TemporaryDirectory(prefix="reader-mutants-") as folder:
        trial = Trial(Path(folder, "project"), tests, chosen.timeout)
        by_file = trial.tests_of_lines()
        print(f"{len(faults)} places for a fault in {chosen.room}, {len(sample)} of them tried", flush=True)
        for fault in sorted(sample, key=lambda one: (one.file, one.line)):
            ran = by_file.get(fault.file, {}).get(fault.line, set())
            if not trial.notices(fault, ran):
                missed += 1
                line = (PROJECT / fault.file).read_text(encoding="utf-8").splitlines()[fault.line - 1].strip()
                reached = f"{len(ran)} tests run it" if ran else "no test runs it"
                name = fault.operator.removeprefix("core/")
                print(f"missed: {fault.file}:{fault.line} {name} ({fault.occurrence}), {reached}: {line}", flush=True)
    print(f"{len(sample) - missed} of {len(sample)} noticed: {(len(sample) - missed) / max(len(sample), 1):.0%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
