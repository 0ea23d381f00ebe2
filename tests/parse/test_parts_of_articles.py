"""What belongs to an article although it looks like a part of the site, and the other way round."""

import pytest

from tests.parse.test_main_content import ARTICLE, ENGLISH, EXPECTED, PARAGRAPH, page, texts

OTHERS = "".join(f'<p><a href="/{number}">The story of the lighthouse in bay {number}</a></p>' for number in range(3))


@pytest.mark.parametrize(
    "label",
    ["You may also like...", "Don't miss", "DON’T MISS", "Most read in world news", "相关阅读：", "あわせて読みたい"],
)
@pytest.mark.parametrize(
    "box",
    [
        "<p>{label}</p>{others}",
        "<h3><span>{label}</span></h3><div>{others}</div>",
        "<p><b>{label}</b></p><ul>{items}</ul>",
    ],
)
def test_links_below_a_label_are_part_of_the_site(label: str, box: str) -> None:
    items = OTHERS.replace("<p>", "<li>").replace("</p>", "</li>")
    assert texts(page(f"<article>{ARTICLE}{box.format(label=label, others=OTHERS, items=items)}</article>")) == EXPECTED


def test_a_label_above_a_paragraph_is_text() -> None:
    shown = texts(page(f"<article>{PARAGRAPH}<h2>Read more</h2>{ENGLISH}{PARAGRAPH}</article>"))
    assert shown == [EXPECTED[0], "Read more", EXPECTED[1], EXPECTED[0]]


def test_links_below_other_words_are_text() -> None:
    shown = texts(page(f"<article>{ARTICLE}<h2>Sources</h2>{OTHERS}</article>"))
    assert shown[3:] == ["Sources", *(f"The story of the lighthouse in bay {number}" for number in range(3))]


@pytest.mark.parametrize("box", ["social-media-embed", "share-box", "sponsor"])
def test_a_quoted_post_is_text_whatever_the_box_is_called(box: str) -> None:
    post = f'<blockquote class="twitter-tweet">{ENGLISH}— The keeper <a href="/1">March 4, 2021</a></blockquote>'
    shown = texts(page(f'<article>{PARAGRAPH}<div class="{box}"><div>{post}</div></div>{PARAGRAPH}</article>'))
    assert EXPECTED[1] in shown
    assert any("The keeper" in text for text in shown)


def test_a_caption_is_shown_once() -> None:
    caption = "The lighthouse at the mouth of the bay, seen from the ship in the evening of March 4."
    slide = f'<div class="slide"><div class="caption"><p>{caption}</p></div><p>{{}}</p></div>'
    slides = slide.format("One of the four.") + slide.format("Two of the four.") + slide.format("Three of the four.")
    shown = texts(page(f"<article>{PARAGRAPH}{slides}{ENGLISH}{PARAGRAPH}</article>"))
    assert shown.count(caption) == 1
    assert EXPECTED[1] in shown


def test_a_refrain_is_shown_as_often_as_it_is_written() -> None:
    refrain = "<p>Light the lamp, keeper, light the lamp, for the ships are out at sea tonight.</p>"
    shown = texts(page(f"<article>{PARAGRAPH}{refrain}{ENGLISH}{refrain}{PARAGRAPH}{refrain}</article>"))
    assert sum(text.startswith("Light") for text in shown) == 3


def test_a_list_of_links_in_a_list_of_text_is_text() -> None:
    links = "".join(
        f'<li><a href="/{number}">Number {number}: the lamp goes out in the wind</a></li>' for number in range(4)
    )
    sentence = "The keepers of the coast have met again, and have talked of the wind."
    notes = f"<ul><li>{sentence}</li><li>Open: <ul>{links}</ul></li></ul>"
    shown = texts(page(f"<article>{PARAGRAPH}<h2>Wind</h2>{notes}{ENGLISH}</article>"))
    assert sum("the lamp goes out" in text for text in shown) == 4
