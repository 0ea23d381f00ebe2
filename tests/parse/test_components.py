"""Components of MDX and Vue: their content is Markdown, and what their attributes say is shown."""

import pytest

from reader.document.blocks import CodeBlock, Inline, Paragraph, SpanKind
from tests.growth import assert_linear
from tests.parse.blocks import bullets, item, markdown, para
from tests.parse.formats.reading import texts

LINK, STRONG = SpanKind.LINK, SpanKind.STRONG


def strong(text: str) -> Paragraph:
    return para(text, (text, STRONG))


@pytest.mark.parametrize("indent", ["", "  ", "    ", "\t", "\t\t"])
def test_indented_content_is_no_code(indent: str) -> None:
    source = f"<Cards>\n{indent}<Card title='灯'>\n{indent}{indent}一\n\n{indent}{indent}二\n{indent}</Card>\n</Cards>"
    assert list(texts(markdown(source))) == ["灯", "一", "二"]
    assert not any(isinstance(block, CodeBlock) for block in markdown(source))


def test_code_in_indented_content_keeps_its_own_indent() -> None:
    blocks = markdown("<Tab>\n    ```py\n    if a:\n        b\n    ```\n\n    文\n</Tab>")
    assert isinstance(blocks[0], CodeBlock)
    assert blocks[0].text.text == "if a:\n    b"
    assert blocks[1:] == [para("文")]
    flush = markdown("<Tab>\n    ```py\nif a:\n    b\n    ```\n</Tab>")
    assert isinstance(flush[0], CodeBlock)
    assert flush[0].text.text == "if a:\n    b"


def test_components_in_list_items_stay_in_them() -> None:
    assert markdown('- 甲\n\n  <Tab label="乙">\n    丙\n  </Tab>\n\n- 丁') == [
        bullets(item("甲", strong("乙"), para("丙")), item("丁"))
    ]


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ('<TabItem value="a" label="甲" default>', "甲"),
        ("<TabItem value='a'>", "a"),
        ("<TabPane tab={'甲'}>", "甲"),
        ('<Card\n  icon="x"\n  title="a > b"\n>', "a > b"),
        ('<Card onClick={() => { go("x") }} title="甲">', "甲"),
        ('<Card title="甲"\n  style={{ color: "red" }}>', "甲"),
        ('<Step heading="甲">', "甲"),
        ('<My.Card title="甲">', "甲"),
    ],
)
def test_titles(opening: str, title: str) -> None:
    name = opening.split(maxsplit=1)[0][1:].strip(">")
    assert markdown(f"{opening}\n文\n</{name}>") == [strong(title), para("文")]


def test_components_on_one_line() -> None:
    source = '<Tabs>\n<TabItem value="a" label="甲">一 **二**</TabItem>\n<TabItem label="乙">三</TabItem>\n</Tabs>'
    assert markdown(source) == [strong("甲"), para("一 二", ("二", STRONG)), strong("乙"), para("三")]
    # Within a paragraph it is a part of the paragraph.
    assert markdown("一\n<Foo>二</Foo>\n三") == markdown("一\n二\n三")
    assert markdown("<Foo>一</Foo> 二") == [para("一 二")]


def test_labels_that_the_component_around_lists() -> None:
    tabs = "<Tabs items={['pnpm', \"npm\"]}>\n  <Tabs.Tab>一</Tabs.Tab>\n  <Tabs.Tab>\n    二\n  </Tabs.Tab>\n</Tabs>"
    assert markdown(tabs) == [strong("pnpm"), para("一"), strong("npm"), para("二")]
    assert markdown(tabs.replace("Tabs.Tab", "Tab")) == markdown(tabs)
    assert markdown("甲 <Tabs.Tab>乙</Tabs.Tab>") == [para("甲 乙")]


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        ('<LinkCard title="灯" href="/a" description="塔" />', para("灯 塔", ("灯", LINK, "/a"))),
        ('<Badge text="新" type="tip" />', para("新")),
        ('<YouTube id="x1" />', para("YouTube: x1", ("YouTube: x1", LINK, "https://www.youtube.com/watch?v=x1"))),
        ("<Image src={shown} alt='灯塔' />", para("灯塔")),
    ],
)
def test_components_without_content(component: str, expected: object) -> None:
    assert markdown(component) == [expected]


def test_pictures_and_icons() -> None:
    assert markdown('<ThemedImage src="/a.png" alt="灯" />') == markdown("![灯](/a.png)")
    assert markdown('一 <Icon name="star" />') == [para("一")]
    assert markdown("<Content />\n\n一") == [para("一")]


def test_callouts_and_folds() -> None:
    assert markdown('<Callout type="warning" title="慎">\n  一\n</Callout>') == markdown("::: warning 慎\n一\n:::")
    assert markdown("<Note>\n一\n</Note>") == markdown("::: note\n一\n:::")
    assert markdown('<Accordion title="甲">\n  一\n</Accordion>') == markdown("::: details 甲\n一\n:::")


def test_several_imports_on_a_line() -> None:
    assert markdown("import A from '@a'; import { B } from \"b\";\n\n<A>\n一\n</A>") == [para("一")]


@pytest.mark.parametrize(
    "piece", ["<A>\n", "<A ", "<A x={\n", "<A>\n```\n", "<A\n", "<A>a</A>\n", "import a from 'a' "]
)
def test_many_components_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: markdown(piece * size), 200)


def test_content_of_custom_elements_is_markdown() -> None:
    source = "<side-note class='aside'>\n\tSee [the lamp](/lamp)\n</side-note>\n\nb"
    assert markdown(source) == [para("See the lamp", ("the lamp", LINK, "/lamp")), para("b")]


def test_tags_in_indented_code_are_code() -> None:
    code = "<Lamp>\n    Oil On\n    <Wick />\n\n    <Glass>\n    </Glass>\n</Lamp>"
    indented = "\n".join(f"    {line}" if line else "" for line in code.split("\n"))
    assert markdown(f"灯：\n\n{indented}\n\n塔") == [para("灯："), CodeBlock(Inline(code)), para("塔")]
    assert "Lamp" not in str(markdown(f"- 灯\n\n{indented}"))


def test_code_below_a_paragraph_with_ideographic_spaces_is_code() -> None:
    assert markdown("　　灯塔。\n\n    <Lamp>\n    </Lamp>") == [para("灯塔。"), CodeBlock(Inline("<Lamp>\n</Lamp>"))]
