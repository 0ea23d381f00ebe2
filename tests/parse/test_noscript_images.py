"""Addresses of images that occur several times in a page."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parse.html_repair import repair
from reader.parse.noscript_images import ImageAddresses, image_addresses_in
from tests.growth import assert_linear

_ATTRIBUTES = st.sampled_from(
    ['<img src="{0}">', "<img data-lazy-src={0} >", "<IMG SRC='{0}'>", '<a href="{0}">', "<img src={0}{0}>", " {0} "]
)
_ADDRESSES = st.sampled_from(["a.png", "b.png", "aa.png"])


@given(st.lists(st.tuples(_ATTRIBUTES, _ADDRESSES), max_size=60), st.integers(0, 3))
def test_addresses_are_counted_alike_one_by_one_and_all_at_once(made: list[tuple[str, str]], times: int) -> None:
    text = "".join(attribute.format(address) for attribute, address in made)
    counts = Counter(image_addresses_in(text))
    addresses = ImageAddresses(text)
    for address in ("a.png", "b.png", "aa.png") * (1 + 10 * times):
        assert addresses.is_repeated(address) == (counts[address] > 1)


@pytest.mark.parametrize(
    "piece",
    [
        "<p>灯</p>{gap}<noscript><img src='{n}.png'></noscript>",
        "a.png <p>灯</p>{gap}<noscript><img src='a.png'></noscript>",
    ],
)
def test_images_in_many_noscripts_cost_linear_time(piece: str) -> None:
    assert_linear(lambda size: repair("".join(piece.format(n=n, gap="x" * 300) for n in range(size))), 300)


def test_nested_noscripts_cost_linear_time() -> None:
    assert_linear(lambda size: repair("<noscript>" * size + "灯" * size + "</noscript>" * size), 1_000)


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ('&lt;div&gt;&lt;img width=1 src="http://e.org/b?P=1"&gt;&lt;/div&gt;', ""),
        ("&lt;p&gt;Please enable JavaScript.&lt;/p&gt;", ""),
        ('&lt;img src="lamp.jpg" alt="灯"&gt;', '<img src="lamp.jpg" alt="灯">'),
        ("&lt;p&gt;灯塔 &amp;lt; 海&lt;/p&gt;", "<p>灯塔 &lt; 海</p>"),
        ("&lt;noscript&gt;灯塔", "&lt;noscript&gt;灯塔"),
    ],
)
def test_markup_that_is_escaped_is_read_as_markup(content: str, kept: str) -> None:
    assert repair(f"<p>一</p><noscript>{content}</noscript><p>二</p>") == f"<p>一</p>{kept}<p>二</p>"
