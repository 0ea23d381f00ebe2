"""No word of Markdown is lost, doubled or invented, in every dialect and in real files compared with another parser.

The words are numbered, so that each must occur in the document once and in order, whatever surrounds it. The document
may contain no characters that are not in the source, except those listed here."""

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.archive.scan import body_at
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.errors import ArchiveError
from reader.parse.parser import parse
from tests.conftest import PROJECT, real_files

PHRASES = (
    "@", "**@**", "*@* @", "~~@~~", "==@==", "`@`", "[@](https://a.b/c)", "[@][r]", "![@](a.png)", "[[@]]",
    "[[note|@]]", "<kbd>@</kbd>", "@<!-- x -->@", "@<br>@", "@  \n@", "@\n@", "\\*@\\*", "@&amp;@", "%%x%%@",
    "$@x$", "**[@](b)**", "<https://a.b/@>", "（@）", "@，@。", "\\[@\\]", "@[^n]", "^[@]", "https://a.b/@",
)  # fmt: skip
BLOCKS = (
    "@\n---", "# @", "## @ {#x}", "##@", "```\n@\n\n  @\n```", "~~~py\n@\n~~~", "    @", "- @\n- @",
    "- [ ] @\n- [x] @", "3. @\n4. @", "| @ | @ |\n|---|:-:|\n| @ | @ |", "> @\n> @", "> @\n\n> @",
    "> [!note] @\n> @", "> [!tip]- @\n> @", "@\n: @", "***", "[^f]: @", "<div>\n\n@\n\n</div>", "<p>@</p>",
    "<details><summary>@</summary>\n\n@\n\n</details>", "<table><tr><td>@</td></tr></table>",
    "{% codeblock lang:py %}\n@\n{% endcodeblock %}", "{% note info %}\n@\n{% endnote %}",
    "{% raw %}@{% endraw %}", "{% highlight py %}\n@\n{% endhighlight %}", "@\n{: .wide}",
    "{{< highlight go >}}\n@\n{{< /highlight >}}", "{{% notice tip %}}\n@\n{{% /notice %}}",
    "::: tip @\n@\n:::", ":::details @\n@\n:::", "::: other\n@\n:::", '!!! note "@"\n    @', "???+ tip\n    @",
    "import A from 'a'\n\n@", "- @\n  id:: 1\n- #+BEGIN_QUOTE\n  @\n  #+END_QUOTE", "key:: @", "%%\nx\n%%\n\n@",
    "<Card>\n  @\n</Card>", '<Link title="@" href="/a" description="@" />',
    '::card{title="@"}\n@\n::', "![@](a.png){#a .b}", "[@]{.b}", ": @ {#tbl-a}", "# @ {-}",
    "+------+------+\n| @    | @    |\n+======+======+\n| @    | - @  |\n+------+------+",
    "@ ^id", "$$\n@x\n$$", "```math\n@x\n```", "[r]: https://a.b",
)  # fmt: skip
ADDED = Counter("NoteTipInfoDetailsCautionWarningnotetipinfo[123456789]“”")
"""Default titles of callouts, and labels of footnotes."""


def filled(pieces: list[str]) -> str:
    """The pieces with a numbered word in place of each `@`.

    The words are outside the basic plane, so they occur nowhere else.
    """
    count = 0

    def word(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"㐀{count}㐁"

    return re.sub("@", word, "\n\n".join(pieces))


def text_of(document: Document) -> str:
    return "".join("\n".join(leaf.text.text for leaf in document.leaves).split())


def check(source: str) -> None:
    document = parse(Body(source, BodyFormat.MARKDOWN))
    text = text_of(document)
    wanted = Counter(re.findall("㐀\\d+㐁", source))
    assert Counter(re.findall("㐀\\d+㐁", text)) == wanted
    invented = Counter(text) - Counter("".join(source.split()))
    assert set(invented) <= set(ADDED), invented
    lean = "".join(
        "\n".join(leaf.text.text for leaf in parse(Body(source, BodyFormat.MARKDOWN), headings=False).leaves).split()
    )
    assert Counter(lean) == Counter(text)


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize(
    "around", ["{}", "@{}@", "- {}", "> {}", "| a | b |\n|---|---|\n| {} | @ |", "# {}", "<div>\n\n{}\n\n</div>"]
)
def test_each_phrase_is_kept_in_any_context(phrase: str, around: str) -> None:
    if "\n" in phrase and around[0] in "|#":
        pytest.skip("a row and a heading are one line")
    check(filled([around.format(phrase), "[r]: https://a.b"]))


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("around", ["{}", "@\n\n{}\n\n@", "- @\n\n  {}", "> {}", "::: tip\n{}\n:::"])
def test_each_block_is_kept_in_any_context(block: str, around: str) -> None:
    prefix = around.rpartition("\n")[2].partition("{}")[0] if around[0] in "->" else ""
    inner = block.replace("\n", "\n" + (prefix if prefix.startswith(">") else " " * len(prefix)))
    check(filled([around.format(inner)]))


PHRASE = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=3).map(" ".join)
PIECES = st.lists(st.one_of(PHRASE, st.sampled_from(BLOCKS)), min_size=1, max_size=6)


@settings(max_examples=400, deadline=None)
@given(PIECES)
def test_adjacent_blocks_and_phrases_lose_nothing(pieces: list[str]) -> None:
    check(filled(pieces))


# Real files, compared with another parser


def expected(source: str) -> str:
    """The text of CommonMark with tables, by markdown-it and BeautifulSoup."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source)
    soup = BeautifulSoup(html, "html.parser")
    for image in soup.find_all("img"):
        image.replace_with(str(image.get("alt") or ""))
    return "".join(soup.get_text().split())


OWN = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_our_own_documents_agree_with_another_parser(path: Path) -> None:
    source = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert Counter(text_of(parse(Body(source, BodyFormat.MARKDOWN)))) == Counter(expected(source))


def letters(text: str) -> Counter[str]:
    """Han and kana, which are not markup in any format."""
    return Counter(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]", text))


def test_no_file_gains_a_letter_that_is_not_in_its_source() -> None:
    files = [*real_files(), *(path for path in (PROJECT / "seeds").rglob("*") if path.is_file())]
    assert files
    for path in files:
        try:
            body = body_at(path, "")[0]
        except ArchiveError:
            continue
        document = parse(body)
        assert not letters(text_of(document)) - letters(unescape(body.text)), path
        if body.format in (BodyFormat.MARKDOWN, BodyFormat.TEXT) and "<" not in body.text:
            assert letters(text_of(document)) == letters(unescape(body.text)), path
