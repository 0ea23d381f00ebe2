"""The languages that elements declare: each text has that of the innermost element, if it differs from the page's."""

import pytest

from reader.document.blocks import CodeBlock, MathBlock
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.document.language_tags import LanguageRange, language_ranges
from reader.parse.html import parse_html
from reader.parse.markdown import parse_markdown
from reader.parse.parser import parse


def declared(found: Document) -> list[list[tuple[str, str]]]:
    """For each leaf, its texts whose language is declared."""
    return [
        [(leaf.text.text[one.start : one.end], one.language) for one in language_ranges(leaf.text)]
        for leaf in found.leaves
    ]


def read(source: str) -> list[list[tuple[str, str]]]:
    return declared(Document(tuple(parse_html(source))))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<p lang="de">Die Lampe</p><p>the lamp</p>', [[("Die Lampe", "de")], []]),
        ('<p><q lang="de">ja</q> <q lang="fr-CA">oui</q></p>', [[("„ja“", "de"), ("«oui»", "fr-CA")]]),
        ('<p>A lamp, <span lang="ja">灯台</span>, is lit.</p>', [[("灯台", "ja")]]),
        ('<p>Une <i lang="it">lanterna</i>.</p>', [[("lanterna", "it")]]),
        ('<p><a lang="fr" href="a.html">phare</a> x</p>', [[("phare", "fr")]]),
        ('<div xml:lang="fr"><p>un</p><ul><li>deux</ul></div><p>three</p>', [[("un", "fr")], [("deux", "fr")], []]),
        ('<div lang="fr"><p>un <b lang="en">word</b> de</p></div>', [[("un ", "fr"), ("word", "en"), (" de", "fr")]]),
        ('<blockquote lang="ja"><p>海</p></blockquote><p>x</p>', [[("海", "ja")], []]),
        ('<table><caption lang="de">Wort</caption><tr><td lang="fr">mot</td><td>b</td></tr></table>',
         [[("Wort", "de")], [("mot", "fr")], []]),
        ('<h2 lang="ja">見出し</h2><p>x</p>', [[("見出し", "ja")], []]),
        ('<p lang="de">eins<p>zwei', [[("eins", "de")], []]),
        ('<details lang="de"><summary>Titel</summary><p>x</p></details>', [[("Titel", "de")], [("x", "de")]]),
        ('<p lang="">a</p><p lang="&lt;i&gt;">b</p><p lang="x">c</p>', [[], [], []]),
        ('<p lang="pt_BR">mar</p>', [[("mar", "pt-BR")]]),
    ],
)  # fmt: skip
def test_a_text_is_in_the_language_of_its_element(source: str, expected: list[list[tuple[str, str]]]) -> None:
    assert read(source) == expected


def test_code_and_formulas_are_in_no_language() -> None:
    code, line, formula = parse_html(
        '<pre lang="js">x = 1</pre><p><code lang="sql">select</code></p><div lang="fr"><p>$$a + b$$</p></div>'
    )
    assert isinstance(code, CodeBlock)
    assert isinstance(formula, MathBlock)
    assert declared(Document((code, line, formula))) == [[], [], []]


@pytest.mark.parametrize(
    ("page", "own", "expected"),
    [
        ("en", "en", []),
        ("en-GB", "en", []),
        ("en", "EN", []),
        ("zh", "zh-TW", [("灯塔亮着。", "zh-TW")]),
        ("", "en", []),
    ],
)
def test_only_what_differs_from_the_page_is_told(page: str, own: str, expected: list[tuple[str, str]]) -> None:
    source = f'<html lang="{page or own}"><body><div lang="{own}"><p>灯塔亮着。</p></div></body></html>'
    body = Body(source, BodyFormat.HTML, language=page, whole_page=True)
    assert declared(parse(body)) == [expected]


def test_the_article_of_a_page_has_the_language_of_what_is_around_it() -> None:
    prose = "".join(
        f"<p>Die Lampe {n} brennt, solange die Nacht dauert, und der Wärter schläft nicht.</p>" for n in range(9)
    )
    nav = "<nav><a href='/a'>A</a> <a href='/b'>B</a></nav>"
    source = f'<html lang="en"><body>{nav}<div lang="de"><article class="post">{prose}</article></div></body></html>'
    found = parse(Body(source, BodyFormat.HTML, language="en"))
    assert {language for leaf in declared(found) for _text, language in leaf} == {"de"}
    assert len(declared(found)) == 9


def test_markdown_in_an_element_has_its_language() -> None:
    found = Document(
        tuple(parse_markdown('<div lang="fr">\n\nUn *mot*.\n\n</div>\n\nThe <span lang="de">Wort</span>.\n'))
    )
    assert declared(found) == [[("Un mot.", "fr")], [("Wort", "de")]]


def test_quotation_marks_are_those_of_the_language_around_them() -> None:
    found = Document(
        tuple(parse_html('<div lang="de"><p>Er sagte <q>ja <q>so</q></q>.</p></div><p><q lang="fr">oui</q></p>'))
    )
    assert [leaf.text.text for leaf in found.leaves] == ["Er sagte „ja ‚so‘“.", "«oui»"]
    assert list(language_ranges(found.leaves[1].text)) == [LanguageRange(0, 5, "fr")]
