"""Markdown extensions of site generators and note programs: shown as these programs show them."""

import pytest

from reader.document.blocks import (
    Block,
    CodeBlock,
    Details,
    Figure,
    Heading,
    Inline,
    MathBlock,
    Paragraph,
    Quote,
    Span,
    SpanKind,
)
from reader.parse.callout_titles import kind_title
from tests.parse.blocks import bullets, head, image, item, markdown, para

LINK = SpanKind.LINK


def callout(kind: str, title: str, *blocks: Block, folded: bool | None = None) -> Quote:
    return Quote((kind_title(kind) if title == kind.capitalize() else para(title), *blocks), kind, folded)


# Hexo, Jekyll


def test_hexo_tags() -> None:
    source = """{% blockquote 林一, 《海》 %}
灯在亮。
{% endblockquote %}
{% note warning 当心 %}
风大。

- 浪高
{% endnote %}
{% asset_img lamp.jpg 400 "灯 塔" %}
看 {% post_link sea-side 海边 %}。
{% youtube abc123 %}
{% tabs 海 %}
<!-- tab 早 -->
潮
<!-- endtab -->
{% endtabs %}
"""
    assert markdown(source) == [
        Quote((para("灯在亮。"), para("— 林一, 《海》"))),
        callout("warning", "当心", para("风大。"), bullets("浪高")),
        image("灯 塔", "lamp.jpg"),
        para("看 海边。", ("海边", LINK, "ref:sea-side")),
        para("YouTube: abc123", ("YouTube: abc123", LINK, "https://www.youtube.com/watch?v=abc123")),
        para("早", ("早", SpanKind.STRONG)),
        para("潮"),
    ]


def test_liquid_and_kramdown() -> None:
    source = """* 目录
{:toc}

[另一篇]({% post_url 2021-02-03-sea %}) ![灯]({{ site.baseurl }}/lamp.png){: width="10"}
{: .wide}

{% include figure.html src="/lamp.png" caption="灯" %}

{% assign a = 1 %}
{% raw %}{{ 留 }}{% endraw %}

- {:.x} 甲
"""
    assert markdown(source) == [
        Paragraph(
            markdown("[另一篇](ref:2021-02-03-sea) ![灯](/lamp.png)")[0].text  # type: ignore[union-attr]
        ),
        Figure((image("", "/lamp.png"),), (para("灯"),)),
        para("{{ 留 }}"),
        bullets("甲"),
    ]


# Hugo


def test_shortcodes() -> None:
    source = """{{< figure src="/lamp.png" alt="塔" caption="灯" >}}

{{% notice tip "听" %}}
**风**
{{% /notice %}}

{{< details title="看" >}}
海
{{< /details >}}

看[那里]({{< ref "sea.md" >}})。

{{< vimeo 42 >}}

写作 {{</* ref */>}}。
"""
    assert markdown(source) == [
        Figure((image("塔", "/lamp.png"),), (para("灯"),)),
        callout("tip", "听", para("风", ("风", SpanKind.STRONG))),
        Details(para("看"), (para("海"),)),
        para("看那里。", ("那里", LINK, "ref:sea.md")),
        para("Vimeo: 42", ("Vimeo: 42", LINK, "https://vimeo.com/42")),
        para("写作 {{< ref >}}。"),
    ]


@pytest.mark.parametrize(
    "tag", ["{% 灯 a*b*c %}", "{% lamp a_b_c %}", '{{< lamp x="*a*" >}}', "{{% lamp %}}", "::: lamp"]
)
def test_unknown_syntax_stays_as_text_on_its_own_line(tag: str) -> None:
    assert markdown(f"前面的话\n{tag}\n后面的话") == [para("前面的话"), para(tag), para("后面的话")]


def test_a_tag_within_a_line_stays() -> None:
    assert markdown("写 {% lamp *a* %} 与 {{ page.title }} 和 {{< lamp >}}") == [
        para("写 {% lamp *a* %} 与 {{ page.title }} 和 {{< lamp >}}")
    ]


