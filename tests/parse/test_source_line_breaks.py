"""The setting `line_breaks` for the author's line breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document.blocks import CodeBlock
from reader.document.body import Body, BodyFormat
from reader.parse.parser import parse
from reader.parse.source_line_breaks import keeps_breaks
from reader.settings.options import SourceBreaks

AUTO, KEEP, JOIN = SourceBreaks
POEM = "白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。"
WRAPPED = (
    "The keeper lit the lamp each evening before the ships could lose\n"
    "their way among the rocks, and in the morning he put it out and\n"
    "wrote down in his book how many of them had come by."
)
BOTH = (BodyFormat.MARKDOWN, BodyFormat.TEXT)


def said(source: str, form: BodyFormat, breaks: SourceBreaks) -> list[str]:
    return [leaf.text.text for leaf in parse(Body(source, form), breaks=breaks).leaves]


def lines(source: str, form: BodyFormat, breaks: SourceBreaks) -> list[str]:
    return "\n".join(said(source, form, breaks)).split("\n")


@pytest.mark.parametrize("form", BOTH)
def test_poem_keeps_its_lines_unless_joining_is_set(form: BodyFormat) -> None:
    source = f"{POEM}\n\n又一段。"
    joined = POEM.replace("\n", "")
    assert lines(source, form, AUTO) == lines(source, form, KEEP) == [*POEM.split("\n"), "又一段。"]
    assert lines(source, form, JOIN) == [joined, "又一段。"]


@pytest.mark.parametrize("form", BOTH)
def test_wrapped_lines_are_joined_unless_keeping_is_set(form: BodyFormat) -> None:
    source = f"{WRAPPED}\n\nAnd so on."
    joined = WRAPPED.replace("\n", " ")
    assert lines(source, form, AUTO) == lines(source, form, JOIN) == [joined, "And so on."]
    assert lines(source, form, KEEP) == [*WRAPPED.split("\n"), "And so on."]


def test_hard_breaks_and_html_do_not_depend_on_it() -> None:
    for breaks in SourceBreaks:
        assert said("海  \n灯\\\n塔", BodyFormat.MARKDOWN, breaks) == ["海\n灯\n塔"]
        assert said("<p>海<br>灯\n塔</p>", BodyFormat.HTML, breaks) == ["海\n灯塔"]


def test_lines_within_markup_follow_the_setting() -> None:
    source = "> - 海**照\n> 灯**塔<kbd>一\n> 二</kbd>"
    assert said(source, BodyFormat.MARKDOWN, JOIN) == ["海照灯塔一二"]
    assert said(source, BodyFormat.MARKDOWN, KEEP) == ["海照\n灯塔一\n二"]


def test_a_text_without_blank_lines_is_not_joined_to_one_paragraph() -> None:
    source = "第一段，说海。\n第二段，说灯塔，比第一段长得多，所以不是诗。\n第三段。"
    for breaks in SourceBreaks:
        assert lines(source, BodyFormat.TEXT, breaks) == source.split("\n")


def test_indents_begin_paragraphs_and_drawings_keep_their_lines() -> None:
    source = "\u3000\u3000海在这里，\n照着灯。\n\u3000\u3000又一段。\n\n\u3000\u3000三。\n\u3000\u3000四。"
    found = ["海在这里，照着灯。", "又一段。", "三。", "四。"]
    assert said(source, BodyFormat.TEXT, JOIN) == found
    drawing = "文。\n\n  +----+\n  | 海 |\n  +----+"
    for breaks in SourceBreaks:
        document = parse(Body(drawing, BodyFormat.TEXT), breaks=breaks)
        assert isinstance(document.leaves[1], CodeBlock)


@given(st.lists(st.sampled_from(["海", "灯塔 照。", " a b", "word,", "\u3000\u3000", "\n", "\n\n", "- ", "key: 值"])))
def test_only_white_space_changes(pieces: list[str]) -> None:
    source = "".join(pieces)
    for form in BOTH:
        found = {"".join("".join(said(source, form, breaks)).split()) for breaks in SourceBreaks}
        assert len(found) == 1


def test_labels_of_two_words_begin_lines() -> None:
    labels = [
        "起点 Pick: 港口报 2026-06-25「两家公司分担变换与构造」",
        "一次情報: 公式 Release / Lamp Works for Zones / Harbour Learn",
    ]
    assert keeps_breaks(labels)
    assert not keeps_breaks(["They said: nothing of it was ever found out by anyone who", "looked for it: a pity"])
