"""Dates of pages whose markup does not say that they are the date of publication."""

import pytest

from reader.archive.displayed_dates import displayed_date
from reader.archive.html_head import page_head
from tests.growth import assert_linear

TEXT = "<p>Die Lampe brannte die ganze Nacht, und die Schiffe wussten, wo das Ufer war, bis der Morgen kam.</p>" * 3


def date_of(below: str, *, head: str = "", headline: str = "<h1>Lampe der Nacht</h1>", above: str = "") -> str:
    """The date of a page with this below its headline, in ISO 8601; empty without one."""
    body = f"<body>{above}{headline}{below}{TEXT}</body>"
    found = page_head(f"<html><head><title>Lampe der Nacht | Hafen</title>{head}</head>{body}</html>").date
    return found.isoformat(" ", "minutes") if found else ""


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("26.01.2022", "2022-01-26 00:00"),
        ("Mittwoch, 26. Januar 2022, 10:15 Uhr", "2022-01-26 10:15"),
        ("1. März 2020 &ndash; von Ana Lima", "2020-03-01 00:00"),
        ("Publié le 26/01/2022 à 10h15", "2022-01-26 10:15"),
        ("1er février 2022", "2022-02-01 00:00"),
        ("26 de enero de 2022", "2022-01-26 00:00"),
        ("26 agosto 2022", "2022-08-26 00:00"),
        ("3 november 2020", "2020-11-03 00:00"),
        ("Sept. 4, 2020 | 5 min read", "2020-09-04 00:00"),
        ("\u017fep 4, 2020", "2020-09-04 00:00"),
        ("3 ju\u0131n 2020", "2020-06-03 00:00"),
        ("2021年5月3日　08:15　来源：港口周报", "2021-05-03 08:15"),
        ("2021-05-03 08:15:09 浏览 12", "2021-05-03 08:15"),
        ("2021. 5. 3. 입력", "2021-05-03 00:00"),
        ("01/02/2022", ""),
        ("31.02.2022", ""),
        ("Version 1.2.2022.4", ""),
        ("Am 26. Januar 2022 brannte sie zum ersten Mal.", ""),
        ("灯塔建于2021年5月3日。守塔人说，岸在那里。", ""),
        ("Von der Nacht des 26. Januar 2022 an war die Lampe nie mehr dunkel, sagten die Fischer im Hafen", ""),
    ],
)
def test_date_beside_the_headline(written: str, date: str) -> None:
    assert date_of(f"<div><span>{written}</span></div>") == date


def test_date_above_the_headline() -> None:
    above = "<a>Archiv 03.04.2019</a><span>26.01.2022</span><b>Hafen</b>"
    assert date_of("", above=above) == "2022-01-26 00:00"
    assert date_of("<i>27.01.2022</i>", above=above) == "2022-01-27 00:00"


def test_date_within_the_article_is_not_its_own() -> None:
    long = f"<p>{'Die Lampe brannte. ' * 10}</p>"
    assert date_of(f"{long}<i>26.01.2022</i>") == "2022-01-26 00:00"
    assert date_of(f"{long}{long}<i>26.01.2022</i>") == ""


def test_title_that_is_no_heading() -> None:
    shown = "<div class='t'>Die Lampe im Hafen</div>"
    page = f"<html><title>Die Lampe im Hafen</title><body><i>1.1.2020</i>{shown}<i>26.01.2022</i></body></html>"
    assert str(page_head(page).date) == "2022-01-26 00:00:00"


def test_heading_with_the_title_is_preferred() -> None:
    logo = "<h1>Hafen</h1><i>03.04.2019</i>" + "<br class='gap'>" * 2_000
    assert date_of("<i>26.01.2022</i>", above=logo) == "2022-01-26 00:00"


@pytest.mark.parametrize(
    ("path", "date"),
    [("2022/01/26/lampe", "2022-01-26"), ("2022-01/26/c_1.htm", "2022-01-26"), ("a/20220126.html", "2022-01-26")],
)
def test_date_in_the_address(path: str, date: str) -> None:
    head = f"<link rel=canonical href='https://a.example/{path}'>"
    assert date_of("", head=head).startswith(date)
    assert date_of("<i>27.01.2022</i>", head=head).startswith("2022-01-27")


@pytest.mark.parametrize("path", ["a/2022/13/01", "a/12022/01/26", "?d=/2022/01/26/", "a/20220126123"])
def test_other_numbers_in_the_address(path: str) -> None:
    assert date_of("", head=f"<link rel=canonical href='https://a.example/{path}'>") == ""


@pytest.mark.parametrize("piece", [">1", ">1.1.", "> <", "<a>1 de ", ">2020-"])
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda size: displayed_date(piece * size, 0, 0), 1_000)
