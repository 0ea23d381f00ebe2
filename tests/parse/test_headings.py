import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli.articles import open_file
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
    leaves,
)
from reader.document.body import Body, BodyFormat
from reader.document.document import Document
from reader.document.outline import outline
from reader.parse.headings import mark_headings
from reader.parse.parser import parse
from tests.conftest import real_files
from tests.growth import assert_linear

LABELLED = Path(__file__).with_name("labelled")
ENOUGH = 0.95

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


def found_in(path: Path) -> Sections:
    blocks, title, _ = labelled(path)
    return sections(mark_headings(list(blocks), title))


def scores(pairs: Iterator[tuple[Sections, Sections]]) -> tuple[float, float, float]:
    """Precision and recall of the detected headings, and the share of those with the right level."""
    hits = found_all = expected_all = levels = 0
    for found, expected in pairs:
        names, wanted = Counter(title for _, title in found), Counter(title for _, title in expected)
        hits += (names & wanted).total()
        found_all += len(found)
        expected_all += len(expected)
        levels += (Counter(found) & Counter(expected)).total()
    return hits / max(1, found_all), hits / max(1, expected_all), levels / max(1, hits)


def test_corpus_has_articles_of_all_kinds() -> None:
    articles = [labelled(path) for path in own_articles()]
    assert len(articles) >= 30
    assert sum(not expected for _, _, expected in articles) >= 10
    assert any(level == 3 for _, _, expected in articles for level, _ in expected)


def test_precision_and_recall_on_our_own_articles() -> None:
    pairs = [(found_in(path), list(labelled(path)[2])) for path in own_articles()]
    precision, recall, levels = scores(iter(pairs))
    wrong = [path.stem for path, (found, expected) in zip(own_articles(), pairs, strict=True) if found != expected]
    print(f"own: precision {precision:.3f}, recall {recall:.3f}, levels {levels:.3f}; not as expected: {wrong}")
    assert min(precision, recall, levels) >= ENOUGH, wrong


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def real_labels() -> dict[str, list[tuple[int, str]]]:
    """The outline of each real file by its digest: levels, and digests of titles, so that no text is copied."""
    labels = {}
    for line in (LABELLED / "real.digests").read_text(encoding="ascii").splitlines():
        name, *found = line.split()
        labels[name] = [(int(level), title) for level, title in (one.split(":") for one in found)]
    return labels


def real_sections(path: Path) -> Sections:
    document = open_file(path).document
    return [(level, digest(title)) for level, title in sections(list(document.blocks))]


@pytest.mark.skipif(not real_files(), reason="the shared files are not beside this checkout")
def test_precision_and_recall_on_real_articles() -> None:
    labels = real_labels()
    pairs: list[tuple[Sections, Sections]] = []
    for path in real_files():
        name = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        if name in labels:
            pairs.append((real_sections(path), labels[name]))
            single = [f"{score:.2f}" for score in scores(iter(pairs[-1:]))] if any(pairs[-1]) else ["none, rightly"]
            print(f"{name}: {len(labels[name]):2} headings: {', '.join(single)}")
    precision, recall, levels = scores(iter(pairs))
    print(f"real: precision {precision:.3f}, recall {recall:.3f}, levels {levels:.3f} in {len(pairs)} files")
    assert len(pairs) >= 20
    assert min(precision, recall, levels) >= ENOUGH


def test_the_seed_has_nine_sections_and_five_below_two_of_them(seed_file: Path) -> None:
    found = real_sections(seed_file)
    assert [level for level, _ in found] == [1] * 8 + [2, 2, 1, 2, 2, 2]
    assert found[7] == (1, digest("基本情况"))
    assert found[10] == (1, digest("特色亮点工作"))


# The title


def paragraph(text: str, *, bold: bool = False) -> Paragraph:
    return Paragraph(Inline(text, (Span(0, len(text), SpanKind.STRONG),) if bold else ()))


