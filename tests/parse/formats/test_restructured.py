"""reStructuredText parsed by docutils, with the roles and directives of Sphinx."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import Block, CodeBlock, Footnotes, Heading, ListBlock, MathBlock, Paragraph, SpanKind
from reader.parse.formats.restructured import restructured_to_html
from reader.parse.html import parse_html
from tests.parse.formats.reading import texts


def read(source: str) -> list[Block]:
    return parse_html(restructured_to_html(source))


def test_title_and_sections() -> None:
    blocks = read("====\n潮见\n====\n\n文\n\n风\n--\n\n雨\n~~\n\n文\n")
    assert [(one.text.text, one.level) for one in blocks if isinstance(one, Heading)] == [
        ("潮见", 1),
        ("风", 2),
        ("雨", 3),
    ]


def test_title_wider_than_its_rule_occurs_once() -> None:
    assert list(texts(read("====\n潮见的灯塔\n====\n\n文\n\n风从海上来\n-----\n\n文\n"))) == [
        "潮见的灯塔",
        "文",
        "风从海上来",
        "文",
    ]


def test_a_table_of_contents_does_not_repeat_the_titles() -> None:
    assert list(texts(read(".. contents:: 目录\n   :depth: 2\n.. sectnum::\n\n风\n==\n\n文\n\n雨\n==\n\n文\n"))) == [
        "风", "文", "雨", "文",
    ]  # fmt: skip


def test_code_formulas_and_footnotes() -> None:
    source = (
        "见 ``a*b``，:math:`x^2`，注 [1]_。\n\n.. code-block:: python\n   :linenos:\n   :caption: 例\n\n"
        "   if a < b:\n       pass\n\n"
        ".. math::\n\n   y = 1\n\n.. [1] 其一\n"
    )
    text, caption, code, formula, notes = read(source)
    assert isinstance(text, Paragraph)
    kinds = {text.text.text[one.start : one.end]: one.kind for one in text.text.spans}
    assert (kinds["a*b"], kinds["x^2"]) == (SpanKind.CODE, SpanKind.MATH)
    assert list(texts([caption])) == ["例"]
    assert isinstance(code, CodeBlock)
    assert (code.language, code.text.text) == ("python", "if a < b:\n    pass")
    assert isinstance(formula, MathBlock)
    assert isinstance(notes, Footnotes)
    assert list(texts([notes])) == ["其一"]


def test_roles_and_directives_of_sphinx_keep_their_text() -> None:
    source = (
        "见 :ref:`灯塔 <lamp>` 与 :class:`~a.B`。\n\n.. toctree::\n   :maxdepth: 2\n\n   one\n   two\n\n"
        ".. versionadded:: 3.2\n   新的\n\n.. note:: 注意\n\n.. py:function:: f(x)\n\n   做事\n"
    )
    blocks = read(source)
    assert isinstance(blocks[1], ListBlock)
    said = list(texts(blocks))
    assert said[0] == "见 灯塔 与 a.B。"
    for words in ("one", "two", "新的", "注意", "做事"):
        assert any(words in one for one in said), words


def test_nothing_is_included_and_errors_keep_their_source_text() -> None:
    said = "\n".join(texts(read(".. include:: /etc/hostname\n\n.. image:: a.png\n   :bogus: 1\n\n坏_ |无| `乱`_\n")))
    assert ".. include:: /etc/hostname" in said
    assert ":bogus: 1" in said
    assert "坏_ |无| `乱`_" in said
    assert "System Message" not in said


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["灯", " ", "\n", "\n\n", "* ", "==", "``", "`", "_", ".. a:: ", ".. ", "|", "   ", "[1]_", ":r:`"]
        ),
        max_size=30,
    ).map("".join)
)
def test_no_character_is_lost(source: str) -> None:
    # Comments are not shown.
    if ".. " not in source:
        assert "".join(texts(read(source))).count("灯") >= source.count("灯")


def test_fields_as_in_an_email_are_separate_items() -> None:
    blocks = read("PEP: 9\nTitle: Tides\nAuthor: Anna Gale,\n        Ben Low\n\nAbstract\n====\n\nNote: a sentence.\n")
    assert list(texts(blocks))[:4] == ["PEP:", "9", "Title:", "Tides"]
    assert list(texts(read("Note: one\nMind: two\n\nText"))) == ["Note: one Mind: two", "Text"]
