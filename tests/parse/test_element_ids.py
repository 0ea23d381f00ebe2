"""The blocks to which links by the ids of elements lead: those that a browser scrolls to."""

import pytest

from reader.document.body import Body, BodyFormat
from reader.linking.fragments import place_of
from reader.parse.parser import parse


def text_at(text: str, fragment: str, form: BodyFormat = BodyFormat.MARKDOWN) -> str | None:
    document = parse(Body(text, form, ""))
    place = place_of(document, fragment)
    return document.text(place.block) if place is not None else None


BREAKS = ["  \n", "\\\n", "<br>\n", "<br/>", "<br><br />\n"]


@pytest.mark.parametrize("line_break", BREAKS)
@pytest.mark.parametrize(
    "below", ["## Below", "Below", "- Below", "> Below", "```\nBelow\n```", "| Below |\n| - |", "![Below](p.png)"]
)
def test_an_id_on_the_last_line_of_a_paragraph_means_the_block_below(line_break: str, below: str) -> None:
    assert text_at(f'Above{line_break}<a name="here"></a>\n\n{below}\n', "here") == "Below"


@pytest.mark.parametrize("text", ['- One\n- Two<br><a id="here"></a>', '> One\n>\n> Two<br><a id="here"></a>'])
def test_an_id_at_the_end_of_an_article_means_its_last_block(text: str) -> None:
    assert text_at(text, "here") == "Two"


@pytest.mark.parametrize("tags", ['<a id="here"></a><a name="there"></a>', '<span id="here"></span>'])
def test_an_id_between_lines_means_the_line_below(tags: str) -> None:
    assert text_at(f"Above  \n{tags}  \nBeside\n\nBelow", "here") == "Beside"


@pytest.mark.parametrize(
    "heading",
    [
        "## Other {#same}",
        "## Other {: #same}",
        "## Other\n{: .wide #same}",
        '## Other <a id="same"></a>',
        '## <a name="same"></a>Other',
        '## <a name="same"></a>Other {#name}',
        '<h2 id="same">Other</h2>',
        '<a id="same"></a>\n\n## Other',
        'Text<br>\n<a id="same"></a>\n\n## Other',
    ],
)
def test_of_an_id_that_is_stated_and_one_that_is_derived_the_first_is_meant(heading: str) -> None:
    assert text_at(f"## One\n\nText.\n\n{heading}\n\n## Same\n\nText.", "same") == "Other"
    assert text_at(f"## Same\n\nText.\n\n{heading}\n\nText.", "same") == "Same"


def test_a_heading_keeps_the_ids_of_its_elements_beside_that_of_its_attributes() -> None:
    text = '## <a name="old"></a>Heading {#new}\n\nText.'
    assert [text_at(text, name) for name in ("old", "new")] == ["Heading", "Heading"]


@pytest.mark.parametrize(
    "element",
    [
        '<pre id="here">This</pre>',
        '<pre><code id="here">This</code></pre>',
        '<img id="here" src="p.png" alt="This">',
        '<p><a id="here"></a><img src="p.png" alt="This"></p>',
        '<details id="here"><summary>This</summary><p>Hidden.</p></details>',
        '<iframe id="here" src="https://example.org/" title="This"></iframe>',
        '<object data="a.swf"><p id="here">This</p></object>',
        '<dl><dt id="here">This</dt><dd>Said.</dd></dl>',
        '<figure id="here"><pre>This</pre><figcaption>Caption.</figcaption></figure>',
        '<hr id="here"><p>This</p>',
    ],
)
def test_ids_of_any_element(element: str) -> None:
    html = f"<h2>Before</h2><p>Text.</p>{element}<p>After.</p>"
    assert text_at(html, "here", BodyFormat.HTML) == ("After." if "iframe" in element else "This")


@pytest.mark.parametrize("below", ["$$\nThis\n$$", "<details><summary>This</summary>\n\nText.\n\n</details>"])
def test_an_id_above_a_block_without_text_of_its_own(below: str) -> None:
    assert text_at(f'Before.\n\n<a id="here"></a>\n\n{below}\n\nAfter.', "here") == "This"


def test_ids_on_a_last_line_do_not_change_the_text() -> None:
    document = parse(Body('One  \n<a id="here"></a>\n\nTwo', BodyFormat.MARKDOWN, ""))
    assert [leaf.text.text for leaf in document.leaves] == ["One", "Two"]
