"""Components of Nuxt Content."""

import pytest

from reader.document.blocks import SpanKind
from tests.growth import assert_linear
from tests.parse.blocks import markdown, para

LINK, STRONG = SpanKind.LINK, SpanKind.STRONG


def test_callouts() -> None:
    assert markdown("::tip\n**灯** 塔\n::") == markdown("::: tip\n**灯** 塔\n:::")
    assert markdown('::callout{type="warning"}\n灯\n::') == markdown("::: warning\n灯\n:::")
    assert markdown('::warning{title="慎"}\n灯\n::') == markdown("::: warning 慎\n灯\n:::")


def test_components_in_each_other_with_properties() -> None:
    first = "  ::card\n  ---\n  icon: x\n  title: 灯\n  to: /a\n  ---\n  一\n  ::\n"
    assert markdown(f"::cards\n{first}  ::card{{title='塔'}}\n  二\n  ::\n::") == [
        para("灯", ("灯", STRONG), ("灯", LINK, "/a")),
        para("一"),
        para("塔", ("塔", STRONG)),
        para("二"),
    ]


def test_links_slots_and_labels() -> None:
    assert markdown('::read-more{to="/a"}\n::') == [para("/a", ("/a", LINK, "/a"))]
    assert markdown('::read-more{to="/a"}\n读\n::') == [para("读"), para("/a", ("/a", LINK, "/a"))]
    assert markdown("::hero\n#title\n灯\n\n#description\n塔\n::") == [para("灯"), para("塔")]
    assert markdown('::u-button[灯]{to="/a"}\n::') == [para("灯", ("灯", LINK, "/a"))]


def test_inline_components() -> None:
    assert markdown('一 :br 二 :icon{name="x"}') == markdown("一 <br> 二")
    assert markdown(':abbr[灯]{title="x"}，[塔]{.red}') == [para("灯，塔")]


@pytest.mark.parametrize("source", ["::tip\n灯", "std::tip\n灯\n::", "::tip 灯\n::", "::\n灯\n::"])
def test_what_is_no_component(source: str) -> None:
    assert "::" in markdown(source)[0].text.text  # type: ignore[union-attr]


@pytest.mark.parametrize("piece", ["::a\n", "::a\n---\n", "::a\n```\n", "::a{", ":a["])
def test_many_components_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: markdown(piece * size), 200)
