"""Lines of code that the source marks: by their numbers, or by comments that its own program does not show."""

import pytest

from reader.document.blocks import Block, CodeBlock, SpanKind, leaves
from reader.parse.formats.restructured import restructured_to_html
from tests.export.compared import read_again
from tests.growth import assert_linear
from tests.parse.blocks import html, markdown

SIGNS = {SpanKind.MARKED: "*", SpanKind.INSERTED: "+", SpanKind.DELETED: "-"}
CODE = "a\nb\nc\nd"


def shown(blocks: list[Block]) -> str:
    """The lines of the only code block, each behind the sign of its mark."""
    (block,) = [leaf for one in blocks for leaf in leaves(one) if isinstance(leaf, CodeBlock)]
    rows = []
    start = 0
    for line in block.text.text.split("\n"):
        stop = start + len(line)
        signs = [SIGNS[span.kind] for span in block.text.spans if span.start <= start and stop <= span.end]
        rows.append("".join(signs) + line)
        start = stop + 1
    return " ".join(rows)


@pytest.mark.parametrize(
    ("opening", "closing", "expected"),
    [
        ("```js {1,3}", "```", "*a b *c d"),
        ("```js{2-4}", "```", "a *b *c *d"),
        ('```js {1, 3-4} title="x.js"', "```", "*a b *c *d"),
        ('```py title="x.py" hl_lines="1 3-4"', "```", "*a b *c *d"),
        ('```py {hl_lines=[1,"3-4"],linenostart=199}', "```", "*a b *c *d"),
        ("```js ins={2} del={1} {4}", "```", "-a +b c *d"),
        ("```js mark:2,4", "```", "a *b c *d"),
        ("{% codeblock 灯.js lang:js first_line:5 mark:6,8 %}", "{% endcodeblock %}", "a *b c *d"),
        ('{% highlight ruby mark_lines="1 2" %}', "{% endhighlight %}", "*a *b c d"),
        ('{{< highlight go "linenos=inline,hl_lines=1 3-4,linenostart=7" >}}', "{{< /highlight >}}", "*a b *c *d"),
        ("```js {9,99999-999999}", "```", "a b c d"),
        ('```js title="{1}" linenos=2', "```", "a b c d"),
        ("```js linenums=3", "```", "a b c d"),
    ],
)
def test_lines_are_marked_by_their_numbers(opening: str, closing: str, expected: str) -> None:
    made = markdown(f"{opening}\n{CODE}\n{closing}")
    assert shown(made) == expected
    assert shown(read_again(made)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a // [!code ++]\nb # [!code --]\nc <!-- [!code focus:2] -->\nd", "+a -b *c *d"),
        ("// [!code highlight:2]\na\nb\nc // [!code word:c]", "*a *b c"),
        ("// highlight-next-line\na\nb // highlight-line\nc", "*a *b c"),
        ("a\n# highlight-start\nb\n\nc\n# highlight-end\nd", "a *b * *c d"),
        ("{/* highlight-next-line */}\na\nb", "*a b"),
    ],
)
def test_comments_that_mark_lines_are_not_shown(code: str, expected: str) -> None:
    assert shown(markdown(f"```js\n{code}\n```")) == expected


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("md", "// highlight-next-line\na"),
        ("css", ".highlight-line { color: red }"),
        ("js", "// highlight-end"),
        ("js", "x // highlight-lines of a table"),
    ],
)
def test_other_comments_are_code(language: str, code: str) -> None:
    assert shown(markdown(f"```{language}\n{code}\n```")) == " ".join(code.split("\n"))


@pytest.mark.parametrize(
    ("before", "sign"),
    [
        ('class="hll"', "*"), ('class="line hl"', "*"), ('class="line highlighted"', "*"), ('class="line marked"', "*"),
        ('class="token-line theme-code-block-highlighted-line"', "*"), ('class="gatsby-highlight-code-line"', "*"),
        ('data-line="" data-highlighted-line=""', "*"), ('class="line diff add"', "+"),
        ('class="line diff remove"', "-"),
        ('class="line"', ""), ('class="hljs-built_in"', ""),
    ],
)  # fmt: skip
def test_pages_mark_lines_by_classes(before: str, sign: str) -> None:
    page = f'<pre><code><span class="line">a</span>\n<span {before}>b <b>c</b></span>\nd</code></pre>'
    assert shown(html(page)) == f"a {sign}b c d"


def test_a_page_names_the_marked_lines_in_an_attribute() -> None:
    assert shown(html(f'<pre data-line="2,4"><code class="language-js">{CODE}</code></pre>')) == "a *b c *d"


def test_restructured_text_emphasizes_lines() -> None:
    source = ".. code-block:: python\n   :emphasize-lines: 1,3\n\n   a\n   b\n   c\n"
    assert shown(html(restructured_to_html(source))) == "*a b *c"


def test_many_marked_lines_take_linear_time() -> None:
    def work(lines: int) -> None:
        numbers = ",".join(str(number) for number in range(1, lines, 2))
        markdown(f"```js {{{numbers}}}\n{'x' * 2}\n" + "y\n" * lines + "```")

    assert_linear(work, 2_000)


@pytest.mark.parametrize("line", ["{blanks}highlight-x", "a // highlight-line{blanks}x", "a // [!code ++]{blanks}x"])
def test_comments_among_blanks_take_linear_time(line: str) -> None:
    assert_linear(lambda size: markdown("```js\n" + line.format(blanks=" " * size) + "\n```"), 4_000)
