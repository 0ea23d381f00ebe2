"""Hostile inputs: pieces of syntax and of scripts in any order, and random text between them."""

from hypothesis import strategies as st

from tests.layout.strategies import SCRAPS

ODD = (
    *("\x00", "\x07", "\x1b", "\x1b[31m", "\x1b]0;x\x07", "\x7f", "\x85", "\x9b", "\r", "\t", "\u2028", "\u200b"),
    *("\u202e", "\u2066", "\ufeff", "\ufe0f", "\u0e33", "\u3099", "\u1100", "\U0001f3fb", "\U000e0041", "\ud800"),
)
"""Characters that control terminals or text, or have no width of their own."""

HTML = (
    *("<p>", "</p>", "<br>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<h2>", "</h2>", "<h5>", "<hr>"),
    *("<ul>", "</ul>", "<ol>", "</ol>", "<li>", "<table>", "</table>", "<tr>", "<td>", "<th>", "<td colspan=9>"),
    *("<td rowspan=3>", "<caption>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<code>", "</code>"),
    *("<a href='/b'>", "</a>", "<img src=a.png alt=灯>", "<figure>", "<figcaption>", "</figure>", "<ruby>", "<rt>"),
    *("</rt>", "</ruby>", "<details>", "<summary>", "</details>", "<dl>", "<dt>", "<dd>", "</dl>", "<sup>", "</sup>"),
    *("<li id=fn1>", "<a href=#fn1>1</a>", "<a href=#fnref1>", "<iframe src=x>", "<!--", "-->", "<![CDATA[", "<svg>"),
    *("&lt;", "&amp;", "&#0;", "&#27;", "&#x1b;", "&nbsp;", "&", "<", ">", '"', "'", "=", "$$", "$", "\\(", "\\)"),
    *(
        "{{% note %}}",
        "{% raw %}",
        "{{<",
        "{:",
        "}",
        "{#id}",
        ":::",
        "!!! note",
        "[!note]",
        "^id",
        "[[",
        "]]",
        "[^1]",
        "==",
        "~~",
    ),
)
MARKDOWN = (
    *("# ", "## ", "#", "- ", "* ", "+ ", "1. ", "2) ", "> ", ">", "    ", "\t", "```", "~~~", "`", "``", "***"),
    *("---", "===", "|", "|-|-|", "|a|b|", "*", "**", "_", "__", "~~", "==", "^", "~", "[", "]", "(", ")", "](/b)"),
    *("![", "[^1]", "[^1]: ", "^[", "[[", "]]", "[x] ", "[ ] ", "$", "$$", "\\", "\\(", "\\)", "\\[", "\\]", ": "),
    *(":::note", ":::", "> [!note] ", "{{% note %}}", "{{< fig >}}", "{#id}", "<div>", "</div>", "<br>", "<!--"),
    *("-->", "&amp;", "https://example.org/a", "<https://example.org>", "!!! note", "%%", "==灯=="),
)
HEADERS = (
    *("---", "+++", ";;;", "{", "}", "title: ", "date: ", "tags: ", "categories:", " - ", "- ", "[", "]", ",", '"'),
    *("'", ":", "&a ", "*a", "<<: ", "|", ">", "!!python/object", "#", "? ", "2021-03-22", "Wed, 10 Nov 2021", "null"),
    *("true", "1e999", "0x", "title::", "author = ", "<html>", "<title>", "</title>", "<meta name=author content=x>"),
)
SETTINGS = (
    *(
        "theme",
        "measure",
        "archives",
        "keys",
        "language",
        "line_breaks",
        "typesetting",
        "paper",
        "ink",
        "dark",
        "title",
    ),
    *(": ", ":", "\n", "  ", "- ", "[", "]", "{", "}", "'", '"', "#ffffff", "#", "true", "null", "80", "-1", "1e9"),
    *("auto", "zh", "&a ", "*a", "!!set", "? ", "|", ">", "\t", "..", "/", "~"),
)
TERMINAL = (
    *("\x1b", "\x1b[", "\x1b]", "\x1bP", "\x1bO", "\x1b[<", "\x1b[200~", "\x1b[201~", ";", ":", "M", "m", "u", "A"),
    *("NaN", "0", "1", "99999999999", "-1", "\x07", "\x1b\\", "?", ">", "$y", "R", "c", "~", "a", "q", "灯", "\r"),
    *("\x1b[I", "\x1b[O", "\x1b[M   ", "\x1b[106;1:3u", "\x9b", "\x00", "\x7f"),
)


def written(pieces: tuple[str, ...], *, odd: bool = True) -> st.SearchStrategy[str]:
    """Text of pieces, scraps of scripts, line ends and random characters."""
    piece = st.one_of(
        st.sampled_from(pieces),
        st.sampled_from(pieces),
        st.sampled_from(SCRAPS),
        st.sampled_from(["\n", "\n\n", " "]),
        st.sampled_from(ODD) if odd else st.nothing(),
        st.text(max_size=3),
    )
    return st.lists(piece, max_size=40).map("".join)


def encoded(text: str) -> bytes:
    """Text as bytes; lone surrogates stay what they are."""
    return text.encode("utf-8", "surrogatepass")


def files(pieces: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    """The same as the content of a file."""
    return written(pieces).map(encoded)


ENCODINGS = ("utf-8", "utf-16-le", "utf-16", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1252", "utf-32")


@st.composite
def encodings(draw: st.DrawFn) -> bytes:
    """Text in any encoding, cut and damaged at random places."""
    text = draw(written(("灯塔照着黑夜里的海。", "ひかり", "등대는", "café", '<meta charset="gbk">', "charset=utf-8")))
    data = text.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    at = draw(st.integers(0, len(data)))
    return (
        draw(st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe"])) + data[:at] + draw(st.binary(max_size=4)) + data[at:]
    )
