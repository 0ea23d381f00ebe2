"""Pictures that are embedded in Markdown as base64 are neither text nor counted as such."""

import pytest

from reader.document.blocks import Heading, Image, ListBlock, Paragraph, SpanKind
from reader.document.body import Body, BodyFormat
from reader.document.embedded_data import embedded_name
from reader.parse.parser import parse

PIXELS = "QUJD" * 3_000_000
"""The base64 of a picture of 12 MB."""


@pytest.mark.parametrize(
    "text",
    [
        f"# 灯塔\n\n*不睡*\n\n![灯](data:image/png;base64,{PIXELS})\n\n- 海\n",
        f"# 灯塔\n\n*不睡*\n\n![灯][1]\n\n- 海\n\n[1]: <data:image/png;base64,{PIXELS}>\n",
    ],
    ids=["in line", "by reference"],
)
def test_markdown_with_a_large_embedded_picture_is_markdown(text: str) -> None:
    heading, paragraph, picture, items = parse(Body(text, BodyFormat.MARKDOWN, "")).blocks
    assert isinstance(heading, Heading)
    assert isinstance(items, ListBlock)
    assert isinstance(picture, Image)
    assert picture.source == embedded_name(f"data:image/png;base64,{PIXELS}")
    assert isinstance(paragraph, Paragraph)
    assert [span.kind for span in paragraph.text.spans] == [SpanKind.EMPHASIS]


def test_an_embedded_picture_in_code_stays_as_it_is() -> None:
    source = f"![灯](data:image/png;base64,{PIXELS[:2_000]})"
    for text in (f"```\n{source}\n```\n", f"    {source}\n", f"`{source}`\n"):
        document = parse(Body(text, BodyFormat.MARKDOWN, ""))
        assert document.text(0) == source
