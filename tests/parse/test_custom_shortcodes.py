"""Shortcodes that a theme or a site defines itself, and those of Zola."""

import pytest

from reader.document.blocks import CodeBlock, Inline, MathBlock, Quote, SpanKind
from reader.parse.markdown.dialects import as_markdown
from tests.growth import assert_linear
from tests.parse.blocks import bullets, image, item, markdown, para

LINK, MATH = SpanKind.LINK, SpanKind.MATH


def test_a_shortcode_with_an_address_is_a_link() -> None:
    assert markdown('见{{< external_link url="https://a.example/x" title="灯*塔*" >}}。') == [
        para("见灯*塔*。", ("灯*塔*", LINK, "https://a.example/x"))
    ]
    card = '{{< link-card href="https://a.example" title="渔港" image="https://a.example/p.png" description="夜航" >}}'
    assert markdown(card) == [para("渔港 夜航", ("渔港", LINK, "https://a.example"))]
    assert markdown('{{< my-frame src="https://a.example" >}}') == [
        para("https://a.example", ("https://a.example", LINK, "https://a.example"))
    ]


def test_a_shortcode_without_an_address_stays_as_text() -> None:
    assert markdown("甲\n\n{{< my-series >}}\n\n乙") == [para("甲"), para("{{< my-series >}}"), para("乙")]
    assert markdown('{{< card url="ref" title="灯" >}}') == [para('{{< card url="ref" title="灯" >}}')]


def test_a_box_around_a_table_leaves_the_table() -> None:
    assert markdown('{{< table class="wide" >}}\n| 甲 |\n| --- |\n| 乙 |\n{{< /table >}}') == markdown(
        "| 甲 |\n| --- |\n| 乙 |"
    )


def test_a_quotation_has_its_author() -> None:
    quotation = [Quote((para("灯塔"), para("— 某人")))]
    assert markdown('{{< quote author="某人" >}}\n灯塔\n{{< /quote >}}') == quotation
    assert markdown('{% quote(author="某人") %}\n灯塔\n{% end %}') == quotation


def test_music_of_the_meting_player_is_a_link() -> None:
    address = "https://music.163.com/#/album?id=12"
    assert markdown('{{<meting server="netease" type="album" id="12">}}') == [
        para(f"NetEase Music: {address}", (f"NetEase Music: {address}", LINK, address))
    ]


def test_code_of_a_shortcode_stays_in_its_list_item() -> None:
    source = '- 甲\n    - 乙\n    {{< highlight html >}}\n<b [x]="y">丙</b>\n\n{{z}}\n{{< /highlight >}}\n    - 丁'
    code = CodeBlock(Inline('<b [x]="y">丙</b>\n\n{{z}}'), "html")
    assert markdown(source) == [bullets(item("甲", bullets("乙"), code, bullets("丁")))]


def test_shortcodes_of_zola_with_content() -> None:
    assert markdown("{% katex(block=true) %}\na_b\n\n\\cdot c_d\n{% end %}") == [MathBlock(Inline("a_b \\cdot c_d"))]
    assert markdown('{% note(title="灯，塔", x=1) %}\n*甲*\n{% end %}') == markdown(
        '{{< note title="灯，塔" >}}\n*甲*\n{{< /note >}}'
    )
    assert markdown("{% mine(a=1) %}\n甲\n{% end %}") == [para("{% mine(a=1) %}"), para("甲"), para("{% end %}")]


def test_shortcode_of_zola_within_a_line_ends_there() -> None:
    source = "{% note() %}\n甲 {% mine() %}乙{% end %} 丙\n{% end %}\n\n丁"
    inner = "甲 {% mine() %}乙{% end %} 丙"
    assert markdown(source) == markdown(f"{{{{< note >}}}}\n{inner}\n{{{{< /note >}}}}\n\n丁")


@pytest.mark.parametrize(("begun", "small"), [("{% a() %}\n", 300), ("{%a(", 3_000)])
def test_many_open_shortcodes_of_zola_take_linear_time(begun: str, small: int) -> None:
    assert_linear(lambda size: as_markdown("{% a() %}\n" + begun * size + "\n{% end %}\n"), small)


def test_blanks_in_an_expression_take_linear_time() -> None:
    assert_linear(lambda size: as_markdown("{{" + " " * size), 100)


def test_formulas_of_zola_in_a_line() -> None:
    tex = "\\begin{pmatrix} a \\\\ b \\end{pmatrix}"
    assert markdown(f'写作 {{{{ katex(body="{tex}") }}}} 或 {{{{ katex(body="k") }}}}。') == [
        para(f"写作 {tex} 或 k。", (tex, MATH), ("k", MATH))
    ]


def test_captions_of_zola_keep_brackets_commas_and_links() -> None:
    captioned = "{{ figure(src='a.png', alt=\"图\", caption='灯, [海](b) (一)') }}"
    assert markdown(captioned) == [image("灯, 海 (一)", "a.png")]
    assert markdown('{{ figure(src="a.png", caption="*灯*") }}') == [image("*灯*", "a.png")]
