"""Lines are filled as far as the rules permit, free space is distributed, and the text is unchanged."""

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.document.blocks import Span, SpanKind
from reader.layout.cells import Cells
from reader.layout.forced_breaks import Harm, best_forced_break
from reader.layout.linebreak import LineBreaks
from reader.settings.options import Fill, KoreanBreaks, Strictness, Typesetting
from tests.growth import assert_linear
from tests.layout.setting import painted, rejoined, set_lines
from tests.layout.strategies import texts, typesettings

CELLS = Cells()
HAN = "海边的灯塔夜里亮着守塔人说风浪不大"

SINGLE = list("、。，：；！？")
ALONE = re.compile("[\u3041-\u30fc\u4e00-\u9fff][、。，：；！？）》」』】〕”’…—]*")

DOUBLE = ["，", "。", "。）", "）。", "》，", "？！", "！」", "」，", "」。"]


def written(seed: int, marks: list[str], length: int = 400) -> str:
    """Han with one or two marks after every 1 to 14 characters."""
    chance = random.Random(seed)  # noqa: S311 - a test is to come out the same each time
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        parts += [chance.choice(HAN) for _ in range(chance.randint(1, 14))]
        parts.append(chance.choice(marks))
    return "".join(parts)


def short_by(text: str, width: int, typesetting: Typesetting) -> int:
    """The cells by which the shortest line, except the last, is shorter than a line of only Han."""
    lines = painted(text, width, typesetting)
    return max((width - width % 2 - CELLS.width(line) for line in lines[:-1]), default=0)


def can_be_even(text: str, width: int) -> bool:
    """Whether some filling leaves no line more than two cells short, by trying all."""
    places = set(LineBreaks(text, Strictness.NORMAL, KoreanBreaks.WORD).all())
    reached, waiting, most = {0}, [0], width // 2
    while waiting:
        start = waiting.pop()
        if len(text) - start <= most:
            return True
        more = {start + most, start + most - 1} & places - reached
        reached |= more
        waiting += more
    return False


@pytest.mark.parametrize("seed", range(12))
def test_single_marks_leave_at_most_two_cells_of_raggedness(seed: int) -> None:
    text = written(seed, SINGLE)
    for width in range(20, 121):
        assert short_by(text, width, Typesetting()) <= 2


@pytest.mark.parametrize("seed", range(12))
def test_double_marks_do_too_if_any_filling_does(seed: int) -> None:
    text = written(seed, DOUBLE)
    uneven = [width for width in range(20, 121) if short_by(text, width, Typesetting()) > 2]
    assert [width for width in uneven if can_be_even(text, width)] == []
    assert len(uneven) < 34


def test_two_marks_that_would_pull_two_han_down_rebreak_the_line_above() -> None:
    text = "海边的灯塔夜里亮着守塔人说风浪不大。）海边的灯塔夜里亮着守塔人说风浪不大海边的灯"
    # Ten Han a line: greedy lines would end behind 浪, three cells of Han short, before 不大。）.
    lines = painted(text[5:], 24)
    assert all(24 - CELLS.width(line) <= 2 for line in lines[:-1]), lines


def test_mark_is_moved_down_with_its_preceding_character() -> None:
    assert painted("海边的灯塔夜里亮着，守塔人", 18) == ["海边的灯塔夜里亮", "着，守塔人"]


def test_a_mark_hangs_in_a_reserved_column() -> None:
    hang = Typesetting(fill=Fill.HANG)
    lines = painted("海边的灯塔夜里亮着，守塔人说", 20, hang)
    assert lines == ["海边的灯塔夜里亮着，", "守塔人说"]
    # Without a hanging mark, the column is empty.
    assert painted("海边的灯塔夜里亮着守塔人说", 20, hang) == ["海边的灯塔夜里亮着", "守塔人说"]
    # Stops hang, closing marks do not.
    assert painted("海边的灯塔夜里亮着）守塔人说", 20, hang)[0] == "海边的灯塔夜里亮"


