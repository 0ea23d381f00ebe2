"""Code in Markdown and its extensions is unchanged."""

import pytest

from reader.document.blocks import CodeBlock, Figure, Inline
from tests.parse.blocks import markdown, para

CODE = "x = a*b*c\n  if x < 1 and y > 2:  # 不是标题\n# rm -rf *\n    print('<br>', `x`)"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{% codeblock lang:py %}", "{% endcodeblock %}"),
        ("{% code py %}", "{% endcode %}"),
        ("{% highlight py linenos %}", "{% endhighlight %}"),
        ("{%- highlight py -%}", "{%- endhighlight -%}"),
        ('{{< highlight py "linenos=table" >}}', "{{< /highlight >}}"),
        ("{{% highlight py %}}", "{{% /highlight %}}"),
        ("#+BEGIN_SRC py", "#+END_SRC"),
        ("```py {1,3}", "```"),
        ("~~~py", "~~~"),
    ],
)
def test_code_is_unchanged(opening: str, closing: str) -> None:
    assert markdown(f"前\n\n{opening}\n{CODE}\n{closing}\n\n后") == [
        para("前"),
        CodeBlock(Inline(CODE), "py"),
        para("后"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{% note %}",
        "{{< figure src=a >}}",
        "[[a]] ==b== %%c%%",
        "::: tip",
        "{: .x}",
        "id:: 1",
        "import a from 'b'",
        "##x",
    ],
)
def test_code_that_shows_a_dialect_is_unchanged(line: str) -> None:
    assert markdown(f"```\n{line}\n```") == [CodeBlock(Inline(line))]


def test_fences_inside_a_tag_of_code_are_code() -> None:
    assert markdown("{% codeblock %}\n```\n甲\n```\n{% endcodeblock %}") == [CodeBlock(Inline("```\n甲\n```"))]


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ("js [灯.js]", "灯.js"), ('js title="灯.js"', "灯.js"), ("js:lamp.js", "lamp.js"),
        ("js {1,2}", ""), ("js line-numbers", ""), ("js 灯塔 https://example.org/a", "灯塔"),
        ("{.js .numberLines}", ""),
    ],
)  # fmt: skip
def test_code_has_titles(info: str, title: str) -> None:
    block = CodeBlock(Inline("a"), "js")
    assert markdown(f"```{info}\na\n```") == [Figure((block,), (para(title),)) if title else block]
