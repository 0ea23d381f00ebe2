"""Pages exported from OneNote: the title, the time of creation, and the date of a copied article."""

from datetime import datetime

import pytest

from reader.archive.html_head import page_head

PAGE = """<html xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta name=ProgId content=OneNote.File><meta name=Generator content="Microsoft OneNote 15"></head>
<body lang=zh-CN><div style='width:100%'><div><div>
<p style='margin:0in;font-family:Calibri;font-size:20.0pt'>{title}</p></div><div>
<p style='margin:0in;font-size:10.0pt;color:#767676'><span
style='font-family:Calibri'>2021</span><span>年</span><span>3</span><span>月</span><span>4</span><span>日</span></p>
<p style='margin:0in;font-size:10.0pt;color:#767676'>8:55</p></div><div>{body}</div></div></body></html>"""


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("<span>灯塔</span><span>-</span><span>林晚</span>", "<p>夜里亮着灯。</p>", ("灯塔-林晚", "2021-03-04 08:55")),
        (
            "&nbsp;",
            "<p><b>灯塔</b></p><p>原创 林晚 <i>2020-01-02\n22:54 港口</i></p><p>光。</p>",
            ("", "2020-01-02 22:54"),
        ),
        ("灯塔", "<p>我在 2020-01-02 写过：" + "灯亮着。" * 30 + "</p>", ("灯塔", "2021-03-04 08:55")),
    ],
)
def test_a_note(title: str, body: str, expected: tuple[str, str]) -> None:
    head = page_head(PAGE.format(title=title, body=body))
    assert (head.title, head.date) == (expected[0], datetime.fromisoformat(expected[1]))


def test_grey_text_of_other_pages_is_no_head() -> None:
    page = PAGE.replace("OneNote", "Word").format(title="灯塔", body="<p>光。</p>")
    assert page_head(page).date is None
