"""The sample archive: it has all kinds of articles, its lessons are correct, and nothing is copied."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from reader import language
from reader.keymap.actions import ACTIONS, Context
from reader.keymap.key_names import key_label
from reader.keymap.keymap import ascii_twin
from reader.library import first_article
from reader.library.library import Library
from reader.settings.options import Typesetting
from tests.conftest import PROJECT, real_files

SEEDS = PROJECT / "seeds"
GB18030 = SEEDS / "编程/编码/生僻字与机器.md"
REPORT = SEEDS / "财经/会展/第四届进博会：一份写在数字里的成绩单.md"
WELCOMES = {
    "zh": (SEEDS / "使用手册/欢迎.md", "灯塔", "一共出现了四次"),
    "ja": (SEEDS / "使い方/ようこそ.md", "灯台", "全部で四回出てきます"),
    "en": (SEEDS / "Manual/Welcome.md", "beacon", "You should count four"),
}
"""The lesson in each language, the word that it has the reader find, and how often it says that the word occurs."""
MANUALS = [path.parent.name for path, *_ in WELCOMES.values()]
RUN = 20
"""The length from which an identical run of characters, without white space, counts as copied."""

_HEADER = re.compile(r"\A\s*---\n(.*?)\n---\n", re.DOTALL)
_KEY = re.compile(r"^\w+:", re.MULTILINE)
_URL = re.compile(r"https?://[^\s'\"<>)]+")
_TAG = re.compile(r"<[^<>]*>")

KINDS = {
    "Traditional Chinese": ("随笔/茶/一壺茶的時間.md", r"裡.*葉子的樣子"),
    "Japanese with ruby": ("日本語/海/灯台の光.md", r"<ruby>灯台<rt>とうだい</rt></ruby>"),
    "Korean running text": ("한국어/책/금속활자와 한 권의 책.md", r"(?:[가-힣]+[ ,.]+){12}"),
    "English essay": ("English/Essays/The Keeping of Lights.md", r"<h2>.*<h3>.*<h2>"),
    "Markdown": ("厨房/面/一碗阳春面.md", r"- \[x\].*\n1\. .*> > .*```python.*\[\^1\]:"),
    "table and figure": ("天文/太阳系/八颗行星的一张表.md", r"<figcaption>.*<thead>.*align=\"right\".*<td><ul><li>"),
    "code": ("编程/排版/汉字在哪里折行.md", r"language-python.*# [^\n]*[一-鿿].*language-css.*language-c\b"),
    "nested lists": (
        "印刷/工艺/活字排版的工序.md",
        r"<ol type=\"a\">.*<ol type=\"i\">.*<dl>.*<details>.*<details open>",
    ),
    "quoted header": ("快讯/天象/夏至：一年里最长的白天.md", r"title: \"{7}'.*'\"{7}\n"),
    "header with an at sign": ("快讯/天象/@守望台 记录了一颗火流星.md", r"title: @"),
    "no date": ("快讯/天象/【英仙座流星雨8月13日凌晨极大】.md", r"date: Invalid Date\n"),
    "math": ("天文/力学/开普勒第三定律.md", r"\$\$\\frac.*alt=\"\\frac"),
    "plain text": ("笔记/山中观星一夜.txt", r"\A[^-<#]"),
    "saved page": ("网页/一张纸的厚薄.html", r"\A<!DOCTYPE html>.*<title>.*<meta name=\"author\""),
    "quirks": ("随笔/海/灯塔看守人的算术.md", r"<style>.*&#123;.*复制代码.*\n{30}"),
}


def articles() -> list[Path]:
    return sorted(path for path in SEEDS.rglob("*") if path.is_file())


def name_of(path: Path) -> str:
    return path.relative_to(SEEDS).as_posix()


def text_of(path: Path) -> str:
    return path.read_bytes().decode("gb18030" if path == GB18030 else "utf-8")


def words_of(text: str) -> str:
    """The authored text: without white space, markup, addresses and keys of the front matter."""
    found = _HEADER.match(text)
    header, body = (found[1], text[found.end() :]) if found else ("", text)
    header = _KEY.sub("", header)
    bare = _TAG.sub("", _URL.sub("", f"{header}\n{body}"))
    return re.sub(r"\s", "", bare)


@cache
def foreign_runs() -> frozenset[str]:
    runs: set[str] = set()
    for path in real_files():
        words = words_of(path.read_bytes().decode("utf-8", errors="replace"))
        runs.update(words[start : start + RUN] for start in range(len(words) - RUN + 1))
    return frozenset(runs)


def body_of(path: Path) -> str:
    return re.sub(r"\s", "", _TAG.sub("", _HEADER.sub("", text_of(path))))


def test_there_are_enough_articles_in_folders_by_category() -> None:
    assert len(articles()) >= 14
    assert all(path.parent != SEEDS for path in articles())
    assert {*MANUALS} <= {path.relative_to(SEEDS).parts[0] for path in articles()}


@pytest.mark.parametrize(("name", "pattern"), KINDS.values(), ids=KINDS)
def test_every_kind_of_article_is_there(name: str, pattern: str) -> None:
    assert re.search(pattern, text_of(SEEDS / name), re.DOTALL)


def test_names_can_be_written_on_every_system() -> None:
    for path in articles():
        for part in path.relative_to(SEEDS).parts:
            assert not re.search(r'[<>:"|?*\\\x00-\x1f]|[ .]\Z', part), part
            assert len(part.encode()) <= 255


def test_gb18030_article_is_neither_utf_8_nor_gbk() -> None:
    data = GB18030.read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        data.decode("gbk")
    assert "GB18030写成的" in words_of(data.decode("gb18030"))


@pytest.mark.parametrize("path", [path for path in articles() if path != GB18030], ids=name_of)
def test_every_other_article_is_utf_8_with_plain_line_ends(path: Path) -> None:
    assert "\r" not in path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", [path for path in articles() if path.suffix == ".md"], ids=name_of)
def test_front_matter_follows_a_blank_line_and_is_valid_unless_intended(path: Path) -> None:
    text = text_of(path)
    header = _HEADER.match(text)
    assert text.startswith("\n---\n")
    assert header
    if path.parent.name == "天象" and ("title: @" in text or 'title: """' in text):
        with pytest.raises(yaml.YAMLError):
            yaml.safe_load(header[1])
        return
    fields = yaml.safe_load(header[1])
    assert fields["title"]
    assert fields["categories"] == list(path.relative_to(SEEDS).parts[:-1])


