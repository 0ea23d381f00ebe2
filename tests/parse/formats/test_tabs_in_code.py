"""Code in Org, AsciiDoc and reStructuredText keeps the tabs of its source, without the indent of the block."""

import pytest

from reader.document import Body, BodyFormat
from reader.document.blocks import CodeBlock
from reader.document.tabs import typed
from reader.parse import parse


def _codes(source: str, kind: BodyFormat) -> list[str]:
    return [typed(leaf.text) for leaf in parse(Body(source, kind)).leaves if isinstance(leaf, CodeBlock)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("#+begin_src make\nall:\n\tcc -o\tx\n#+end_src\n", "all:\n\tcc -o\tx"),
        ("- item\n\n  #+begin_src make\n  all:\n  \tcc\n  #+end_src\n", "all:\n\tcc"),
        ("#+begin_src c\n\tint a;\n\t\tint b;\n        int c;\n#+end_src\n", "int a;\n\tint b;\nint c;"),
        ("#+begin_src c\n    int a;\n\tint b;\n#+end_src\n", "int a;\n    int b;"),
        ("#+begin_example\n,* a\tb\n#+end_example\n", "* a\tb"),
        (": a\tb\n:\tc\n:\n: d\n", "a\tb\n\tc\n\nd"),
    ],
)
def test_org(source: str, expected: str) -> None:
    assert _codes(source, BodyFormat.ORG) == [expected]


def test_items_of_org_are_nested_by_columns() -> None:
    source = "- a\n\t- b\n\t  still b\n        - c\n- d\n"
    assert parse(Body(source, BodyFormat.ORG)) == parse(Body(source.expandtabs(8), BodyFormat.ORG))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("----\nall:\n\tcc -o\tx\n----\n", "all:\n\tcc -o\tx"),
        ("[source,c]\n----\n\tint a;\n\t\tint b;\n----\n", "\tint a;\n\t\tint b;"),
        ("[source,c,indent=0]\n----\n\tint a;\n\t\tint b;\n----\n", "int a;\n\tint b;"),
        ("....\n  two\n    four\n....\n", "  two\n    four"),
        ("\tliteral\tone\n\t\ttwo\n", "literal\tone\n\ttwo"),
        ("* item\n+\n----\nall:\n\tcc\n----\n", "all:\n\tcc"),
    ],
)
def test_asciidoc(source: str, expected: str) -> None:
    assert _codes(source, BodyFormat.ASCIIDOC) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Make::\n\n\tall:\n\t\tcc -o\tx\n", ["all:\n\tcc -o\tx"]),
        (".. code-block:: make\n\n   all:\n   \tcc\n", ["all:\n\tcc"]),
        ("- item\n\n  .. code:: c\n\n     if:\n\n     \tx\n", ["if:\n\n\tx"]),
        (">>> a\tb\n\n.. parsed-literal::\n\n  c\td\n", [">>> a\tb", "c\td"]),
        # Equal on the page, and different in the source.
        ("A::\n\n  a:\n  \tb\n\nB::\n\n  a:\n        b\n\nC::\n\n  a:\n  \tb\n", ["a:\n\tb", "a:\n      b", "a:\n\tb"]),
        ("A::\n\n    a\n\tb\n", ["a\n    b"]),
    ],
)
def test_restructured_text(source: str, expected: list[str]) -> None:
    assert _codes(source, BodyFormat.RESTRUCTURED) == expected


def test_code_that_is_not_in_the_source_as_it_is_stays_as_docutils_reads_it() -> None:
    assert _codes(".. |x| replace:: y\n\n.. parsed-literal::\n\n  |x|\tz\n", BodyFormat.RESTRUCTURED)[0].startswith("y")