def test_mark_is_kept_by_closing_gaps() -> None:
    text = "海边的LED灯塔夜里亮，守塔人"
    push_in = Typesetting(fill=Fill.PUSH_IN, cjk_latin_space=True)
    assert painted(text, 22, Typesetting(cjk_latin_space=True))[0] == "海边的 LED 灯塔夜里"
    assert painted(text, 22, push_in)[0] == "海边的 LED灯塔夜里亮，"


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(30, 80), st.sampled_from([Fill.PUSH_OUT, Fill.PUSH_IN]))
def test_justified_lines_are_full_and_have_the_same_text(seed: int, width: int, fill: Fill) -> None:
    text = written(seed, DOUBLE, 120)
    justified = Typesetting(justify=True, fill=fill)
    lines = set_lines(text, width, justified)
    assert rejoined(lines, text) == text
    plain = painted(text, width, Typesetting(fill=fill))
    if [line.text.replace(" ", "") for line in lines] != plain:
        # Other lines were broken earlier so that the last one has more than one character.
        assert max(CELLS.width(lines[-1].text), CELLS.width(plain[-1])) <= 12
        return
    for line, before in zip(lines[:-1], plain[:-1], strict=True):
        # A line that is too short to be justified without gaps stays ragged.
        assert CELLS.width(line.text) in {width, CELLS.width(before)}
        pairs = sum(one in HAN and other in HAN for one, other in pairwise(before))
        if width - CELLS.width(before) <= min(3, pairs // 7):
            assert CELLS.width(line.text) == width
    assert lines[-1].text == plain[-1]


def test_justification_widens_spaces_after_marks_first() -> None:
    lines = painted("海边的灯塔，夜里亮着光照着海面（守塔人说风浪不大）", 31, Typesetting(justify=True))
    assert lines[0] == "海边的灯塔， 夜里亮着光照着海面"


def test_justified_latin_has_no_gap_at_an_apostrophe_or_a_quotation() -> None:
    text = "the keeper’s lamp isn’t in “the tower”, he said, and nobody’s boat (the “gull”) was lit"
    for width in range(16, 60):
        shown = " ".join(" ".join(painted(text, width, Typesetting(justify=True, hyphenation=False))).split())
        assert shown == text


def test_justified_latin_widens_only_spaces_between_words() -> None:
    text = "the lamp comes on by itself at dusk and nobody lives in the lighthouse any more"
    for line in painted(text, 34, Typesetting(justify=True, hyphenation=False))[:-1]:
        assert "".join(line.split()) in text.replace(" ", "")
        assert CELLS.width(line) == 34


@settings(max_examples=250, deadline=None)
@given(texts(30).filter(bool), st.integers(2, 90), typesettings(), st.integers(0, 12))
def test_rejoined_lines_are_the_text_at_any_width(text: str, width: int, typesetting: Typesetting, lead: int) -> None:
    lines = set_lines(text, width, typesetting, first_indent=lead)
    assert rejoined(lines, text) == text
    cells = Cells(typesetting.ambiguous_width)
    for line in lines:
        shown = [run.text for run in line.runs if run.text.strip()]
        assert cells.width("".join(run.text for run in line.runs)) <= width or len(shown) == 1


# Unbreakable parts.


def test_title_stays_unbroken_if_that_leaves_no_gap() -> None:
    assert painted("守塔人每晚在灯下读《航标年鉴》到天亮", 20) == ["守塔人每晚在灯下读", "《航标年鉴》到天亮"]
    assert painted("守塔人在灯下读《航标年鉴》到天亮", 20) == ["守塔人在灯下读《航标", "年鉴》到天亮"]
    text = "读《一本名字很长很长很长很长很长的书》到天亮"
    assert painted(text, 20) == ["读《一本名字很长很长", "很长很长很长的书》到", "天亮"]


@pytest.mark.parametrize("width", range(16, 40))
def test_a_base_in_a_long_title_keeps_its_reading_and_the_title_leaves_no_gap(width: int) -> None:
    text = "读《一本名字很长很长的灯台很长很长的书》到天亮"
    lines = painted(text, width, Typesetting(), Span(11, 13, SpanKind.RUBY, "とうだい"))
    assert sum("灯台(とうだい)" in line for line in lines) == 1
    # The base with its reading, which is 14 cells wide, may leave a gap, but the title may not.
    assert all(Cells().width(line) >= width - 14 for line in lines[:-1])
    assert lines[0].startswith("读《一本")


def test_address_stays_unbroken_if_it_fits_and_breaks_at_delimiters_otherwise() -> None:
    address = "https://example.org/lamps/1893?page=2&size=20"
    assert painted(f"海边的灯塔见{address}", 48) == ["海边的灯塔见", address]
    parts = painted(f"见{address}一文", 24)
    assert "".join(parts) == f"见{address}一文"
    assert all(part[-1] in "/?&=见" for part in parts[:-2])


def test_address_breaks_only_after_delimiters() -> None:
    parts = painted("https://example.org/aaaa/bbbbbbb/cccc?dd=ee&ff=gg", 20)
    assert parts == ["https://example.org/", "aaaa/bbbbbbb/cccc?", "dd=ee&ff=gg"]


def test_word_longer_than_the_line_is_split_between_clusters() -> None:
    assert painted("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]
    family = "👩\u200d👩\u200d👧"
    assert painted(family * 5, 4) == [family * 2, family * 2, family]
    assert painted("，" * 7, 4) == ["，，", "，，", "，，", "，"]


@pytest.mark.parametrize(
    "text",
    [
        "海边的灯塔，夜里亮着。",
        "lamp ",
        "a",
        "，",
        "《灯》",
        "https://example.org/",
        "한국어",
        "“灯”",
        "LED灯",
        "👩\u200d👩\u200d👧",
    ],
)
@pytest.mark.parametrize("fill", Fill)
def test_time_grows_as_the_text_does(text: str, fill: Fill) -> None:
    typesetting = Typesetting(fill=fill, cjk_latin_space=True, justify=True)
    # Scanning the whole text for each line would take a hundred times as long for ten times the text.
    assert_linear(lambda size: set_lines(text * (size // len(text)), 40, typesetting), 2_000)


_MIXED = st.lists(st.sampled_from(["灯塔", "海", "守", "lamp", "5G", "AI", "，", "。", "、"]), min_size=4, max_size=24)


@settings(max_examples=150, deadline=None)
@given(_MIXED.map("".join), st.integers(10, 24))
def test_lines_after_a_line_break_are_those_of_the_text_alone(text: str, width: int) -> None:
    """Also where spaces between Han and Latin letters are closed to make room for a mark."""
    options = Typesetting(fill=Fill.PUSH_IN, cjk_latin_space=True)
    assert painted(f"甲乙丙\n{text}", width, options)[1:] == painted(text, width, options)


def test_a_unit_is_parted_from_its_number_before_a_word_is_torn_and_a_syllable_is_not() -> None:
    text, limit = "12 kg-abcdefgh", 10
    assert best_forced_break(text, 0, [(limit, Harm.WORD), (3, Harm.UNIT)]) == 3
    assert best_forced_break(text, 0, [(limit, Harm.WORD), (3, Harm.SYLLABLE)]) == limit
    # A mark or a space is better than a unit further to the end, but only in the same half of the line.
    assert best_forced_break(text, 0, [(limit, Harm.WORD), (9, Harm.UNIT), (7, Harm.MARK)]) == 7
    assert best_forced_break(text, 0, [(limit, Harm.WORD), (9, Harm.UNIT), (5, Harm.SPACE)]) == 9


def ends_alone(text: str, width: int, typesetting: Typesetting) -> bool:
    """Whether the last line has a single character, apart from marks."""
    lines = painted(text, width, typesetting)
    return len(lines) > 1 and bool(ALONE.fullmatch(lines[-1].strip()))


@pytest.mark.parametrize("justify", [False, True])
def test_last_line_seldom_has_a_single_character(justify: bool) -> None:  # noqa: FBT001
    text = "".join(f"{one}{SINGLE[number % 6]}" if number % 9 == 8 else one for number, one in enumerate(HAN * 12))
    cases = [
        (text[:end].rstrip("".join(SINGLE)) + "。", width) for width in range(16, 100, 3) for end in range(190, 206)
    ]
    alone = sum(ends_alone(case, width, Typesetting(justify=justify)) for case, width in cases)
    # There is no other way if the line above also ends with a mark.
    assert alone <= len(cases) // 40


def test_last_line_takes_a_character_only_from_a_line_that_keeps_its_shape() -> None:
    assert painted("雾散以后，灯塔上的人下来了。", 22, Typesetting()) == ["雾散以后，灯塔上的人下", "来了。"]
    assert painted("雾散以后,灯塔上的人都下来了。", 26, Typesetting()) == ["雾散以后,灯塔上的人都下", "来了。"]
    assert painted("雾散以后灯塔亮了", 14, Typesetting()) == ["雾散以后灯塔亮", "了"]
    assert painted("the lamps at sea were lit while he was asleep 了", 45, Typesetting())[-1] == "了"


def test_list_of_numbers_breaks_behind_a_solidus_rather_than_leaving_a_hole() -> None:
    text = "灯塔亮度的取值是分布中第90/95/99个百分位"
    assert painted(text, 32, Typesetting()) == ["灯塔亮度的取值是分布中第90/95/", "99个百分位"]
    assert painted(text, 26, Typesetting()) == ["灯塔亮度的取值是分布中", "第90/95/99个百分位"]


@pytest.mark.parametrize("date", ["2024/05/01", "31/12/1999", "12/31/99"])
def test_date_with_solidi_is_no_list_of_numbers(date: str) -> None:
    for width in range(20, 40):
        assert any(date in line for line in painted(f"灯塔的灯第一次亮起来是{date}那天夜里", width, Typesetting()))