def test_telegram_has_only_its_title() -> None:
    text = text_of(SEEDS / KINDS["no date"][0])
    header = _HEADER.match(text)
    assert header
    assert body_of(SEEDS / KINDS["no date"][0]) == re.sub(r"\s", "", yaml.safe_load(header[1])["title"])


def test_report_is_long_and_has_pseudo_headings_of_two_levels() -> None:
    text = text_of(REPORT)
    bold = re.findall(r"<p><strong>(.*?)</strong></p>", text)
    second = [title for title in bold if re.match("（[一二三四]）", title)]
    assert len(body_of(REPORT)) >= 3500
    assert "<h" not in text
    assert len(bold) - len(second) >= 8
    assert len(second) >= 4
    assert "——" in text
    assert "……" in text
    assert len(re.findall(r"\d[\d.]*%", text)) >= 3


@pytest.mark.parametrize("path", [path for path, *_ in WELCOMES.values()], ids=WELCOMES)
def test_welcome_teaches_seven_keys_each_in_a_section(path: Path) -> None:
    labels = {key_label(key) for action in ACTIONS if action.context is Context.PAGE for key in action.keys}
    sections = re.split(r"^## ", text_of(path), flags=re.MULTILINE)[1:]
    taught = {"j", "]", "t", "\\", "/", "m", "?"}
    assert taught <= labels
    for key, section in zip("j]t\\/m?", sections, strict=False):
        assert f"`{key}`" in section
        assert section.splitlines()[0].endswith((f" {key}", f"：{key}", "Space", "空格", "スペース"))


