"""Signs that some parsers of Markdown look past, or take for delimiters, beside and within emphasis."""

import pytest

from reader.document.body import Body, BodyFormat
from reader.export.markdown_exporter import markdown_of
from reader.parse.parser import parse


@pytest.mark.parametrize("sign", ["=", "==", "===", "^", "~", "~~", "+", "_", "*", "$", "`", "|", "!", ":"])
@pytest.mark.parametrize("tag", ["b", "i"])
def test_emphasis_beside_a_sign_is_read_again(sign: str, tag: str) -> None:
    for body in (
        f"灯 <{tag}>{sign} 塔</{tag}> 海",
        f"灯 <{tag}>塔 {sign}</{tag}> 海",
        f"灯<{tag}>{sign} 塔</{tag}>海",
        f"灯<{tag}>塔 {sign}</{tag}>海",
        f"{sign}<{tag}>灯</{tag}>{sign}",
        f"{sign} <{tag}>灯</{tag}> {sign}",
    ):
        document = parse(Body(f"<p>{body}</p>", BodyFormat.HTML, ""))
        again = parse(Body(markdown_of(document), BodyFormat.MARKDOWN, ""))
        assert again.blocks == document.blocks, body
