"""Plain text bodies."""

import tracemalloc

from reader.document.blocks import CodeBlock, Inline, Paragraph, Rule
from reader.parse.plain import parse_plain
from tests.parse.blocks import para, plain


def test_blank_lines_separate_paragraphs() -> None:
    assert plain("甲\r\n\r\n乙\n \u3000\n\n丙\n") == [para("甲"), para("乙"), para("丙")]


def test_without_blank_lines_every_line_is_a_paragraph() -> None:
    assert plain("第一段。\n第二段。\n第三段。") == [para("第一段。"), para("第二段。"), para("第三段。")]


def test_an_indent_begins_a_paragraph() -> None:
    assert plain("　　甲\n　　乙\n\n　　丙") == [para("甲"), para("乙"), para("丙")]


def test_long_lines_are_paragraphs_even_between_blank_lines() -> None:
    long = "很长的一段话，" * 20
    assert plain(f"{long}\n{long}\n\n尾") == [para(long), para(long), para("尾")]


def test_lines_that_an_editor_wrapped_are_joined() -> None:
    lines = [
        "The quick brown fox jumps over the lazy dog and then goes",
        "back to where it came from because nobody was watching",
    ]
    assert plain("\n".join([*lines, "it."])) == [para(" ".join([*lines, "it."]))]
    han = [
        "这是一行在编辑器里被折断的中文文字，每行三十个字左右，长短",
        "几乎相同，所以读的时候应当接起来，中间不加空格，一直到段落",
        "结束。",
    ]
    assert plain("\n".join(han)) == [para("".join(han))]


def test_wrapped_paragraphs_begin_at_indents() -> None:
    first = [
        "　　这是一行在编辑器里被折断的中文文字，每行三十个字左右，长短",
        "几乎相同，所以读的时候应当接起来，中间不加空格，一直到段落",
        "结束。",
    ]
    joined = "".join(first).strip()
    assert plain("\n".join([*first, *first])) == [para(joined), para(joined)]


def test_short_lines_between_blank_ones_stay_lines() -> None:
    assert plain("床前明月光，\n疑是地上霜。\n\n举头望明月，\n低头思故乡。") == [
        para("床前明月光，\n疑是地上霜。"), para("举头望明月，\n低头思故乡。"),
    ]  # fmt: skip


def test_lines_of_symbols_are_thematic_breaks() -> None:
    assert plain("甲\n-----\n乙\n* * *\n——————\n丙") == [para("甲"), Rule(), para("乙"), Rule(), Rule(), para("丙")]


def test_evenly_indented_wrapped_block_is_one_paragraph() -> None:
    lines = [
        "The lamp of the harbour is lit when the evening comes, and who",
        "keeps it has to ask before a glass is changed. It is written so",
        "for all to see.",
    ]
    assert plain("Title\n\n" + "\n".join(f"   {line}" for line in lines)) == [para("Title"), para(" ".join(lines))]


def test_drawing_keeps_its_lines_and_spaces() -> None:
    lines = ["+------+      +-----+", "| lamp | ---> | sea |", "+------+      +-----+"]
    assert plain("甲\n\n" + "\n".join(f"   {line}" for line in lines)) == [
        para("甲"), CodeBlock(Inline("\n".join(lines))),
    ]  # fmt: skip


def test_evenly_indented_poem_stays_together() -> None:
    assert plain("甲\n\n    Rose by the sea,\n    lamp in the night,\n    who keeps you") == [
        para("甲"), para("Rose by the sea,\nlamp in the night,\nwho keeps you"),
    ]  # fmt: skip


def test_paragraphs_with_leading_spaces_stay_separate() -> None:
    assert plain("甲\n\n  灯在夜里亮着。\n  谁也没有看见。\n  只有海。") == [
        para("甲"), para("灯在夜里亮着。"), para("谁也没有看见。"), para("只有海。"),
    ]  # fmt: skip


def test_markup_is_text() -> None:
    assert plain("<p>a</p> **b** &amp;") == [para("<p>a</p> **b** &amp;")]


