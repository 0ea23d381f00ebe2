"""Dates and versions above the entries of diaries and changelogs are headings; other dates are not."""

from collections.abc import Sequence

import pytest

from reader.document.blocks import Heading, Inline, Paragraph, Rule
from reader.parse.headings.heading_blocks import mark_headings

ENTRY = "灯塔整夜亮着，海上有雾，船在等待，守塔的人没有睡。"
DATES = {
    "hyphens": ("2020-02-16", "2020-02-28", "2020-05-06"),
    "characters": ("2016年01月23日", "2016年2月3日", "2016年10月7日"),
    "newest first": ("2021/3/4", "2021/2/28", "2020/12/31"),
    "days of the week": ("2021-03-04（木）", "2021-03-05（金）", "2021-03-06（土）"),
    "weekdays": ("2021年3月4日 星期四", "2021年3月5日 星期五", "2021年3月6日 星期六"),
    "in words": ("一九三一年十二月三十日", "一九三二年一月二日 星期六", "一九三二年十月"),
    "months": ("2021年1月", "2021年2月", "2021年3月"),
    "versions": ("v0.0.1", "v0.0.2", "v0.1.0"),
    "numbers of versions": ("2.0.0", "1.10.0", "1.9.3"),
}


def headings(texts: Sequence[str], *, joined: bool = False) -> list[str]:
    paragraphs = [Paragraph(Inline("\n".join(texts)))] if joined else [Paragraph(Inline(text)) for text in texts]
    return [one.text.text for one in mark_headings([*paragraphs], "") if isinstance(one, Heading)]


@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("kind", DATES)
def test_dates_above_entries_are_headings(kind: str, *, joined: bool) -> None:
    texts = [text for date in DATES[kind] for text in (date, ENTRY)]
    assert headings(texts, joined=joined) == list(DATES[kind])


@pytest.mark.parametrize(
    "texts",
    [
        # Two are too few.
        ("2020-02-16", ENTRY, "2020-02-28", ENTRY),
        # In no order, as in a list of letters.
        ("2020-02-16", ENTRY, "2020-01-28", ENTRY, "2020-05-06", ENTRY),
        # Comments have the date below the name.
        ("林一", "2020-02-16", "好。", "林二", "2020-02-28", "不好。", "林三", "2020-05-06", "好。"),
        # A list of dates.
        ("2020-02-16", "2020-02-28", "2020-05-06", ENTRY),
        # No dates.
        ("2020-20-16", ENTRY, "2020-20-28", ENTRY, "2020-21-06", ENTRY),
    ],
)
def test_other_dates_are_no_headings(texts: tuple[str, ...]) -> None:
    assert headings(texts) == []


@pytest.mark.parametrize("is_above", [False, True])
def test_a_rule_may_be_above_a_date_and_not_below_it(*, is_above: bool) -> None:
    """A rule above a date separates two entries; a date above a rule ends an entry."""
    blocks = [
        one
        for date in DATES["hyphens"]
        for one in (
            *((Rule(),) if is_above else ()),
            Paragraph(Inline(date)),
            *(() if is_above else (Rule(),)),
            Paragraph(Inline(ENTRY)),
        )
    ]
    found = [one.text.text for one in mark_headings(blocks, "") if isinstance(one, Heading)]
    assert found == (list(DATES["hyphens"]) if is_above else [])


@pytest.mark.parametrize(
    ("date", "is_date"),
    [("2021-01-31", True), ("2021-12-01", True), ("2021-13-01", False), ("2021-00-01", False), ("2021-01-32", False)],
)
def test_a_date_has_a_month_and_a_day_of_the_calendar(date: str, *, is_date: bool) -> None:
    texts = [text for one in ("2020-02-16", "2020-02-28", date) for text in (one, ENTRY)]
    assert headings(texts) == ([*texts[::2]] if is_date else [])
