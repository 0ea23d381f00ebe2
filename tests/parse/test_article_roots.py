"""Which element of a page is its article, where several could be."""

from reader.document.body import Body, BodyFormat
from reader.parse.parser import parse

ONE = "灯塔整夜亮着，海上有雾，船在等待，守塔的人没有睡。"
TWO = "天亮以后，雾散了，船一只一只地进港，没有人说话。"
TEXT = f"<p>{ONE}</p><p>{TWO}</p>"


def shown(body: str) -> list[str]:
    found = parse(Body(f"<!DOCTYPE html><html><body>{body}</body></html>", BodyFormat.HTML))
    return [leaf.text.text for leaf in found.leaves]


def links(count: int, label: str = "港口的另一条消息") -> str:
    return "".join(f"<li><a href='/{number}'>{label} {number}</a></li>" for number in range(count))


def test_of_nested_boxes_with_ids_of_articles_the_inner_one_is_the_article() -> None:
    live = "".join(f"<a href='/{n}'><div class=content>{ONE}{ONE}</div></a>" for n in range(8))
    around = f"<div class=left><p>这里是推广，点这里，看更多。</p><div id=artibody>{TEXT}{TEXT}</div></div>"
    assert shown(f"<div id=article_content>{around}<div class=right>{live}</div></div>") == [ONE, TWO, ONE, TWO]


def test_an_inner_box_with_little_of_the_text_is_no_article() -> None:
    body = f"<div id=article_content><div id=artibody><p>短短一句，不是正文，只有这么多字。</p></div>{TEXT * 4}</div>"
    assert shown(body)[-1] == TWO


def test_a_short_article_among_many_links_is_no_list() -> None:
    short = f"<div class=art_content><p>{ONE}</p><p>{TWO}</p></div>"
    menu = f"<div class=c1><ul>{links(18)}</ul></div>"
    assert shown(f"{menu}<h1>夜里的灯塔</h1>{short}") == ["夜里的灯塔", ONE, TWO]


def test_an_introduction_of_a_list_is_no_article() -> None:
    body = f"<div class=content><p>{ONE}</p></div><div class=c1><ul>{links(40)}</ul></div>"
    assert len(shown(body)) > 40


def test_a_box_around_article_and_sidebar_needs_a_better_score_than_the_article() -> None:
    teasers = "".join(f"<div class=t{n}><p>{TWO}</p><p>{TWO}</p></div>" for n in range(2))
    article = f"<div class=y><div class=x>{TEXT * 4}</div><p><a href='/'>首页</a></p></div>"
    body = f"<div class=page-content>{article}<div class=z>{teasers}</div></div>"
    assert shown(body) == [ONE, TWO] * 4


def test_a_note_of_bootstrap_belongs_to_the_article() -> None:
    note = f"<div class='alert alert-danger' role=alert><p>{TWO}</p></div>"
    message = "<div role=alert><p>站点的消息，请看这里，谢谢。</p></div>"
    assert shown(f"<article>{TEXT}{message}{note}{TEXT}</article>") == [ONE, TWO, TWO, ONE, TWO]


def test_a_short_last_sentence_beside_the_best_box_is_kept() -> None:
    box = "<p>The lamp was lit all night, the ships waited, and nobody slept, said the keeper.</p>" * 3
    body = f"<div class=x><p>It begins.</p><div class=y>{box}</div><p>The fog is gone.</p><p>Share</p></div>"
    assert shown(body)[0] == "It begins."
    assert shown(body)[-1] == "The fog is gone."
