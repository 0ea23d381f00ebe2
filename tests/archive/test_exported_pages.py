"""Pages that programs export under a title that is the same for all of them."""

import pytest

from reader.archive.html_head import page_head
from tests.growth import assert_linear

KINDLE = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html><head><title></title></head><body><h1>
<div class="notebookFor">Notebook Export</div><div class="bookTitle">灯塔 &amp; 海
</div><div class='authors'>
林晚, 甲
</div></h1><h2 class="sectionHeading">一</h2>
<h3 class="noteHeading">标注 - 位置 1</div><div class="noteText">夜里亮着灯。</h3></body></html>"""
TELEGRAM = """<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_wrap">
<div class="page_header">
{}<div class="text bold">
港口
</div></div><div class="page_body"><div class="from_name">林晚</div></div></div></body></html>"""


def test_the_notebook_of_a_book_has_its_title_and_authors() -> None:
    head = page_head(KINDLE)
    assert (head.title, head.author) == ("灯塔 & 海", "林晚, 甲")


@pytest.mark.parametrize("around", ["<div class='content'>", '<a class="content block_link" href="../lists.html">'])
def test_a_chat_has_the_name_of_the_other_side(around: str) -> None:
    assert page_head(TELEGRAM.format(around)).title == "港口"


def test_other_pages_keep_their_title() -> None:
    assert page_head("<html><head><title>Exported Data</title></head><body>x</body></html>").title == "Exported Data"


def test_time_grows_linearly() -> None:
    start = KINDLE[:120]
    assert_linear(lambda many: page_head(start + "<div class='noteHeading bookTitle'>" * many), 400)
