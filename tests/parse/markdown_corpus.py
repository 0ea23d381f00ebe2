"""Realistic Markdown in all dialects, and strategies that combine it."""

from hypothesis import strategies as st

DIALECTS = (
    "# 题\n\n段落*强调*与**粗体**，`代码`，[链接](https://a.b/c)。\n\n又一段。",
    "题\n===\n\n二级\n---\n\n文",
    "- 一\n- 二\n  - 三\n\n    四\n\n1. 甲\n2. 乙\n",
    "- [ ] 待办\n- [x] 完成\n- \\[x] 不是\n- [ ]\n",
    "| 甲 | 乙 |\n|:--|--:|\n| 一 | **二** |\n| `三` | [四](b) |\n| 多 | 出 | 来 |\n",
    "> | 甲 | 乙 |\n> |---|---|\n> | 一 | 二 |\n",
    "| 独 |\n|---|\n",
    "> 引用\n> > 再引\n> - 列\n\n> [!note]- 标题\n> 内容 [[笔记|别名]]\n",
    "```py title=a.py\ncode  here\n\ttab\n```\n\n    indented\n\n~~~\n```\n~~~\n",
    "```math\nx^2\n```\n\n$$\na = b\n$$\n\n行内 $x_1$ 与价 $5 和 $6。\n",
    "白日[依山](https://a.b)尽，\n黄河入海流。",
    "白日依山尽，\n黄河入海流。\n",
    "A line that is wrapped here by an editor at a margin of some\ncells and goes on until\nhere.",
    "硬  \n换行\\\n三\n\n\u3000\u3000缩进  \n\u3000\u3000又缩进",
    "文字![图](a.png)文字\n![](b.png)\n\n[![图](a.png)](https://a.b)\n\n![独](c.png)",
    "一[^1]二[^b]\n\n[^1]: 注一\n[^b]: 注二[^1]\n[^c]: 无人\n\n行内^[注三]。",
    "<div>\n\n**粗**\n\n</div>\n\n<!-- 注 -->\n",
    "行内<br>换行<kbd>键</kbd>与<b>粗</b>\n\n<details><summary>摘</summary>\n\n- 内\n\n</details>",
    "术语\n: 解释\n\n==高亮== H~2~O x^2^ ~~删~~ ==a==b==c==\n",
    "[[笔记]] ![[图.png|100]] ![[录音.mp3]] [[1]](a) `[[x]]`\n\n段 ^block-id\n",
    "![[片.mp4]]\n\n## 标题 {#锚 .cls}\n\n段\n{: .wide}\n",
    "[toc]\n\n[[TOC]]\n\n{:toc}\n\n@[toc](目录)\n",
    "::: tip 标题\n内容\n:::\n\n::: unknown\n甲\n:::\n\n:::details 折\n乙\n:::\n",
    '!!! note "题"\n    内容\n\n???+ tip\n    折\n',
    "{% codeblock lang:py %}\nx = 1\n{% endcodeblock %}\n",
    "{% note info %}\n提示\n{% endnote %}\n{% asset_img a.png 图 %}\n",
    "{{< highlight go >}}\nfmt.Println()\n{{< /highlight >}}\n",
    '{{< figure src="a.png" title="图" >}}\n{{< unknown x >}}\n',
    "{% highlight py %}\nx\n{% endhighlight %}\n\n{{ site.url }} [x]({{ site.url }}/a)\n",
    "import A from 'a'\n\n<Tabs>\n<TabItem>\n\n甲\n\n</TabItem>\n</Tabs>\n\n{/* 注 */}\n",
    "<Cards>\n  <Card title='题' href='/a'>\n    - 甲\n\n    乙\n  </Card>\n  <Note>丙</Note>\n</Cards>\n",
    "<A.B>丁</A.B>\n",
    "::card\n---\ntitle: 题\nto: /a\n---\n甲 :br 乙\n::\n\n::tip\n丙\n::\n",
    "![图](a.png){#f width=50%} [甲]{.b} `c`{.r}\n\n$$\nx\n$$ {#eq-a}\n\n# 题 {-}\n\n::: callout-tip\n乙\n:::\n",
    "+----+----+\n| 甲 | b  |\n+====+====+\n| c  | - d |\n| 乙 | - e |\n+----+----+\n\n: 题 {#tbl-a}\n",
    "- 块\n  id:: 123\n  key:: 值\n- #+BEGIN_QUOTE\n  引\n  #+END_QUOTE\n",
    "%%隐藏%%文字\n\n%%\n多行\n%%\n\n100%%\n",
    "见https://a.b/c，又www.d.com。<https://e.f> 邮 x@y.z &amp; &#7;&lt;b&gt; \\* \\$ \\[a\\]\n",
    "##无空格标题\n\n# 灯塔\n\n灯塔\n",
    "a\\(x^2\\)b \\\\(y\\\\) \\[z = 1\\]\n\n\\[\nw\n\\]\n",
    "一**《粗》**二*「斜」*三~~【删】~~四",
    "---\n\n***\n\n文\n\n---",
    "文`` a `b` ``文 `  c  ` `$x$` **`d`**[`e`](f)[#](#g)[空]()",
)