@pytest.mark.parametrize("folder", MANUALS)
def test_manuals_name_only_existing_keys(folder: str) -> None:
    labels = {key_label(key) for action in ACTIONS for key in action.keys} | {"Enter", "→", "←"}
    pages = sorted((SEEDS / folder).iterdir())
    assert len(pages) >= 4
    for path in pages:
        body = _HEADER.sub("", text_of(path))
        plain = re.sub(r"^```.*?^```", "", body, flags=re.DOTALL | re.MULTILINE)
        named = re.findall(r"<kbd>(.*?)</kbd>", plain) + re.findall(
            r"`([^`\sa-z]|[a-zA-Z]|F\d+|(?:Ctrl|Alt|Shift)\+\S+|Space|Tab|Enter|Esc|PgUp|PgDn|Home|End)`", plain
        )
        assert named
        assert [key for key in named if ascii_twin(key) not in labels] == [], path.name


@pytest.mark.parametrize(
    "name", ["使用手册/排版与主题.md", "使い方/組版とテーマ.md", "Manual/Typesetting and Themes.md"]
)
def test_the_settings_in_the_manuals_are_the_defaults(name: str) -> None:
    block = re.search(r"```yaml\n(measure.*?)```", text_of(SEEDS / name), re.DOTALL)
    assert block
    typesetting = yaml.safe_load(block[1])["typesetting"]
    assert typesetting == {key: getattr(Typesetting(), key) for key in Typesetting.__slots__}


@pytest.mark.parametrize(("path", "word", "said"), WELCOMES.values(), ids=WELCOMES)
def test_word_to_find_occurs_as_often_as_the_lesson_says(path: Path, word: str, said: str) -> None:
    body = _HEADER.sub("", text_of(path))
    assert said in body
    assert body.casefold().count(word) == 4


@pytest.mark.parametrize(("code", "welcome"), [(code, path) for code, (path, *_) in WELCOMES.items()], ids=WELCOMES)
def test_the_sample_archive_opens_on_the_lesson_of_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, welcome: Path
) -> None:
    # A busy machine would leave the archive to its index.
    monkeypatch.setattr(first_article, "_SECONDS", 60.0)
    monkeypatch.setattr(first_article, "_CPU_SECONDS", 60.0)
    language.use(code)
    library = Library([SEEDS], tmp_path / "marks.db")
    first = first_article.unindexed_article(library, sample=True)
    assert library.name == language._("Sample archive") != SEEDS.name
    library.close()
    assert first is not None
    assert first.path == welcome


def test_the_manuals_have_the_same_pages_and_sections() -> None:
    def date_of(path: Path) -> str:
        header = _HEADER.match(text_of(path))
        assert header
        return str(yaml.safe_load(header[1])["date"])

    def outline(path: Path) -> list[int]:
        prose = re.sub(r"```.*?```|<pre>.*?</pre>", "", text_of(path), flags=re.DOTALL)
        headings = re.findall(r"^(#+) |<h([1-6])>", prose, re.MULTILINE)
        return [len(marks) if marks else int(level) for marks, level in headings]

    def shape(folder: str) -> list[tuple[str, list[int]]]:
        return sorted((date_of(path), outline(path)) for path in (SEEDS / folder).iterdir())

    assert shape("使い方") == shape("Manual") == shape("使用手册")


@pytest.mark.skipif(not real_files(), reason="the shared files are not beside this checkout")
@pytest.mark.parametrize("path", articles(), ids=name_of)
def test_nothing_is_copied(path: Path) -> None:
    words = words_of(text_of(path))
    shared = [words[start : start + RUN] for start in range(len(words) - RUN + 1)]
    assert [run for run in shared if run in foreign_runs()] == []
