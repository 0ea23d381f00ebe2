"""Mutants of a source file: where cosmic-ray can change it in a way that a test should notice."""

import ast
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import ndiff
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

_LEFT_OUT = ("NoOp", "Variable", "RemoveDecorator")
"""Operators that change nothing, need arguments, or break the import."""

_SAME = ("_Eq_Is", "_NotEq_IsNot", "_Is_Eq", "_IsNot_NotEq")
"""Comparisons that are equivalent for all values in the code."""

_BINARY = {
    *("Add_Sub", "Sub_Add", "Mul_FloorDiv", "Div_Mul", "FloorDiv_Mul", "Mod_FloorDiv", "Pow_Mul"),
    *("RShift_LShift", "LShift_RShift", "BitOr_BitAnd", "BitAnd_BitOr", "BitXor_BitOr"),
}
"""The nearest replacement of each binary operator. Most others raise TypeError, which says nothing about the tests."""

_LOGGERS = {"log", "logger", "logging"}

_Range = tuple[tuple[int, int], tuple[int, int]]
"""The first position and the one after the last, each a line from 1 and a byte column."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mutant: the operator, and the index of its place in the file."""

    file: str
    operator: str
    occurrence: int
    line: int

    def put(self, source: str) -> str:
        """Mutate the source."""
        changed: str | None = mutate_code(source, get_operator(self.operator)(), self.occurrence)
        return changed or source

    def changes(self, source: str) -> bool:
        """Whether the mutated source compiles and means something else."""
        try:
            return ast.dump(ast.parse(self.put(source))) != ast.dump(ast.parse(source))
        except (SyntaxError, AttributeError):
            # cosmic-ray fails to replace an exception with a dotted name.
            return False

    def described(self, source: str) -> str:
        """The place, and the changed lines before and after."""
        pairs = ndiff(source.splitlines(), self.put(source).splitlines())
        lines = [f"    {one[0]} {one[2:].strip()}" for one in pairs if one[0] in "+-"]
        name = self.operator.removeprefix("core/")
        return "\n".join([f"{self.file}:{self.line} {name} ({self.occurrence})", *lines])


def _names_type(node: ast.expr) -> bool:
    """Whether an expression is a union of types, such as `Table | None`."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _names_type(left) and _names_type(right)
        case ast.Subscript(value=value):
            return _names_type(value)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            bare = name.lstrip("_")
            return (bare[:1].isupper() and not bare.isupper()) or bare in {"str", "int", "bytes", "float", "bool"}
        case ast.Constant(value=None):
            return True
    return False


def _parts_not_judged(node: ast.AST) -> Sequence[ast.AST | None]:  # noqa: PLR0911 - one per kind of node
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            taken = node.args
            named = (*taken.posonlyargs, *taken.args, *taken.kwonlyargs, taken.vararg, taken.kwarg)
            return [node.returns, *node.decorator_list, *(one.annotation for one in named if one)]
        case ast.ClassDef():
            return [*node.decorator_list, *node.bases]
        case ast.AnnAssign():
            return [node.annotation]
        case ast.Assign(targets=[ast.Name(id="__slots__")], value=value):
            return [value]
        case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Compare(left=ast.Name(id="__name__"))):
            return [node]
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if name.strip("_").lower() in _LOGGERS:
            return [node]
        case ast.BinOp() if _names_type(node):
            return [node]
    return []


def not_judged(source: str) -> list[_Range]:
    """The ranges of annotations, decorators, bases, unions of types, log calls and code for type checkers."""
    ranges: list[_Range] = []
    for node in ast.walk(ast.parse(source)):
        for part in _parts_not_judged(node):
            if isinstance(part, ast.expr | ast.stmt):
                end = (part.end_lineno or part.lineno, part.end_col_offset or 0)
                ranges.append(((part.lineno, part.col_offset), end))
    return ranges


def mutants_of(file: str, source: str, chance: random.Random | None) -> Iterator[Mutant]:
    """The mutants of a file: one random operator for each place and kind, or all of them without `chance`."""
    places: dict[tuple[str, object], list[Mutant]] = defaultdict(list)
    nodes = list(ast_nodes(get_ast(source)))
    lines = source.splitlines()
    unjudged = not_judged(source)
    for name in operator_names():
        if any(one in name for one in _LEFT_OUT) or name.endswith(_SAME):
            continue
        if "ReplaceBinaryOperator" in name and name.partition("Operator_")[2] not in _BINARY:
            continue
        operator = get_operator(name)()
        found = (position for node in nodes for position in operator.mutation_positions(node))
        for occurrence, position in enumerate(found):
            line, column = position[0]
            place = (line, len(lines[line - 1][:column].encode()))
            if not any(start <= place < end for start, end in unjudged):
                kind = name.partition("_")[0]
                places[kind, position].append(Mutant(file, name, occurrence, line))
    for alternatives in places.values():
        yield from [chance.choice(alternatives)] if chance else alternatives


def sample_of(project: Path, files: Sequence[Path], size: int, seed: int) -> list[Mutant]:
    """A random sample of the mutants of these files, in the order of files and lines.

    The same seed gives the same sample.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample that can be taken again
    texts = {str(path.relative_to(project)): path.read_text(encoding="utf-8") for path in files}
    every = [one for file, source in texts.items() for one in mutants_of(file, source, chance)]
    chance.shuffle(every)
    chosen: list[Mutant] = []
    for one in every:
        if len(chosen) == size:
            break
        if one.changes(texts[one.file]):
            chosen.append(one)
    return sorted(chosen, key=lambda one: (one.file, one.line, one.operator, one.occurrence))