# Containers, MDX


def test_containers() -> None:
    source = """::: tip 听
风。

浪。
:::

:::note[看]
灯
:::

::: details 更多
海
:::

:::: warning
::: tip
内
:::
::::

!!! note "记"
    甲

    乙

??? tip
    丙
"""
    assert markdown(source) == [
        callout("tip", "听", para("风。"), para("浪。")),
        callout("note", "看", para("灯")),
        Details(para("更多"), (para("海"),)),
        callout("warning", "Warning", callout("tip", "Tip", para("内"))),
        callout("note", "记", para("甲"), para("乙")),
        callout("tip", "Tip", para("丙"), folded=True),
    ]


@pytest.mark.parametrize(("sign", "folded"), [("???", True), ("???+", False)])
def test_folded_notes_of_mkdocs_keep_their_kind(sign: str, *, folded: bool) -> None:
    assert markdown(f'{sign} warning "当心"\n    甲\n\n    乙\n\n尾') == [
        callout("warning", "当心", para("甲"), para("乙"), folded=folded),
        para("尾"),
    ]
    assert markdown(f"{sign} lamp\n    甲") == [callout("note", "lamp", para("甲"), folded=folded)]


def test_unclosed_container_loses_nothing() -> None:
    assert markdown("::: tip 听\n风。\n\n浪。") == [para("::: tip 听"), para("风。"), para("浪。")]
    (opening, said) = markdown("::: tip 听: *风*\n浪。")
    assert opening == Paragraph(Inline("::: tip 听: 风", (Span(11, 12, SpanKind.EMPHASIS),)))
    assert said == para("浪。")


@pytest.mark.parametrize(
    "source",
    [
        "::: details 注: `x` 与 [灯](b)\n海\n:::",
        ":::details[注: `x` 与 [灯](b)]{open}\n海\n:::",
        "> ::: details 注: `x` 与 [灯](b)\n> 海\n> :::",
        "{% fold 注: `x` 与 [灯](b) %}\n海\n{% endfold %}",
    ],
)
def test_the_title_of_a_container_may_have_markup(source: str) -> None:
    block = markdown(source)[0]
    (details,) = block.blocks if isinstance(block, Quote) else (block,)
    spans = (Span(3, 4, SpanKind.CODE), Span(7, 8, LINK, "b"))
    assert details == Details(Paragraph(Inline("注: x 与 灯", spans)), (para("海"),))


@pytest.mark.parametrize("title", ["1. *灯*", "# *灯*", "- *灯*", "> *灯*", "*灯* 与 $x_{1}$"])
def test_a_title_that_looks_like_a_block_is_a_title(title: str) -> None:
    (details,) = markdown(f"::: details {title}\n海\n:::")
    assert isinstance(details, Details)
    assert details.summary.text.text == title.replace("*", "").replace("$", "")
    assert details.blocks == (para("海"),)


def test_containers_of_pandoc_quarto_and_zenn() -> None:
    source = """:::: {.columns}
::: {.column width="50%"}
风
:::
::::

::: {.callout-tip title="听"}
浪
:::

::::message alert
:::details 更多
海
:::
::::

:::message
灯
:::
"""
    assert markdown(source) == [
        para("风"),
        callout("tip", "听", para("浪")),
        callout("warning", "Warning", Details(para("更多"), (para("海"),))),
        callout("note", "Note", para("灯")),
    ]


def test_dialects_inside_the_indented_notes_and_tabs_of_mkdocs() -> None:
    source = """!!! note "记"
    $$
    a
    =
    b
    $$

    ??? tip
        {% note %}
        甲
        {% endnote %}

=== "C++"

    ```cpp
    x
    ```

    尾
"""
    note, label, code, tail = markdown(source)
    assert note == callout(
        "note",
        "记",
        MathBlock(Inline("a = b")),
        callout("tip", "Tip", callout("note", "Note", para("甲")), folded=True),
    )
    assert label == Paragraph(Inline("C++", (Span(0, 3, SpanKind.STRONG),)))
    assert [code, tail] == [CodeBlock(Inline("x"), "cpp"), para("尾")]


