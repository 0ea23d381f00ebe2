"""Gemtext's seven kinds of lines."""

import re

from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import CodeBlock, Heading, ListBlock, Paragraph, Quote
from reader.parse.formats.gemtext import gemtext_to_html
from reader.parse.html import parse_html
from tests.parse.formats.reading import texts


def test_each_kind_of_line() -> None:
    lines = "# 潮\n## 风\n* 一\n* 二\n> 引\n> 文\n=> gemini://example.org/a 灯塔\n=> b.gmi\n"
    source = f"{lines}```py\nif a < b:\n  *\n```\n尾 *x*\n"
    blocks = parse_html(gemtext_to_html(source))
    kinds = [Heading, Heading, ListBlock, Quote, Paragraph, Paragraph, CodeBlock, Paragraph]
    assert [type(block) for block in blocks] == kinds
    assert list(texts(blocks)) == ["潮", "风", "一", "二", "引", "文", "灯塔", "b.gmi", "if a < b:\n  *", "尾 *x*"]
    link = blocks[4]
    assert isinstance(link, Paragraph)
    assert link.text.spans[0].value == "gemini://example.org/a"


@given(st.text(st.sampled_from("灯# *>=`\n<&"), max_size=60))
def test_no_character_is_lost(source: str) -> None:
    shown = "".join(texts(parse_html(gemtext_to_html(source))))
    # The text after ``` describes the code; showing it is optional.
    told = "\n".join(line for line in source.split("\n") if not line.startswith("```"))
    # The name of a link is shown, not its address.
    told = re.sub(r"(?m)^=>[ \t]*\S+[ \t]+(?=\S)", "", told)
    assert shown.count("灯") >= told.count("灯")
