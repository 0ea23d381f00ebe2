"""Fenced code in list items that is not indented like its fence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import CodeBlock
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.parse.markdown.list_code import with_indented_code
from reader.parse.parser import parse

CODE = "#include <x>\n\nint main() {\n    return 0;\n}"


def _parsed(text: str) -> Document:
    return parse(Body(text, BodyFormat.MARKDOWN, ""))


def _codes(document: Document) -> list[str]:
    return [leaf.text.text for leaf in document.leaves if isinstance(leaf, CodeBlock)]


@pytest.mark.parametrize(
    "opening", ["- 甲\n    ```cpp", "- 甲\n  ```cpp", "1. 甲\n\n\t```cpp", "- ```cpp", "- 甲\n    - 乙\n        ~~~cpp"]
)
@pytest.mark.parametrize("indent", ["", "    "])
def test_code_from_the_first_column_is_whole_and_ends_with_its_fence(opening: str, indent: str) -> None:
    fence = "~~~" if "~~~" in opening else "```"
    document = _parsed(f"{opening}\n{CODE}\n{indent}{fence}\n\n# 后\n\n- 丙\n")
    assert _codes(document) == [CODE]
    assert [leaf.text.text for leaf in document.leaves][-2:] == ["后", "丙"]


def test_a_closing_fence_in_the_first_column_opens_no_other_code() -> None:
    document = _parsed("- 甲\n    ```\n    a\n      b\n```\n\n后\n")
    assert _codes(document) == ["a\n  b"]
    assert document.leaves[-1].text.text == "后"


@pytest.mark.parametrize(
    "text",
    [
        "- 甲\n    ```\n    a\n    ```\n",
        "- 甲\n    ```\n  a\n    ```\n",
        "```\n- ```\n```\n后\n",
        "    ```\n    a\n    ```\n",
        "> - ```\n> a\n> ```\n",
        "- 甲\n    ```\na\n",
        "- 甲\n    ```\n    a\n\n后\n\n```sh\nb\n```\n",
    ],
)
def test_other_code_stays_as_it_is(text: str) -> None:
    assert with_indented_code(text) == text


@given(st.lists(st.sampled_from(["- ", "    ", "```", "~~~", "a", "\n", "\t", "1. ", "> "]), max_size=24).map("".join))
def test_only_indents_are_added(text: str) -> None:
    made = with_indented_code(text)
    assert [line.strip() for line in made.split("\n")] == [line.strip() for line in text.split("\n")]
    assert with_indented_code(made) == made
