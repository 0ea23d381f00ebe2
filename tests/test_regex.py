import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import reader
from reader.regex import regex

FILES = sorted(Path(reader.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("method", ["search", "match", "fullmatch", "findall", "split"])
@pytest.mark.parametrize("text", ["", "Ab", "xabAB", "甲ab乙"])
def test_regex_behaves_like_re(method: str, text: str) -> None:
    eager, late = re.compile("(a)b", re.IGNORECASE), regex("(a)b", re.IGNORECASE)
    wanted, found = getattr(eager, method)(text), getattr(late, method)(text)
    if isinstance(wanted, re.Match):
        wanted, found = (wanted.span(), wanted.groups()), (found.span(), found.groups())
    assert found == wanted


def test_it_has_the_attributes_of_a_pattern() -> None:
    late = regex("(?P<name>a)", re.IGNORECASE)
    assert late.pattern == "(?P<name>a)"
    assert late.flags & re.IGNORECASE
    assert dict(late.groupindex) == {"name": 1}
    assert late.sub("b", "xA") == "xb"
    with pytest.raises(AttributeError):
        late.nothing  # type: ignore[attr-defined] # noqa: B018


def test_invalid_expression_fails_on_first_use() -> None:
    late = regex("(")
    with pytest.raises(re.error):
        late.search("")


def test_no_expression_is_compiled_by_importing_a_module() -> None:
    """At module level, expressions are created by `regex`."""

    def calls(node: ast.AST) -> list[int]:
        found: list[int] = []
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            if isinstance(child, ast.Call) and ast.unparse(child.func) == "re.compile":
                found.append(child.lineno)
            found += calls(child)
        return found

    assert {file: lines for file in FILES if (lines := calls(ast.parse(file.read_text(encoding="utf-8"))))} == {}


@pytest.mark.parametrize(
    "module", ["parse.parser", "archive.scan", "export.text_exporter", "search.query_parser", "marks.facade"]
)
def test_importing_a_package_compiles_none_of_its_expressions(module: str) -> None:
    """An expression that is part of another one, or used during import, would be compiled."""
    code = f"""
import re, sys
made = []
compile_ = re.compile
def note(*arguments):
    made.append(sys._getframe(1).f_globals["__name__"])
    return compile_(*arguments)
re.compile = note
import reader.{module}
print(sorted({{name for name in made if name.startswith("reader")}}))
"""
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert result.stdout.strip() == "[]"
