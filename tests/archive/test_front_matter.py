"""Front matter: all header formats, invalid headers, and malicious ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.archive.dates import parse_date
from reader.archive.fields import canonical_values, dates
from reader.archive.front_matter import read

PLAIN = "---\ntitle: '港口'\ncategories: \n - 财经\n - 港口周报\ndate: Wed, 10 Nov 2021 08:37:48 GMT\n---\n\n<div>"


@pytest.mark.parametrize("before", ["", "\n", "\ufeff", "\n\n  \n", "\ufeff\n"])
def test_blank_lines_and_a_byte_order_mark_may_precede_the_fence(before: str) -> None:
    found = read(before + PLAIN)
    assert found is not None
    assert dict(found.values) == {
        "title": "港口",
        "categories": ["财经", "港口周报"],
        "date": "Wed, 10 Nov 2021 08:37:48 GMT",
    }
    assert (before + PLAIN)[found.body_start :] == "\n<div>"
    assert found.line == before.count("\n") + 2
    assert found.body_line == before.count("\n") + 8
    assert found.line_of("date") == before.count("\n") + 6
    assert found.problems == ()


def test_values_are_not_converted() -> None:
    found = read("---\ntitle: no\na: 012\nb: 12:30:00\nc: 2021-02-30\nd: 1_000\ne: ~\nf:\ng: 'null'\nh: 1.10\n---\n")
    assert found is not None
    assert dict(found.values) == {
        "title": "no",
        "a": "012",
        "b": "12:30:00",
        "c": "2021-02-30",
        "d": "1_000",
        "e": None,
        "f": None,
        "g": "null",
        "h": "1.10",
    }
    assert found.problems == ()


def test_a_title_may_hold_a_newline() -> None:
    found = read("\n---\ntitle: '阅读数 2021\n2021 牛转乾坤'\nauthor: 掘金\n---\nbody")
    assert found is not None
    assert found.values["title"].split() == ["阅读数", "2021", "2021", "牛转乾坤"]
    assert found.values["author"] == "掘金"
    assert found.body_line == 7


@pytest.mark.parametrize("mark", ['"' * count for count in (2, 3, 4, 7, 9, 10, 11)])
def test_a_title_in_many_quotation_marks_is_salvaged(mark: str) -> None:
    found = read(
        f"\n---\ntitle: {mark}'P233. N 皇后'{mark}\ncategories:\n    - 编程\n    - A - b\ndate: 2021-03-22\n---\nx"
    )
    assert found is not None
    assert found.values == {"title": "P233. N 皇后", "categories": ["编程", "A - b"], "date": "2021-03-22"}
    (problem,) = found.problems
    assert problem.line == 3
    assert "YAML" in problem.message


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: @大道无形我有型 关注了股票", "@大道无形我有型 关注了股票"),
        ("title: 快讯: 成交", "快讯: 成交"),
        ("title: %d 个", "%d 个"),
        ("title: `code` 的用法", "`code` 的用法"),
        ("title: 'It's fine'", "It's fine"),
        ('title: "a "b" c"', 'a "b" c'),
        ('title: "说 \\"好\\" 的: "人"', '说 "好" 的: "人'),
        ("title: 'never closed", "never closed"),
        ("title:\tx: y", "x: y"),
        ("title: [a] b", "[a] b"),
        ("title: [告知] 別名を定義できる [道具]", "[告知] 別名を定義できる [道具]"),
        ("title: [a] [b] c [d]", "[a] [b] c [d]"),
    ],
)
def test_title_that_is_not_yaml_is_salvaged(line: str, title: str) -> None:
    found = read(f"---\nlayout: post\n{line}\nauthor: 港口\ntags: [a, 'b, c']\ndate: 2021-03-22\n---\nbody")
    assert found is not None
    assert found.values["title"] == title
    assert (found.values["author"], found.values["date"]) == ("港口", "2021-03-22")
    assert found.values["tags"] == ["a", "b, c"]
    assert len(found.problems) == 1


@pytest.mark.parametrize("value", ["{{ title }}", "{{ .Date }}", "<% tp.file.title %>", "{{ it's }}"])
def test_unfilled_template_is_parsed_as_yaml(value: str) -> None:
    found = read(f"---\ntitle: {value}\ndate: {value}\nlayout: post\n---\n海")
    assert found is not None
    assert not found.problems
    assert found.values == {"title": value, "date": value, "layout": "post"}


@pytest.mark.parametrize("indent", ["  ", "\t", "    "])
def test_a_header_may_be_indented_as_a_whole(indent: str) -> None:
    found = read(f"---\n{indent}title: 海\n{indent}tags:\n{indent}- a\n---\n文")
    assert found is not None
    assert found.values == {"title": "海", "tags": ["a"]}
    assert read(f"---\n{indent}title: 海\n\n海边的事。\n") is None


def test_salvaging_reads_blocks_and_mappings() -> None:
    header = "title: a: b\nauthor:\n  name: 港口\n  url: x\ndescription: >\n  one\n  two\ntags:\n- x\n-\n- 'y'\nlink: https://a.b/c"
    found = read(f"---\n{header}\n---\n")
    assert found is not None
    assert found.values["author"] == {"name": "港口", "url": "x"}
    assert found.values["description"] == "one two"
    assert found.values["tags"] == ["x", "y"]
    assert found.values["link"] == "https://a.b/c"


def test_unclosed_header_ends_where_the_text_begins() -> None:
    text = "---\ntitle: 港口\ndate: 2021-03-22\n\n正文：从这里开始。\n\n---\n\n后文"
    found = read(text)
    assert found is not None
    assert found.values == {"title": "港口", "date": "2021-03-22"}
    assert text[found.body_start :].lstrip().startswith("正文")
    assert text.split("\n")[found.body_line - 1 :] == text[found.body_start :].split("\n")
    assert len(found.problems) == 1


def test_header_may_be_the_whole_file() -> None:
    found = read("---\ntitle: 港口")
    assert found is not None
    assert found.values == {"title": "港口"}


def test_a_blank_line_within_is_allowed() -> None:
    found = read("\n---\ntitle: x\ncategories:\n - 新媒体\n\nauthor: 199IT\n---\n")
    assert found is not None
    assert found.values["author"] == "199IT"
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "\n\n",
        "---\n\n正文，上面是一条线。\n",
        "---\n\n正文。\n\n---\n\n后文。",
        "---\n- a\n- b\n---\n",
        "---\nNote: this is prose.\n\nAnd so is this.\n\n---\n",
        "---\nhttps://a.b/c\n---\n",
        "# 标题\n\n---\ntitle: x\n---\n",
        "Title: one line does not make a header\nof this text.",
        "<div>\n---\ntitle: x\n---\n</div>",
    ],
)
def test_thematic_break_is_not_front_matter(text: str) -> None:
    assert read(text) is None


def test_header_may_be_empty() -> None:
    found = read("---\n---\n正文")
    assert found is not None
    assert (found.body_start, found.body_line, found.problems) == (8, 3, ())


def test_unfenced_lines_are_a_header_only_if_unambiguous() -> None:
    text = "title: 港口\ndate: 2021-03-22\ntags:\n- a\n---\n正文"
    found = read(text)
    assert found is not None
    assert found.values == {"title": "港口", "date": "2021-03-22", "tags": ["a"]}
    assert text[found.body_start :] == "正文"
    plain = read("Title: Ports\nAuthor: A. Smith\n\nOnce upon a time")
    assert plain is not None
    assert plain.values == {"title": "Ports", "author": "A. Smith"}


def test_toml_is_read_with_its_values_as_text() -> None:
    text = '+++\ntitle = "港口"\ndate = 2021-03-22T04:44:34Z\ndraft = false\nweight = 3\n'
    text += '[taxonomies]\ntags = ["a"]\n+++\n正文'
    found = read(text)
    assert found is not None
    assert found.values["title"] == "港口"
    assert found.values["date"].startswith("2021-03-22T04:44:34")
    assert (found.values["draft"], found.values["weight"], found.values["tags"]) == ("false", "3", ["a"])
    assert text[found.body_start :] == "正文"


def test_toml_that_is_not_valid_is_salvaged() -> None:
    found = read("+++\ndate = 2021-03-22\ntitle = 港口\n+++\n正文")
    assert found is not None
    assert (found.values["title"], found.values["date"]) == ("港口", "2021-03-22")
    assert [problem.line for problem in found.problems] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "---yaml\ntitle: 出海\ntags:\n- 海\n---\n正文",
        '---toml\ntitle = "出海"\ntags = ["海"]\n---\n正文',
        '---json\n{"title": "出海", "tags": ["海"]}\n---\n正文',
        '{\n  "title": "出海",\n  "tags": ["海"]\n}\n正文',
        ';;;\n"title": "出海",\n"tags": ["海"],\n;;;\n正文',
        ';;;\n{"title": "出海", "tags": ["海"]}\n;;;\n正文',
        '"title": "出海",\n"tags": ["海"]\n;;;\n正文',
        "- --\ntitle: 出海\ntags: [海]\n- --\n正文",
        "\\---\ntitle: 出海\ntags: [海]\n---\n正文",
        "———\ntitle: 出海\ntags: [海]\n———\n正文",
        "* * *\ntitle: 出海\ntags: [海]\n* * *\n正文",
        "---\ntitle：出海\ntags: [海]\n---\n正文",
    ],
)
def test_fences_of_all_generators(text: str) -> None:
    found = read(text)
    assert found is not None
    assert dict(found.values) == {"title": "出海", "tags": ["海"]}
    assert found.body(text) == "正文"
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "Title: 出海\nAffiliation: 港口\nDate: 2021-03-04\nTags: 海\n\n正文",
        "标题：出海\n日期：2021-03-04\n作者：林一\n\n正文",
        "タイトル：出海\n投稿日：2021年3月4日\n\n正文",
        "title:: 出海\ndate-saved:: [[Mar 4th, 2021]]  \ncollapsed::\n\n正文",
    ],
)
def test_lines_without_fences(text: str) -> None:
    found = read(text)
    assert found is not None
    assert canonical_values(found.values)["title"] == "出海"
    assert any(parse_date(written) for _key, written, _must in dates(canonical_values(found.values)))
    assert found.body(text).strip() == "正文"
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}\n正文',
        "{% raw %}\n正文",
        "{{< figure >}}",
        "{: .class}",
        "* * *\n正文\n\n* * *\n",
        "——\n林一\n——\n",
        "std::string title;\n",
        "foo :: Int -> Int\n",
        "title： 说到题目，话就长了，\n他想。",
    ],
)
def test_text_that_is_not_a_header(text: str) -> None:
    assert read(text) is None


def test_invalid_json_is_read_line_by_line_with_a_warning() -> None:
    text = '{\n  "title": "出海"\n  "date": "2021-03-04",\n}\n正文'
    found = read(text)
    assert found is not None
    assert found.values == {"title": "出海", "date": "2021-03-04"}
    assert found.body(text) == "正文"
    (problem,) = found.problems
    assert problem.line is not None
    assert "JSON" in problem.message


@pytest.mark.parametrize("size", [20_000, 60_000, 400_000])
@pytest.mark.parametrize("fence", ["---", "+++"])
def test_embedded_image_in_a_header_hides_nothing_after_it(size: int, fence: str) -> None:
    mark = ": " if fence == "---" else " = "
    picture = f'cover{mark}"data:image/png;base64,{"QUJD" * (size // 4)}"'
    text = f'{fence}\n{picture}\ntitle{mark}"出海"\ndate{mark}"2021-03-04"\n{fence}\n正文'
    found = read(text)
    assert found is not None
    assert found.values["title"] == "出海"
    assert found.values["date"] == "2021-03-04"
    assert found.body(text) == "正文"
    assert found.problems == ()


JOPLIN = "id: 0f3a5c7e9b1d4f60a1b2c3d4e5f60718\ncreated_time: 2021-03-04T05:06:07.000Z\nauthor: 林一\ntype_: {}"


def test_joplin_keeps_its_header_at_the_end() -> None:
    text = f"出海\n\n正文一。\n\n正文二。\n\n{JOPLIN.format(1)}\n"
    found = read(text)
    assert found is not None
    assert found.is_article
    assert found.values["title"] == "出海"
    assert found.values["author"] == "林一"
    assert found.body(text).strip() == "正文一。\n\n正文二。"
    assert found.body_line == 2
    assert found.line_of("created") == 8


@pytest.mark.parametrize("kind", [2, 4, 5, 13])
def test_folders_and_tags_of_joplin_are_not_articles(kind: int) -> None:
    found = read(f"手册\n\n{JOPLIN.format(kind)}")
    assert found is not None
    assert not found.is_article


@settings(deadline=None)
@given(st.text('{}"title:;-—*\\ \n：[]1a', max_size=80))
def test_the_body_is_the_end_of_the_text(text: str) -> None:
    found = read(text)
    if found is not None:
        assert text.endswith(found.body(text))


def test_anchors_aliases_and_merge_keys_are_resolved() -> None:
    found = read(
        "---\nbase: &b\n  tags: [海]\n  title: 旧\ntags: &t [潮, 灯]\ntopics: *t\n<<: [*b, {author: 林一}]\n---\n文"
    )
    assert found is not None
    assert found.problems == ()
    assert found.values["topics"] == ["潮", "灯"]
    assert found.values["tags"] == ["潮", "灯"]
    assert (found.values["title"], found.values["author"]) == ("旧", "林一")


@pytest.mark.parametrize("header", ["a: &a [*a]\ntitle: x", "title: x\na: *nowhere", "title: x\n<<: text"])
def test_an_alias_of_nothing_is_harmless(header: str) -> None:
    found = read(f"---\n{header}\n---\n文")
    assert found is not None
    assert found.values["title"] == "x"


@pytest.mark.parametrize(
    "text",
    [
        '{\n  // 注 "x"\n  "title": "灯 // 塔", /* , } */\n  "tags": ["海", "潮",],\n}\n文',
        '---json\n{"title": "灯 // 塔", // 注\n"tags": ["海", "潮",],}\n---\n文',
        '"title": "灯 // 塔", // 注\n"tags": ["海", "潮",],\n;;;\n文',
    ],
)
def test_json_may_have_comments_and_trailing_commas(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.problems == ()
    assert found.values == {"title": "灯 // 塔", "tags": ["海", "潮"]}
    assert text[found.body_start :] == "文"