def test_text_without_a_blank_line_is_not_one_paragraph() -> None:
    lines = [
        f"line {number} of many that an editor has wrapped at a margin of so many cells, all" for number in range(5_000)
    ]
    lines[1_200] += "."
    blocks = parse_plain("\n".join(lines))
    texts = [block.text.text for block in blocks if isinstance(block, Paragraph)]
    assert "".join("".join(texts).split()) == "".join("".join(lines).split())
    # A chunk ends with the first sentence after a thousand lines, or else after two thousand lines.
    assert texts[0].endswith("all.")
    assert len(texts) == 3


def test_large_text_needs_a_small_multiple_of_its_size_in_memory() -> None:
    source = "The quick brown fox jumps over the lazy dog and runs along the river bank today\n" * 20_000
    parse_plain("x")
    tracemalloc.start()
    parse_plain(source)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * len(source)


def test_items_with_hanging_lines_are_paragraphs() -> None:
    shall = [
        "1. SHALL   The keeper lights the lamp before any of the ships has",
        "come so near that it could run upon the rocks",
    ]
    source = f"{shall[0]}\n   {shall[1]}\n2. MAY  The keeper sleeps.\n"
    assert plain(source) == [para(" ".join(" ".join(shall).split())), para("2. MAY The keeper sleeps.")]


def test_a_title_above_indented_paragraphs_is_no_hanging_item() -> None:
    title, text = (
        "第一章　很长很长的一个标题，写的是海边的灯塔与守灯人",
        "他走进港口，看到了灯塔，灯塔上的人也看到了他的船。",
    )
    assert plain(f"{title}。\n    {text}\n    {text}") == [para(f"{title}。"), para(text), para(text)]


def test_the_columns_at_the_head_of_an_rfc_stay() -> None:
    columns = [
        "Working Group              A. Gale",
        "Comments: 7           Harbour Light",
        "BCP: 1               March 1999",
    ]
    head = "\n".join([*columns, "Category: Lamps"])
    assert plain(f"{head}\n\ntext") == [CodeBlock(Inline(head)), para("text")]


def test_an_indent_in_which_some_spaces_do_not_break() -> None:
    first = "    一二三四五六七八九十一二三四五六七八九十一二三四五六七八九"
    second = "\u00a0 \u00a0 三十一二三四五六七八九四十一二三四五六七八九五十一二三四五"
    assert plain(f"海\n\n{second}\n{first}\n    灯。") == [
        para("海"),
        para((second + first + "灯。").replace("\u00a0", "").replace(" ", "")),
    ]
    # Without a space among them, they begin a paragraph.
    assert plain("海\n\n\u00a0\u00a0一二三\n\u00a0\u00a0四五六") == [para("海"), para("一二三"), para("四五六")]


LONG = "これは編集者が折り返した日本語の行で、およそ三十五文字ずつあり、"
MORE = "読むときには一つの段落としてつなげるべきものである。そして続くのは"


def test_wrapped_paragraphs_below_their_names() -> None:
    first = f"名前\n       {LONG}\n       {MORE}\n       おわり。\n\n"
    assert plain(f"{first}       -a, --all\n           {MORE}\n           {LONG}") == [
        *(para("名前"), para(LONG + MORE + "おわり。"), para("-a, --all"), para(MORE + LONG))
    ]
    several = f"    甲\n        {MORE}\n        {LONG}\n    乙\n        丙"
    assert plain(several) == [para("甲"), para(MORE + LONG), para("乙"), para("丙")]


def test_a_long_line_above_others_begins_their_paragraph() -> None:
    assert plain(f"    {LONG}\n{MORE}\n{LONG}") == [para(LONG + MORE + LONG)]


def test_items_whose_lines_end_with_sentences_are_joined() -> None:
    ended = "二行目はここで終わるように長さを合わせた文であり、文末に句点がある。"
    assert plain(f"前\n\n 1. {LONG}\n    {ended}\n    {LONG}") == [para("前"), para("1. " + LONG + ended + LONG)]


def test_every_item_of_a_list_is_a_paragraph() -> None:
    items = [f"({number}) {LONG}" for number in range(8, 11)]
    assert plain("前\n\n  " + "\n  ".join(items[:2]) + "\n " + items[2]) == [para("前"), *map(para, items)]
