"""The real articles: each has a title, a date and categories, and warnings name the line of each problem."""

import re
from pathlib import Path

import pytest

from reader.archive.archive import open_archives
from reader.archive.article import Article, FileWarning
from reader.archive.decoding import decode
from reader.archive.scan import read_body, scan
from reader.document.body import BodyFormat
from tests.conftest import SHARED, real_files

pytestmark = pytest.mark.skipif(not real_files(), reason="the shared files are not beside this checkout")

UNDATED = "金色财经"
UNTITLED = {".md", " .md"}


@pytest.fixture(scope="module")
def found() -> dict[Path, Article]:
    articles: dict[Path, Article] = {}
    for item in scan(open_archives([SHARED / "seeds", SHARED / "wild"])):
        assert isinstance(item, Article), str(item)
        articles[item.path] = item
    return articles


def test_every_file_is_an_article(found: dict[Path, Article]) -> None:
    assert set(real_files()) <= found.keys()


@pytest.mark.parametrize("file", real_files(), ids=lambda file: file.name[:24])
def test_a_real_article_has_its_metadata(file: Path, found: dict[Path, Article]) -> None:
    article = found[file]
    assert article.title.strip("\"'# ") == article.title or '"' in file.name
    assert not article.title.startswith(('"', "'"))
    assert (article.title == "Untitled") == (file.name in UNTITLED)
    assert (article.date is None) == (UNDATED in file.parts)
    assert 2 <= len(article.categories) <= 3
    assert not any(" - " in name for name in article.categories)
    assert article.author
    assert article.format is BodyFormat.HTML
    body, warnings = read_body(article)
    assert warnings == ()
    assert body.text.lstrip().startswith("<div>")
    assert file.read_text(encoding="utf-8").split("\n")[body.first_line - 2] == "---"


def test_the_users_own_article(seed_file: Path, found: dict[Path, Article]) -> None:
    article = found[seed_file]
    assert article.title == "第四届进博会闭幕在即，意向成交金额707.2亿美元，城市服务保障安全有序"
    assert article.categories == ("金融", "财联社", "深度")
    assert article.date is not None
    assert article.date.timestamp() == 1636533468
    assert article.warnings == ()


def test_headers_that_are_not_yaml_are_reported_with_their_line(found: dict[Path, Article]) -> None:
    broken = [article for article in found.values() if any("YAML" in warning.message for warning in article.warnings)]
    assert sorted(article.title for article in broken) == [
        "2015",
        "@大道无形我有型 关注了股票 台积电",
        "P233. N 皇后问题 _ AlgoCasts 视频更新",
    ]
    assert all(warning.line is not None for article in broken for warning in article.warnings)


def test_valid_files_cause_no_warning(found: dict[Path, Article]) -> None:
    said: list[FileWarning] = [warning for article in found.values() for warning in article.warnings]
    assert len(said) == 3 + 3 + 2  # headers, dates, titles


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_real_articles_are_read_in_other_encodings(encoding: str) -> None:
    for file in real_files():
        text = file.read_text(encoding="utf-8")
        assert decode(text.encode(encoding)).text == text, file.name


def test_short_part_of_a_real_article_suffices_to_detect_its_encoding() -> None:
    wrong: list[str] = []
    tried = 0
    for file in real_files():
        text = re.sub(r"<[^>]*>|[\x00-\x7f]", "", file.read_text(encoding="utf-8"))
        for start in range(0, len(text) - 30, 61):
            tried += 1
            part = text[start : start + 30]
            if decode(part.encode("gb18030")).text != part:
                wrong.append(part)
    assert tried > 300
    assert len(wrong) * 100 <= tried
