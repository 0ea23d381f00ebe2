"""Code in Markdown and its extensions is unchanged."""

from dataclasses import replace

import pytest

from reader.document.blocks import CodeBlock, Figure, Inline, leaves
from tests.parse.blocks import html, markdown, para

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
        ("~~~py", "~~~"),
    ],
)
def test_code_is_unchanged(opening: str, closing: str) -> None:
    first_line = int("linenos" in opening)
    assert markdown(f"前\n\n{opening}\n{CODE}\n{closing}\n\n后") == [
        para("前"),
        CodeBlock(Inline(CODE), "py", first_line),
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
        ("js {5,7}", ""), ("js line-numbers", ""), ("js 灯塔 https://example.org/a", "灯塔"),
        ("{.js .numberLines}", ""),
    ],
)  # fmt: skip
def test_code_has_titles(info: str, title: str) -> None:
    block = CodeBlock(Inline("a"), "js")
    made = [replace(one, first_line=0) if isinstance(one, CodeBlock) else one for one in markdown(f"```{info}\na\n```")]
    assert made == [Figure((block,), (para(title),), caption_above=True) if title else block]


@pytest.mark.parametrize(
    ("opening", "closing", "first"),
    [
        ("```js linenos", "```", 1), ("```js {linenos=true}", "```", 1), ("```js {.numberLines startFrom=7}", "```", 7),
        ("```js showLineNumbers", "```", 1), ("```js:line-numbers=5", "```", 5), ("```js startline=12", "```", 12),
        ('```js linenums="3"', "```", 3), ("```js no-line-numbers", "```", 0), ("```js {linenos=false}", "```", 0),
        ("```js {5,7}", "```", 0), ("{% highlight js linenos %}", "{% endhighlight %}", 1),
        ("{% codeblock lang:js line_number:false %}", "{% endcodeblock %}", 0),
        ("{% codeblock 灯.js lang:js first_line:4 %}", "{% endcodeblock %}", 4),
        ('<pre class="line-numbers" data-start="9"><code class="language-js">', "</code></pre>", 9),
        ('<pre class="prettyprint linenums:8"><code class="language-js">', "</code></pre>", 8),
        ('<pre><code class="language-js">', "</code></pre>", 0),
    ],
)  # fmt: skip
def test_lines_are_numbered_where_the_source_numbers_them(opening: str, closing: str, first: int) -> None:
    (made,) = markdown(f"{opening}\na\nb\n{closing}")
    block = made.blocks[0] if isinstance(made, Figure) else made
    assert block == CodeBlock(Inline("a\nb"), "js", first)


def test_numbers_beside_code_are_those_of_its_lines() -> None:
    gutter = '<td class="gutter"><pre><span class="line">3</span><br><span class="line">4</span></pre></td>'
    code = '<td class="code"><pre><span class="line">灯</span><br><span class="line">塔</span></pre></td>'
    caption = "<figcaption><span>灯.js</span></figcaption>"
    source = f'<figure class="highlight js">{caption}<table><tr>{gutter}{code}</tr></table></figure><pre>a</pre>'
    figure, other = html(source)
    assert isinstance(figure, Figure)
    assert figure.caption_above
    assert list(leaves(figure)) == [para("灯.js"), CodeBlock(Inline("灯\n塔"), "js", 3)]
    assert other == CodeBlock(Inline("a"))
