"""Double dollar signs in running text: formulas, prices, shells and databases."""

import pytest

from reader.document.blocks import DefinitionList, MathBlock, Paragraph, SpanKind
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.parse import parse

FORMATS = [BodyFormat.MARKDOWN, BodyFormat.HTML]


def parsed(text: str, written_in: BodyFormat) -> Document:
    return parse(Body(f"<p>{text}</p>" if written_in is BodyFormat.HTML else f"{text}\n", written_in))


def formulas(document: Document) -> list[str]:
    found: list[str] = []
    for leaf in document.leaves:
        if isinstance(leaf, MathBlock):
            found.append(leaf.text.text.strip(" ,."))
        found += [leaf.text.text[s.start : s.end].strip() for s in leaf.text.spans if s.kind is SpanKind.MATH]
    return found


@pytest.mark.parametrize("written_in", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "Linux $$ vs. $$ Windows",
        "Cheap places $, moderate ones $$ and dear ones $$$ each.",
        "cost $$100 to $$200 each",
        "from $$ of course $$ to",
        "echo $$; kill -9 $$ now",
        "rm /tmp/a.$$ && mv b /tmp/c.$$ again",
        "run ps $$ | grep bash $$ here",
        "AS $$ BEGIN RETURN 1; END; $$ LANGUAGE plpgsql",
        "从 $$ 到 $$ 不等",
        "A soup is $$5–$$10 here.",
        "rents of $$1,500 - $$2,000 a month",
        "Noodles: $$-$$$ a person",
        "dinner $$/$$$ each",
        "in running text a $$ PV $$ b",
        "Cafe ($$–$$$), bar ($$$)",
        "Cheap ($), bar ($$$), grill ($$).",
        "$if(title)$ a $elseif(page.title)$ b $else$ c $endif$, $for(author)$ d $sep$ e $endfor$ f",
    ],
)
def test_prices_and_programs_stay_text(text: str, written_in: BodyFormat) -> None:
    document = parsed(text.replace("&", "&amp;") if written_in is BodyFormat.HTML else text, written_in)
    assert formulas(document) == []
    assert "".join(leaf.text.text for leaf in document.leaves) == text


@pytest.mark.parametrize("written_in", FORMATS)
@pytest.mark.parametrize(
    "tex",
    ["x", "speed", "f(x; y) = 2", " a, b ", "(a, b)", " sin x ", "n!", " a -b ", "P(A | B)", "准确率 = 正确 / 总数",
     " dx dy ", " c_i ", "5", "a-b", "5/x", "-x", r"\text{if } x \text{ then } y", r"a \ne b"],
)  # fmt: skip
def test_formulas_within_text_stay_formulas(tex: str, written_in: BodyFormat) -> None:
    assert formulas(parsed(f"the value $${tex}$$ of it", written_in)) == [tex.strip()]


@pytest.mark.parametrize("written_in", FORMATS)
def test_words_alone_on_a_line_are_a_formula(written_in: BodyFormat) -> None:
    assert formulas(parsed("$$ mean squared error $$", written_in)) == ["mean squared error"]


@pytest.mark.parametrize("written_in", FORMATS)
def test_text_between_formulas_is_no_formula(written_in: BodyFormat) -> None:
    assert formulas(parsed("a $$x^2$$ and $$ vs. $$ then $$y^2$$ b", written_in)) == ["x^2", "y^2"]


def test_a_term_with_a_displayed_formula_is_one_line() -> None:
    html = "<dl><dt>area $$x^2$$ of a square</dt><dd>a $$y^2$$ b</dd></dl>"
    (block,) = parse(Body(html, BodyFormat.HTML)).blocks
    assert isinstance(block, DefinitionList)
    ((term,), blocks) = block.entries[0].terms, block.entries[0].blocks
    assert term.text.text == "area x^2 of a square"
    assert [span.kind for span in term.text.spans] == [SpanKind.MATH]
    assert [type(one) for one in blocks] == [Paragraph, MathBlock, Paragraph]


def test_references_in_text_between_dollars_are_decoded() -> None:
    (leaf,) = parse(Body("灯 $$`A &amp; B`$$ 塔 &lt;港&gt;\n", BodyFormat.MARKDOWN)).leaves
    assert leaf.text.text == "灯 $$`A & B`$$ 塔 <港>"
    (formula,) = parse(Body("> $$\n> a &lt; b;\n> $$\n", BodyFormat.MARKDOWN)).leaves
    assert (type(formula), formula.text.text) == (MathBlock, "a < b;")