_WORDS = st.sampled_from(
    [
        "海",
        "灯塔照着",
        "word",
        "a b",
        "，",
        "。",
        "（一）",
        " ",
        "1",
        "\u3000",
        "&nbsp;",
        "&#8203;",
        "é",
        "한글",
        "😀",
        "ﾃｽﾄ",
    ]
)
_SIGNS = st.sampled_from(list("*_`~$^=[]()<>|#:!\\&%{}-+.\"'"))
_TEXT = st.lists(_WORDS, min_size=1, max_size=4).map("".join)
_ATOMS = st.one_of(
    _TEXT,
    _SIGNS,
    st.sampled_from(["\n", "  \n", "\\\n", "<br>", "https://a.b/c", "![图](a.png)", "![](b.png)", "[^1]", "[[笔记]]",
        "$x$", "\\(y\\)", "$$z$$", "<kbd>", "</kbd>", "<!-- 注 -->", "&lt;", "`a  b`", "` c `", "{{< x >}}", "%%隐%%",
        "^id", "{#a}", "[toc]", "H~2~O", "==亮==", "![[a.png]]", "![[b.mp4]]"]),
)  # fmt: skip
INLINES = st.recursive(
    st.lists(_ATOMS, min_size=1, max_size=5).map("".join),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["*", "**", "~~", "==", "_", "`", "***"]), inner).map("{0[0]}{0[1]}{0[0]}".format),
        inner.map("[{}](https://a.b)".format),
        inner.map("[{}](#x)".format),
        st.tuples(inner, inner).map("".join),
    ),
    max_leaves=4,
)


def _prefixed(text: str, first: str, others: str) -> str:
    return first + text.replace("\n", "\n" + others)


def _table(cells: list[str]) -> str:
    rows = [f"| {one.replace(chr(10), ' ')} | 二 |" for one in cells]
    return "\n".join([rows[0], "|---|---|", *rows[1:]])


_BLOCKS = st.recursive(
    st.one_of(
        INLINES,
        INLINES,
        st.tuples(st.sampled_from(["# ", "## ", "###"]), INLINES).map("".join),
        INLINES.map("```py\n{}\n```".format),
        st.lists(INLINES, min_size=1, max_size=3).map(_table),
        st.sampled_from([*DIALECTS, "---", "<div>", "</div>", "[^1]: 注", "$$\nx\n$$", ":::"]),
    ),
    lambda inner: st.one_of(
        inner.map(lambda text: _prefixed(text, "> ", "> ")),
        inner.map(lambda text: _prefixed(text, "- ", "  ")),
        inner.map(lambda text: _prefixed(text, "1. ", "   ")),
        inner.map("::: tip\n{}\n:::".format),
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join),
    ),
    max_leaves=6,
)


def documents() -> st.SearchStrategy[str]:
    """Texts from a single word to several nested blocks of any dialect."""
    return st.lists(_BLOCKS, max_size=4).map("\n\n".join)