def test_notes_nested_too_deep_stay_text() -> None:
    source = "\n".join("    " * level + "!!! tip" for level in range(60)) + "\n" + "    " * 60 + "灯"
    assert "灯" in str(markdown(source))


def test_mdx_syntax_within_a_line() -> None:
    source = """## 灯 {/* lamp */}

<NewBadge /> 海{/* 不见 */} <Badge text="^1.9" /> `{/* a */}` List<Sea>"""
    (heading, text) = markdown(source)
    assert heading == Heading(Inline("灯"), 2, anchor="lamp")
    assert text == Paragraph(Inline("海 ^1.9 {/* a */} List<Sea>", (Span(7, 16, SpanKind.CODE),)))
    assert markdown('<img src="a.png" alt="灯" style={{margin: \'0 auto\'}} width={3} />') == [image("灯", "a.png")]
    assert markdown('```js [[1, 4, "<Sea />"]]\na\n```') == [CodeBlock(Inline("a"), "js")]


def test_shortcodes_of_zola() -> None:
    assert markdown('{{ lamp_image(path="a/b.png", alt="灯", width=3) }}') == [image("灯", "a/b.png")]
    assert markdown('{{ youtube(id="abc") }}')[0] == Paragraph(
        Inline("YouTube: abc", (Span(0, 12, LINK, "https://www.youtube.com/watch?v=abc"),))
    )
    assert markdown('{{ sea(x="y") }}') == [para('{{ sea(x="y") }}')]


def test_modules() -> None:
    source = """import { Steps } from '@lamp/sea';
import Lamp from "./Lamp.astro"

export const height = {
  feet: 30,
};

# 灯

<Steps>
1. 一
2. 二
</Steps>

{/* 不见 */}

<Card title="海" />
"""
    blocks = markdown(source)
    assert blocks[0] == head("灯", 1)
    assert [type(one).__name__ for one in blocks] == ["Heading", "ListBlock", "Paragraph"]
    assert blocks[2] == para("海")


# Notes


def test_comments_of_note_programs_are_hidden() -> None:
    assert markdown("甲%%乙%%丙\n\n%%\n丁\n\n戊\n%%\n\n百分之50%%和60%%") == [para("甲丙"), para("百分之50%%和60%%")]


def test_unclosed_comment_is_text() -> None:
    assert markdown("甲\n\n%%\n\n乙") == [para("甲"), para("%%"), para("乙")]


def test_logseq_properties() -> None:
    source = "- 甲\n  id:: 6053\n  collapsed:: true\n\t- 乙\n\t  source:: 书\n- #+BEGIN_QUOTE\n  丙\n  #+END_QUOTE"
    assert markdown(source) == [
        bullets(item("甲", bullets(item("乙\nsource:: 书"))), item(Quote((para("丙"),)))),
    ]


def test_joplin_metadata() -> None:
    tail = "id: 0f3a5c7e9b1d4f60a1b2c3d4e5f60718\nauthor: 林一\ntype_: 1"
    assert markdown(f"题\n\n正文\n\n{tail}") == [para("题"), para("正文")]


@pytest.mark.parametrize("tail", ["id: 1\ntype_: 1", "type_: 1", "id: 0f3a5c7e9b1d4f60a1b2c3d4e5f60718"])
def test_lines_resembling_metadata_are_text(tail: str) -> None:
    assert (
        "".join(block.text.text for block in markdown(f"题\n\n{tail}") if isinstance(block, Paragraph)) == f"题{tail}"
    )


def test_a_formula_in_an_item() -> None:
    assert markdown("- $$\n  > a\n  $$") == [bullets(item(MathBlock(Inline("> a"))))]