LONG = RUNNING[""][1]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("风的名字", "风的名字"),
        ("“风”的名字", "_风_的名字"),
        ("Ｗｉｎｄ Names", "wind names"),
        ("风的\u3000名字 #", "风的名字"),
    ],
)
def test_title_is_recognised_whatever_its_punctuation(body: str, title: str) -> None:
    for block in (Heading(Inline(body), 2), paragraph(body), paragraph(body, bold=True)):
        (made, _) = mark_headings([block, paragraph(LONG)], title)
        assert isinstance(made, Heading)
        assert (made.level, made.text) == (0, block.text)


@pytest.mark.parametrize(
    ("body", "title"),
    [("风的名字和水的名字", "风的名字…"), ("风的名字", ""), ("风", "风的名字 - 周报"), ("……", "！！")],
)
def test_heading_longer_or_shorter_than_the_title_stays(body: str, title: str) -> None:
    (made, _) = mark_headings([Heading(Inline(body), 1), paragraph(LONG)], title)
    assert isinstance(made, Heading)
    assert made.level == 1


def test_title_repeated_later_is_a_section() -> None:
    blocks: list[Block] = [paragraph(LONG), Heading(Inline("风"), 2), paragraph(LONG)]
    assert sections(mark_headings(blocks, "风")) == [(1, "风")]


# Real headings


def test_empty_headings_are_removed() -> None:
    assert mark_headings([Heading(Inline("\u3000"), 2), paragraph(LONG)], "") == [paragraph(LONG)]


def test_headings_in_containers_are_levelled_with_the_others() -> None:
    blocks: list[Block] = [
        Heading(Inline("甲"), 3),
        Quote((Heading(Inline("乙"), 5), ListBlock((ListItem((Heading(Inline("丙"), 6),)),)))),
        Table(((Cell((Heading(Inline("丁"), 5),)),),)),
    ]
    made = mark_headings(blocks, "")
    levels = [leaf.level for block in made for leaf in leaves(block) if isinstance(leaf, Heading)]
    assert levels == [1, 2, 3, 2]


def test_whole_paragraph_marked_as_a_heading_is_a_paragraph() -> None:
    assert mark_headings([Heading(Inline(LONG), 3), paragraph(LONG)], "") == [paragraph(LONG), paragraph(LONG)]


def test_deep_nesting_is_safe() -> None:
    block: Block = Heading(Inline("deep"), 3)
    for _ in range(300):
        block = Quote((block,))
    made = mark_headings([block, Heading(Inline("flat"), 4)], "")
    assert made[0] == block
    assert isinstance(made[1], Heading)
    assert made[1].level == 2


# Completeness


def letters(blocks: list[Block]) -> str:
    return "".join("".join(leaf.text.text.split()) for block in blocks for leaf in leaves(block))


@pytest.mark.parametrize("path", own_articles(), ids=lambda path: path.stem)
def test_no_character_is_lost_or_moved(path: Path) -> None:
    blocks, title, _ = labelled(path)
    assert letters(mark_headings(list(blocks), title)) == letters(list(blocks))


PIECES = st.sampled_from(
    [
        "一、潮",
        "（一）",
        "1. a",
        "第一章",
        "01",
        "灯塔",
        LONG,
        "■ 风",
        "【风】",
        "图1",
        "责编：方舟",
        "2021年",
        "x\n灯塔\ny",
        "\n",
        " ",
    ]
)
SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9), st.sampled_from(SpanKind)), max_size=2)


@st.composite
def inlines(draw: st.DrawFn) -> Inline:
    text = draw(PIECES) if draw(st.booleans()) else draw(st.text(max_size=12))
    spans = {Span(start, min(start + size, len(text)), kind) for start, size, kind in draw(SPANS) if start < len(text)}
    outer = [span for span in spans if span.end == len(text)]
    return Inline(text, tuple(sorted(outer, key=lambda span: (span.start, -span.end))))


