"""Pages whose text only a script displays."""

import json
from pathlib import Path

import pytest

from reader.document.blocks import Image
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.parse.parser import parse
from reader.workers.parsing import parse_document

SENTENCE = "守塔人点亮了灯，海上的船便知道，岸就在那里。"
LINES = [SENTENCE * 3, f"“{SENTENCE}” <他>说 & 笑。", SENTENCE * 4]


def page(body: str, *scripts: object) -> Body:
    """A page whose JSON-LD has the given values."""
    described = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in scripts)
    return Body(f"<!DOCTYPE html><html><head>{described}</head><body>{body}</body></html>", BodyFormat.HTML)


def texts(document: Document) -> list[str]:
    return [leaf.text.text for leaf in document.leaves]


@pytest.mark.parametrize(
    "written",
    ["\n\n".join(LINES), "\r\n".join(LINES), "".join(f"<p>{line.replace('<他>', '&lt;他&gt;')}</p>" for line in LINES)],
    ids=["paragraphs", "lines", "HTML"],
)
def test_text_of_json_ld_is_shown_if_the_page_has_none(written: str) -> None:
    teaser = {"@type": "NewsArticle", "articleBody": SENTENCE}
    graph = {"@graph": [teaser, {"@type": "NewsArticle", "articleBody": written}]}
    body = "<div id=app><h1>风夜</h1><img src=sea.jpg><p>载入中……</p></div>"
    document = parse(page(body, ["x"], graph))
    assert texts(document) == ["风夜", "", *LINES]
    assert sum(isinstance(leaf, Image) for leaf in document.leaves) == 1
    assert document.page is not None
    assert document.page.omitted >= len("载入中……")
    assert not document.page.is_scripted


def test_text_of_the_page_is_preferred() -> None:
    shown = "".join(f"<p>{line}</p>" for line in (SENTENCE * 5, SENTENCE * 6))
    assert texts(parse(page(f"<article>{shown}</article>", {"articleBody": "别的" * 900}))) == [
        SENTENCE * 5,
        SENTENCE * 6,
    ]
    assert texts(parse(page(f"<p>{SENTENCE}</p>", {"articleBody": SENTENCE}))) == [SENTENCE]


@pytest.mark.parametrize("broken", ["{", "[" * 100_000, '{"articleBody": 3}', '{"articleBody": ""}'])
def test_json_ld_that_cannot_be_read_changes_nothing(broken: str) -> None:
    body = page(f"<p>{SENTENCE}</p><script type='application/ld+json'>{broken}</script>")
    assert texts(parse(body)) == [SENTENCE]


@pytest.mark.parametrize(
    ("body", "is_warned"),
    [
        ("<script>self.__next_f.push([1,'x'])</script>", True),
        ("<p>载入中</p><script id=__NEXT_DATA__ type=application/json>{}</script>", True),
        ("<div class=x id='root'></div><script src=app.js></script>", True),
        (f"<div id=app><p>{SENTENCE * 4}</p></div>", False),
        ("<div id=app><p>海</p><img src=sea.jpg></div>", False),
        ("<p>海</p><script src=counter.js></script>", False),
    ],
)
def test_a_page_without_text_warns_of_its_script(body: str, *, is_warned: bool) -> None:
    parsed = parse_document(Path("a.html"), page(body))
    assert [("script" in warning.message) for warning in parsed.warnings] == [True] * is_warned


ARTICLE = "".join(f"<p>{line}</p>" for line in (SENTENCE * 4, "“岸”在那里。", SENTENCE * 5))
LOADED = '<div id="__next"><h1>风夜</h1><p>载入中</p></div>'


def written(text: str) -> str:
    """A string of JSON without the signs of HTML, as servers write it into scripts."""
    return json.dumps(text).replace("<", "\\u003c").replace(">", "\\u003e")


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__">{{"a":{written(ARTICLE)},"b":{written(ARTICLE[:420])}}}</script>',
        f'<script type="application/json" id="__NUXT_DATA__">["Reactive",{{"x":1}},{written(ARTICLE)}]</script>',
        f'<script>/* don"t */\nwindow.__NUXT__=(function(a,b){{return {{c:{written(ARTICLE)}}}}}("",2))</script>',
        f"<script>self.__next_f.push([1,{written('7:T1f4,')}]);self.__next_f.push([1,{written(ARTICLE)}])</script>",
        "<script>self.__next_f.push([1,"
        + written('4:["$","div",null,{"dangerouslySetInnerHTML":{"__html":' + json.dumps(ARTICLE) + "}}]")
        + "])</script>",
        f'<script id="js-initialData" type="text/json">{{"content":{written(ARTICLE)}}}</script>',
    ],
    ids=["Next.js", "Nuxt 3", "Nuxt 2", "text of React", "property of React", "知乎"],
)
def test_article_in_the_data_of_scripts(script: str) -> None:
    document = parse(Body(f"<!DOCTYPE html><html><body>{LOADED}{script}</body></html>", BodyFormat.HTML))
    assert texts(document) == ["风夜", SENTENCE * 4, "“岸”在那里。", SENTENCE * 5]


def test_data_of_scripts_are_no_article_of_a_page_with_text_or_of_another_kind() -> None:
    data = f'<script id="__NEXT_DATA__" type="application/json">{{"menu":{written(ARTICLE)}}}</script>'
    page_with_text = f"<!DOCTYPE html><html><body><div id=__next><p>{SENTENCE * 10}</p></div>{data}</body></html>"
    assert texts(parse(Body(page_with_text, BodyFormat.HTML))) == [SENTENCE * 10]
    other = f"<!DOCTYPE html><html><body><p>{SENTENCE}</p>{data.replace('__NEXT_DATA__', 'x')}</body></html>"
    assert texts(parse(Body(other, BodyFormat.HTML))) == [SENTENCE]


@pytest.mark.parametrize(
    "data",
    ['"\\' * 100_000, '"' * 100_001, '{"a":"' + "\\u003c" * 100_000, "<p>\\" * 50_000],
    ids=["escaped", "empty", "open", "tags"],
)
def test_hostile_data_of_scripts(data: str) -> None:
    document = parse(Body(f"<!DOCTYPE html><html><body>{LOADED}<script>{data}</script></body></html>", BodyFormat.HTML))
    assert texts(document) == ["风夜", "载入中"]


def test_parts_that_react_sends_later_are_shown() -> None:
    later = f'<div hidden id="S:0"><article>{ARTICLE}</article></div><div hidden id="x"><p>{SENTENCE}</p></div>'
    shell = f'<main><h1>风夜</h1><template id="B:0"></template></main>{later}<script>$RC("B:0","S:0")</script>'
    document = parse(Body(f"<!DOCTYPE html><html><body>{shell}</body></html>", BodyFormat.HTML))
    assert texts(document) == ["风夜", SENTENCE * 4, "“岸”在那里。", SENTENCE * 5]
