"""No word is lost, doubled, moved or invented in any format: each construct in each context.

Every `@` becomes a numbered word, which has to occur in the document exactly once. The document may contain no
characters that its source lacks, except those that the format adds, which are listed with it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import SpanKind
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.parse.parser import parse


@dataclass(frozen=True)
class Dialect:
    """Phrases and blocks of a format, the contexts of each, and the characters that the format adds."""

    format: BodyFormat
    phrases: tuple[str, ...]
    blocks: tuple[str, ...]
    around_phrases: tuple[str, ...]
    around_blocks: tuple[str, ...]
    added: str = ""
    apart: str = "\n\n"

    def __str__(self) -> str:
        return self.format.value


ORG = Dialect(
    BodyFormat.ORG,
    (
        "@", "*@*", "/@/", "_@_", "+@+", "=@=", "~@~", "*@ /@/*", "[[https://a.b/c][@]]", "[[https://a.b/@]]",
        "[[file:a.org::*h][@]]", "<https://a.b/@>", "https://a.b/@", "@[fn:1]", "[fn::@]", "[fn:x:@]", "@^{@}",
        "@_{@}", "\\(@\\)", "$@+1$", "@\\\\\n@", "<2024-01-02 @>", "TODO @", "[#A] @", "@@html:<b>@</b>@@",
        "（@）、@。", "a*@*b", "5 < 6 && @ > 4", "[@]", "{{{x(@)}}}", "\\alpha @", "\\unknown @", "\\[@\\]",
        "[50%] @", "@ :: @", "C++ @ C++",
    ),
    (
        "* @", "** TODO [#A] @ :tag:\n@", "- @\n- @", "- @\n  @\n  - @\n\n    @", "1. @\n2) @", "- [ ] @\n- [X] @",
        "- @ :: @", "1. [\uffff5] @", "| @ | @ |\n|---+---|\n| @ | @ |", "| @ |\n#+TBLFM: $1=2",
        "#+BEGIN_SRC py\n@\n\n  @\n#+END_SRC", "#+begin_example\n@\n#+end_example",
        "#+BEGIN_QUOTE\n@\n\n@\n#+END_QUOTE", "#+BEGIN_VERSE\n@\n @\n#+END_VERSE", "#+BEGIN_CENTER\n@\n#+END_CENTER",
        "#+BEGIN_unknown\n@\n#+END_unknown", "#+BEGIN_EXPORT html\n<p>@</p>\n#+END_EXPORT", ": @\n: @", "-----",
        "[fn:1] @\n@", "#+CAPTION: @\n[[a.png]]", "#+CAPTION: @\n| @ |", "SCHEDULED: <2024-01-02>\n@", "# hidden\n@",
        ":DRAWER:\nhidden\n:END:\n@", "#+OPTIONS: x\n@", "\\begin{align}\n@ &= 1\n\\end{align}", "@\n- @",
        "@\n#+BEGIN_SRC\n@\n#+END_SRC\n@", "#+BEGIN_SRC\n@", "#+begin_src a\n,* @\n#+end_src", "+ @\n\n\n+ @",
        "  @\n  @", "#+RESULTS:\n: @", "*************** @",
    ),
    ("{}", "@ {} @", "- {}", "| {} | @ |", "* {}", "#+BEGIN_QUOTE\n{}\n#+END_QUOTE"),
    ("{}", "@\n\n{}\n\n@", "* @\n{}\n* @", "#+BEGIN_QUOTE\n{}\n#+END_QUOTE", "- @\n\n  {}", "@\n{}\n@"),
    added="123456789α",
)  # fmt: skip
RESTRUCTURED = Dialect(
    BodyFormat.RESTRUCTURED,
    (
        "@", "*@*", "**@**", "``@``", "`@`", "`@ <https://a.b>`_", "`@`__", "@_", "|@|", ":ref:`@ <x>`", ":doc:`@`",
        ":sub:`@`", ":math:`@`", "https://a.b/@", "@ [1]_", "（*@*）、@。", "5 < 6 & @ > 4", "\\*@\\*", "**@", "`@",
        "_`@`", ":unknown:`@`", "@ -- @", "<b>@</b>", "*@* **@**", "@\\ @",
    ),
    (
        "@\n======", "======\n @\n======", "@\n---\n\n@", "@\n-------------------", "@\n@", "- @\n- @",
        "* @\n\n  @\n\n  * @", "1. @\n2. @", "#. @\n#. @", "@\n   @", ":@: @", ":field: @", "| @\n|   @", ">>> @\n@",
        "@::\n\n  @\n\n  @", ".. code-block:: py\n   :linenos:\n\n   @", ".. code:: py\n\n   @",
        ".. note:: @\n\n   @", ".. warning::\n   @", ".. unknown:: @\n\n   @", ".. versionadded:: 1\n   @",
        ".. toctree::\n   :maxdepth: 2\n\n   @\n   @", ".. math::\n\n   @", ".. figure:: a.png\n\n   @\n\n   @",
        ".. image:: a.png\n   :alt: @", ".. [1] @", ".. [#] @", ".. topic:: @\n\n   @", ".. sidebar:: @\n\n   @",
        ".. rubric:: @", ".. epigraph::\n\n   @\n\n   -- @", ".. table:: @\n\n   == ==\n   @  @\n   == ==",
        "===== =====\n@     @\n===== =====\n@     @\n===== =====",
        "+------+------+\n| @    | @    |\n+------+------+", ".. list-table:: @\n\n   * - @\n     - @",
        ".. csv-table:: @\n\n   @,@", ".. parsed-literal::\n\n   @ *@*", ".. hidden\n\n@", ".. _target:\n\n@",
        ".. |s| replace:: x\n\n@", "----\n\n@", ".. raw:: html\n\n   <p>@</p>", ".. include:: @",
        ".. contents:: x\n\n@", "-a  @\n--long  @", ".. image:: a\n   :bad: @", ".. py:function:: f(@)\n\n   @",
        ".. container:: c\n\n   @", ".. class:: c\n\n@", ".. tip:: @", ".. seealso:: @",
    ),
    ("@ {} @", "- {}", ".. note:: {}"),
    ("@\n\n{}\n\n@", "* @\n\n  {}", ".. note::\n\n   {}", "  {}"),
    added="AsideNoteWarningTipSeealsounknownversionaddedpy:functionseealsorubricincludeimgp[123456789]—→:()*#.-_`",
)  # fmt: skip
ASCIIDOC = Dialect(
    BodyFormat.ASCIIDOC,
    (
        "@", "*@*", "_@_", "`@`", "#@#", "**@**@", "__@__@", "``@``@", "x^@^", "x~@~", "[.role]#@#",
        "https://a.b/c[@]", "https://a.b/@", "link:a.html[@]", "xref:a.adoc#b[@]", "<<a,@>>", "<<@>>", "footnote:[@]",
        "kbd:[@]", "btn:[@]", "{unknown} @", "{url}/a[@]", "{nbsp}@", "+++@+++", "++@++", "$$@$$", "((@))",
        "(((hidden)))@", '"`@`"', "``@''", "\\*@*", "\\{@}", "（*@*）、@。", "5 < 6 & @ > 4", "@ +\n@", "stem:[@]",
        "image:a.png[@]", "mailto:a\uffffb.c[@]", "@ -- @", "@&#8203;@", "[[id]]@", "menu:@[@]", "a*@*b", "'`@`'",
        "C++ @ C++", "@\n// hidden\n@",
    ),
    (
        "== @", "=== @", "# @", "* @\n* @", "* @\n** @\n* @", ". @\n. @", ".. @", "- @", "1. @", "@:: @",
        "@::\n  @\n\n@::\n@", "* [x] @\n* [ ] @", "* @\n+\n@\n+\n----\n@\n----", "----\n@\n\n  @\n----",
        "[source,py]\n----\n@ <1>\n----\n<1> @", "....\n@\n....", "```py\n@\n```", ".@\n----\n@\n----",
        ".@\nimage::a.png[]", "====\n@\n\n@\n====", "****\n@\n****", "____\n@\n____", "[quote, @, @]\n____\n@\n____",
        "--\n@\n--", "++++\n<p>@</p>\n++++", "////\nhidden\n////\n@", "// hidden\n@", "NOTE: @",
        "[WARNING]\n====\n@\n====", "[quote, @]\n@", "[verse, @]\n@\n@", "|===\n|@ |@\n\n|@ |@\n|===",
        "|===\n|@\n|@\n|===", '[cols="1,1"]\n|===\n|@\n|@\n|===', ",===\n@,@\n,===",
        "[%header]\n|===\na|@ 2+|@\n|===", ".@\n|===\n|@\n|===", "'''", "<<<", "image::a.png[@]", " @\n @",
        ":name: hidden\n\n@", "ifdef::x[]\n@\nendif::[]", "ifdef::x[@]", "include::@[]", "toc::[]\n\n@", "----\n@",
        "|===\n|@", "====\n@", "[[a]]\n@", "[abstract]\n@", "[appendix]\n== @", "video::a.mp4[]\n\n@",
        "[horizontal]\n@:: @", "@\n* @\n@", "[discrete]\n== @",
    ),
    ("{}", "@ {} @", "* {}", "== {}", "|===\n|{} |@\n|===", "NOTE: {}"),
    ("{}", "@\n\n{}\n\n@", "====\n{}\n====", "* @\n+\n--\n{}\n--", "== @\n\n{}"),
    added="AsideNoteWarning—“”‘’›123456789\u00a0\u200b",
)  # fmt: skip
GEMTEXT = Dialect(
    BodyFormat.GEMTEXT,
    ("@", "*@*", "[@](a)", "`@`", "5 < 6 & @ > 4", "=> @", "# @", "</p>@", "&amp;@"),
    (
        "# @", "##@", "### @", "* @\n* @", "> @\n>@", "=> a.gmi @", "=> @", "=>a @", "=>\ta  @",
        "```py\n@\n\n # @\n```", "```\n@", "#### @", "@\n@", "*@", " * @", " @",
    ),
    ("{}", "@ {} @", "* {}", "# {}", "> {}", "=> a {}"),
    ("{}", "@\n{}\n@", "* @\n{}\n* @", "> @\n{}"),
    apart="\n",
)  # fmt: skip
AOZORA = Dialect(
    BodyFormat.AOZORA,
    (
        "@", "｜@《@》", "岬《@》@", "@［＃「\uffff」に傍点］", "［＃傍点］@［＃傍点終わり］",
        "［＃太字］@［＃太字終わり］", "※［＃「口＋謎」］@", "〔@cafe'〕",
        "［＃ここから割り注］@［＃ここで割り注終わり］", "@［＃改行天付き、折り返して１字下げ］", "［＃知らない注］@",
        "学［＃レ］@", "［＃地から２字上げ］@", "《@》", "｜@", "<b>@</b>", "5 < 6 & @", "@《", "》@", "［＃@",
        "[[rb:@ > @]]",
    ),
    (
        "　@", "［＃３字下げ］@［＃「\uffff」は大見出し］", "［＃大見出し］@［＃大見出し終わり］",
        "［＃ここから中見出し］\n@\n［＃ここで中見出し終わり］",
        "［＃ここから２字下げ］\n@\n@\n［＃ここで字下げ終わり］", "［＃ここから１字下げ］\n@", "［＃改ページ］\n@",
        "［＃図（fig.png）入る］@", "@\n\n\n@", "-------------------------------\n@", "底本：「@」\n@",
    ),
    ("{}", "@{}@", "　{}", "［＃ここから２字下げ］\n{}\n［＃ここで字下げ終わり］"),
    ("{}", "@\n{}\n@", "［＃ここから２字下げ］\n@\n［＃ここで字下げ終わり］\n{}"),
    added="（）口謎é知らない注ぁ-ん「」fig.png図※レ",
    apart="\n",
)  # fmt: skip
NOVEL = Dialect(
    BodyFormat.TEXT,
    (
        "@", "“@。”", "*@*", "<b>@</b>", "&amp;@", "［＃@］", "@《@》", "http://a.b/@", "1. @", "- @",
        "【@】", "@……", "# @", "------@",
    ),
    (
        "　　@\n　　@", "@\n@", "第一章 @\n\n　　@", "正文 第一章 @\n@", "第一卷 @ 第二章 @", "VIP卷 第三章 @",
        "序\n\n@", "楔子\n@", "  @\n  @", "====\n@\n====", "--------\n@", "@\n\n\n\n@", "1\n\n@", "★★★\n@", "\t@",
        "（本章完）\n@", "www.example.org @", "Chapter 1\n\n@",
    ),
    ("{}", "@{}@", "　　{}", "第一章 {}"),
    ("{}", "@\n\n{}\n\n@", "　　@\n{}\n　　@"),
)  # fmt: skip
DIALECTS = (ORG, RESTRUCTURED, ASCIIDOC, GEMTEXT, AOZORA, NOVEL)


def filled(source: str) -> str:
    """The source with a numbered word for each `@`; U+FFFF becomes `@`, or after 「 the previous word again."""
    count = 0

    def word(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] == "\uffff":
            return f"㐀{count}㐁" if found.string[found.start() - 1] == "「" else "@"
        count += 1
        return f"㐀{count}㐁"

    return re.sub("[@\uffff]", word, source)


def shown(document: Document) -> Iterator[str]:
    """The text of each leaf, and the readings over it."""
    for leaf in document.leaves:
        yield leaf.text.text
        yield from (span.value for span in leaf.text.spans if span.kind is SpanKind.RUBY)


def check(dialect: Dialect, template: str) -> None:
    source = filled(template)
    text = "".join("\n".join(shown(parse(Body(source, dialect.format)))).split())
    count = len(set(re.findall("㐀\\d+㐁", source)))
    assert Counter(re.findall("㐀\\d+㐁", text)) == Counter(f"㐀{n}㐁" for n in range(1, count + 1)), source
    invented = Counter(text) - Counter("".join(source.split()))
    assert set(invented) <= set(dialect.added), (source, invented)


def inside(around: str, piece: str) -> str:
    """A piece in its context, with each line indented like there."""
    before = around.partition("{}")[0].rpartition("\n")[2]
    return around.replace("{}", piece.replace("\n", "\n" + before) if before.isspace() else piece)


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_each_phrase_is_kept_in_any_context(dialect: Dialect) -> None:
    for around in dialect.around_phrases:
        for phrase in dialect.phrases:
            if "\n" not in phrase or around.startswith(("{", "@")):
                check(dialect, inside(around, phrase))


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_each_block_is_kept_in_any_context(dialect: Dialect) -> None:
    for around in dialect.around_blocks:
        for block in dialect.blocks:
            check(dialect, inside(around, block))


@pytest.mark.parametrize("dialect", DIALECTS, ids=str)
def test_blocks_beside_each_other_lose_nothing(dialect: Dialect) -> None:
    pieces = st.lists(st.sampled_from([*dialect.blocks, *dialect.phrases]), min_size=2, max_size=5)

    @settings(max_examples=60, deadline=None)
    @given(pieces)
    def beside(chosen: list[str]) -> None:
        check(dialect, dialect.apart.join(chosen))

    beside()
