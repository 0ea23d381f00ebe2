"""Labelled articles: their blocks and the expected outlines."""

import re
from functools import cache
from itertools import count
from pathlib import Path

from reader.document.blocks import (
    Block,
    Cell,
    Heading,
    Image,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    SpanKind,
    Table,
)
from reader.document.document import Document
from reader.document.outline import outline

LABELLED = Path(__file__).with_name("labelled")


RUNNING = {
    "": (
        "码头上的人都认得那条船，它每天天不亮就出去，傍晚带着一身鱼腥气回来，船头的漆掉了一半，名字只剩下最后一个字。",
        "潮水退下去以后，滩上留下许多细小的孔，每一个孔里都住着一只螃蟹。孩子们拿着铁钩去找，一个下午能装满半个竹篓。",
        "这几年来的人多了，路也修宽了，可是老人们说，风还是那样的风，雾还是春天来、夏天去，灯也亮着。",
    ),
    "e": (
        "The boats go out before anybody is awake, and until noon the harbour keeps only the sound of ropes.",
        "Nobody could say when the wall was built. It had always been there, like the fog, and like the fog it moved.",
    ),
    "t": ("茶山上的路是石頭鋪的，走的人多了，石頭的中間就凹了下去，下雨的時候每一級都盛著一小碗水。",),
    "j": ("岬のはずれに古い灯台があり、今は人が住んでいない。それでも日が暮れると、灯りは毎晩おなじ時刻にともる。",),
    "k": ("바닷가 마을의 등대는 백 년 전에 세워졌고, 지금은 사람이 없어도 해가 지면 저절로 불이 켜진다고 한다.",),
}


_NUMBERS = count()


def inline(source: str) -> Inline:
    if found := re.fullmatch("~(.?)", source):
        choices = RUNNING[found[1]]
        return Inline(choices[next(_NUMBERS) % len(choices)])
    text, spans = "", []
    for number, piece in enumerate(source.replace("/", "\n").split("**")):
        if number % 2:
            spans.append(Span(len(text), len(text) + len(piece), SpanKind.STRONG))
        text += piece
    return Inline(text, tuple(spans))


def block(line: str) -> Block:
    name, _, source = line.partition(" ")
    text = inline(source)
    whole = (0, len(text.text))
    if name[0] == "h" and name[1].isdigit():
        return Heading(text, int(name[1]))
    plain: dict[str, Block] = {
        "p": Paragraph(text),
        "b": Paragraph(Inline(text.text, (Span(*whole, SpanKind.STRONG),))),
        "a": Paragraph(Inline(text.text, (Span(*whole, SpanKind.LINK, "https://example.org"),))),
        "q": Quote((Paragraph(text),)),
        "li": ListBlock(tuple(ListItem((Paragraph(Inline(item)),)) for item in source.split("|"))),
        "table": Table((tuple(Cell((Paragraph(Inline(cell)),)) for cell in source.split("|")),)),
        "img": Image(text, "a.png"),
        "hr": Rule(),
    }
    return plain[name]


Sections = list[tuple[int, str]]


def sections(blocks: list[Block]) -> Sections:
    document = Document(tuple(blocks))
    titles = [(0, leaf.text.text) for leaf in document.leaves if isinstance(leaf, Heading) and leaf.level == 0]
    return titles + [(section.level, section.title) for section in outline(document).sections]


@cache
def labelled(path: Path) -> tuple[tuple[Block, ...], str, tuple[tuple[int, str], ...]]:
    """The blocks of a labelled article, its title, and the expected outline."""
    above, _, below = path.read_text(encoding="utf-8").partition("\n=")
    head, *lines = above.split("\n")
    expected = []
    for line in below.strip("\n").split("\n"):
        bare = line.lstrip()
        if bare.startswith("0 "):
            expected.append((0, bare[2:]))
        elif bare:
            expected.append(((len(line) - len(bare)) // 2 + 1, bare))
    return tuple(map(block, lines)), head.removeprefix("title "), tuple(expected)


def own_articles() -> list[Path]:
    return sorted(LABELLED.glob("*.txt"))