BLOCKS = st.recursive(
    st.one_of(
        inlines().map(Paragraph),
        st.builds(Heading, inlines(), st.integers(1, 6)),
        st.builds(Image, inlines(), st.just("a.png")),
        st.just(Rule()),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda blocks: Quote(tuple(blocks))),
        st.lists(inner, max_size=2).map(lambda blocks: ListBlock((ListItem(tuple(blocks)),))),
    ),
    max_leaves=8,
)


@given(st.lists(BLOCKS, max_size=12), st.text(max_size=5))
def test_any_blocks_keep_their_characters_and_spans_and_have_valid_levels(blocks: list[Block], title: str) -> None:
    made = mark_headings(blocks, title)
    assert letters(made) == letters(blocks)
    for leaf in (leaf for block in made for leaf in leaves(block)):
        assert all(0 <= span.start < span.end <= len(leaf.text.text) for span in leaf.text.spans)
        if isinstance(leaf, Heading):
            assert 0 <= leaf.level <= 6


@given(st.lists(BLOCKS, max_size=8))
def test_spans_cover_the_same_text(blocks: list[Block]) -> None:
    def strong(all_of: list[Block]) -> str:
        covered = ""
        for leaf in (leaf for block in all_of for leaf in leaves(block)):
            inside = {
                n for span in leaf.text.spans if span.kind is SpanKind.STRONG for n in range(span.start, span.end)
            }
            covered += "".join(one for n, one in enumerate(leaf.text.text) if n in inside and not one.isspace())
        return covered

    assert strong(mark_headings(blocks, "")) == strong(blocks)


def test_wrapped_paragraph_is_split_at_its_heading_and_keeps_its_spans() -> None:
    text = f"上\n小标题\n{LONG}"
    start = text.index("小")
    spans = (
        Span(0, 1, SpanKind.EMPHASIS),
        Span(start, start + 3, SpanKind.STRONG),
        Span(start + 5, start + 7, SpanKind.CODE),
    )
    made = mark_headings([paragraph(LONG), Paragraph(Inline(text, spans)), paragraph(LONG)], "")
    assert made[1:4] == [
        Paragraph(Inline("上", (Span(0, 1, SpanKind.EMPHASIS),))),
        Heading(Inline("小标题", (Span(0, 3, SpanKind.STRONG),)), 1, pseudo=True),
        Paragraph(Inline(LONG, (Span(1, 3, SpanKind.CODE),))),
    ]


def test_html_body_goes_through_all_steps() -> None:
    body = (
        f"<p>{LONG}</p><p><strong>一、潮</strong></p><p>{LONG}</p><p><b>二、风</b><br>{LONG}</p><p>责任编辑：方舟</p>"
    )
    assert [section.title for section in outline(parse(Body(body, BodyFormat.HTML))).sections] == ["一、潮", "二、风"]


def test_heading_detection_in_a_long_article_takes_linear_time() -> None:
    def judge(size: int) -> None:
        lines = "\n".join(["短句", LONG] * size)
        blocks: list[Block] = [Paragraph(Inline(lines)), *(paragraph(LONG) for _ in range(size // 4))]
        mark_headings(blocks, "风")

    assert_linear(judge, 2_000)


def test_thousands_of_numbered_headings_take_linear_time() -> None:
    def judge(size: int) -> None:
        blocks: list[Block] = []
        for number in range(size):
            text = f"{number + 1}、灯塔"
            blocks += [paragraph(LONG), Paragraph(Inline(text, (Span(0, len(text), SpanKind.STRONG),)))]
        mark_headings(blocks, "风")

    # Quadratic if each line is compared with the numbers of all lines.
    assert_linear(judge, 1_000)


def test_thousands_of_spans_in_one_paragraph_take_linear_time() -> None:
    line = "短句也有粗的字"

    def judge(size: int) -> None:
        spans = tuple(Span(n * (len(line) + 1), n * (len(line) + 1) + 3, SpanKind.STRONG) for n in range(size))
        mark_headings([Paragraph(Inline("\n".join([line] * size), spans))], "")

    # Quadratic if each line checks every span.
    assert_linear(judge, 2_000)
