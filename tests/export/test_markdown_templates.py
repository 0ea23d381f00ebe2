"""Markdown by templates: those of the program and those of users."""

import re
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from reader.archive.article import Article
from reader.document.annotation import Annotation
from reader.document.blocks import (
    CodeBlock,
    Definition,
    DefinitionList,
    Details,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
)
from reader.document.body import BodyFormat
from reader.document.document import Document, Position, Range
from reader.errors import ExportError
from reader.export.exporter import ExportOptions, file_title, planned_title
from reader.export.markdown_templates import FIELDS, load_template, template_names
from reader.export.templated_markdown import TemplatedMarkdown
from reader.layout.head import Head
from reader.settings.folders import config_folder


def para(text: str) -> Paragraph:
    return Paragraph(Inline(text))


def items(*texts: str) -> tuple[ListItem, ...]:
    return tuple(ListItem((para(text),)) for text in texts)


DOCUMENT = Document(
    (Heading(Inline("Tides: 潮"), 0), para("The *tide* turns."), Heading(Inline("Ebb"), 2), para("Out."))
)


def article(**changes: object) -> Article:
    values = {
        "id": "12345678e0123456",
        "path": Path("/archive/tides.md"),
        "root": Path("/archive"),
        "title": "Tides: 潮",
        "date": datetime(2021, 11, 10, 12),  # noqa: DTZ001 - a date without a zone
        "author": "陈 [港]",
        "categories": ("海", "港口"),
        "tags": ("2021", "read later", "海/潮"),
        "url": "https://example.org/?a=1#b",
        "format": BodyFormat.MARKDOWN,
        "size": 1,
    }
    return Article(**values | changes)  # type: ignore[arg-type] # checked by Article's users


def exported(template: str, document: Document = DOCUMENT, **options: object) -> str:
    loaded = load_template(template)
    exporter = TemplatedMarkdown(loaded, ExportOptions(article=article(), template=loaded, **options))  # type: ignore[arg-type] # as above
    return b"".join(exporter.render(Head("Tides: 潮", "a byline"), document)).decode()


def written(folder: Path, text: str) -> str:
    path = folder / "own.md"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_note_of_obsidian_has_properties_that_yaml_reads_and_the_text() -> None:
    text = exported("obsidian")
    _before, head, body = text.split("---\n", 2)
    assert yaml.safe_load(head) == {
        "title": "Tides: 潮",
        "author": "[[陈 港]]",
        "published": datetime(2021, 11, 10).date(),  # noqa: DTZ001 - as above
        "source": "https://example.org/?a=1#b",
        "category": ["[[海]]", "[[港口]]"],
        "tags": ["_2021", "read-later", "海/潮"],
        "article-id": "12345678e0123456",
    }
    assert body == "\nThe \\*tide\\* turns.\n\n## Ebb\n\nOut.\n"


def test_a_page_of_logseq_has_properties_and_blocks() -> None:
    assert exported("logseq") == (
        "title:: Tides: 潮\nauthor:: [[陈 港]]\npublished:: 2021-11-10\nsource:: https://example.org/?a=1#b\n"
        "category:: [[海]], [[港口]]\ntags:: 2021, read later, 海 潮\narticle-id:: 12345678e0123456\n\n"
        "- The \\*tide\\* turns.\n- ## Ebb\n\t- Out.\n"
    )


def test_no_template_writes_control_characters(tmp_path: Path) -> None:
    template = load_template(written(tmp_path, '{{ "\\x1b[31m" }}a\x1b]0;b\x07\tc\n\nd'))
    assert template.fill({}).text == "[31ma]0;b\tc\n\nd\n"


def test_lists_of_logseq_are_blocks_below_one_another() -> None:
    inner = ListBlock(items("b"), ordered=True)
    document = Document(
        (
            ListBlock((ListItem((para("a"), inner)), ListItem((para("done"),), checked=True), ListItem(()))),
            CodeBlock(Inline("x\n- y")),
            Quote((para("said\nso"),)),
            Details(para("more"), (para("hidden"),)),
            DefinitionList((Definition((para("term"),), (para("meaning"),)),)),
            Heading(Inline("One"), 1),
            Heading(Inline("Deep"), 3),
            Heading(Inline("Two"), 2),
            para("end"),
        )
    )
    assert exported("logseq", document).partition("\n\n")[2].split("\n") == [
        "- a",
        "\t- b",
        "\t  logseq.order-list-type:: number",
        "- DONE done",
        "- ```",
        "  x",
        "  - y",
        "  ```",
        "- > said\\",
        "  > so",
        "- more",
        "\t- hidden",
        "- term",
        "\t- meaning",
        "- # One",
        "\t- ### Deep",
        "\t- ## Two",
        "\t\t- end",
        "",
    ]


def test_an_own_template_has_all_fields_and_names_the_file(tmp_path: Path) -> None:
    template = load_template(
        written(
            tmp_path,
            "{% set file_name = date ~ ' ' ~ title|name %}{% for one in highlights %}"
            "{{ one.text }}|{{ one.note }}|{{ one.colour }}{% endfor %}\n\n{{ tags|yaml }}",
        )
    )
    note = Annotation(Range(Position(1, 4), Position(1, 10)), 2, "why?")
    exporter = TemplatedMarkdown(template, ExportOptions(annotations=(note,), article=article()))
    head = Head("Tides: 潮")
    assert file_title(exporter, head, DOCUMENT) == "2021-11-10 Tides 潮"
    assert b"".join(exporter.render(head, DOCUMENT)).decode() == "*tide*|why?|2\n['2021', read later, 海/潮]\n"


def test_every_field_is_a_value_also_without_an_article(tmp_path: Path) -> None:
    template = load_template(written(tmp_path, "".join(f"{{{{ {name} }}}}\n" for name in FIELDS)))
    exporter = TemplatedMarkdown(template, ExportOptions())
    assert b"The" in b"".join(exporter.render(Head("T"), DOCUMENT))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ titel }}", "unknown field “titel”"),
        ("a\n{% if %}", "own.md:2 is not valid"),
        ("{{ title|nothing }}", "own.md:1 is not valid"),
        ("{{ title + 1 }}", "is not valid"),
        ("{{ 1 // 0 }}", "is not valid"),
        ("{{ title.__class__.__mro__ }}", "is not valid"),
        ("{% for a in range(100001) %}{% endfor %}", "is not valid"),
    ],
)
def test_a_template_with_a_fault_is_one_clear_error(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as error:
        exported(written(tmp_path, text))
    assert says in str(error.value)
    assert "\n" not in str(error.value)


LOOP = "{{% set ns = namespace(x={start}) %}}{{% for i in range(60) %}}{step}{{% endfor %}}{{{{ ns.x }}}}"


@pytest.mark.parametrize(
    "text",
    [
        '{{ "x" * 200000000 }}',
        '{{ 200000000 * "x" }}',
        '{{ "x" * -1000000000000 }}{{ "x" * 200000000 }}',
        "{{ [1] * 200000000 }}",
        "{{ 10 ** 99999999 }}",
        '{{ "%200000000d" % 1 }}',
        '{{ "%*d" % (200000000, 1) }}',
        '{{ "%0200000000d"|format(1) }}',
        '{{ "{:200000000}".format(1) }}',
        '{{ "{:{}}".format(1, 200000000) }}',
        '{{ "x"|center(200000000) }}',
        "{{ 1.5|round(200000000) }}",
        '{{ "x".ljust(200000000) }}',
        '{{ "1".zfill(200000000) }}',
        '{{ "\t".expandtabs(200000000) }}',
        '{{ "a\nb"|indent(200000000) }}',
        "{{ [1]|tojson(200000000) }}",
        '{{ ("x" * 100000).replace("x", "y" * 100000) }}',
        '{{ ("x" * 100000)|replace("x", "y" * 100000) }}',
        '{{ range(90000)|join("y" * 100000) }}',
        '{{ ("y" * 100000).join("x" * 100000) }}',
        '{{ ("y" * 100000).join(range(90000)|map("string")) }}',
        "{% for a in range(10 ** 9) %}{% endfor %}",
        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
        "{% for a in range(90000) %}{{ 'y' * 10000 }}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% for a in range(9) recursive %}{{ loop(range(90000)) }}{% endfor %}",
        LOOP.format(start="'x'", step="{% set ns.x = ns.x ~ ns.x %}"),
        LOOP.format(start="'x'", step="{% set ns.x = ns.x + ns.x %}"),
        LOOP.format(start="'x'", step="{% set ns.x %}{{ ns.x }}{{ ns.x }}{% endset %}"),
        LOOP.format(start="'x'", step="{% set ns.x = '{0}{0}'.format(ns.x) %}"),
        LOOP.format(start="'x'", step="{% set ns.x = ns.x.replace('', 'xx') %}"),
        LOOP.format(start="[1]", step="{% set ns.x = [ns.x, ns.x] %}"),
        LOOP.format(start="(1,)", step="{% set ns.x = (ns.x, ns.x) %}"),
        LOOP.format(start="{}", step="{% set ns.x = {1: ns.x, 2: ns.x} %}"),
        LOOP.format(start="[1]", step="{% set ns.x = [ns.x]|list + [ns.x] %}"),
    ],
)
def test_a_template_that_makes_too_much_is_one_clear_error(text: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as error:
        exported(written(tmp_path, text))
    assert re.search(r"own\.md makes too much text, or does not end$|recursion", str(error.value))


def test_templates_may_do_what_texts_of_usual_size_need(tmp_path: Path) -> None:
    text = (
        "{% for a in range(200) %}{{ loop.index ~ '/' ~ loop.length }} {{ '-' * 40 }} {{ title|center(60) }}\n"
        "{{ '%s: %5d' % (title, 20211110) }} {{ '{:>8}'.format(20211110) }} {{ body|truncate(100000)|length }}\n"
        "{{ tags|map('upper')|join(', ') }}{% endfor %}{{ (body * 5)|indent(4)|replace('e', 'ee')|wordcount }}"
    )
    assert "200/200 ----" in exported(written(tmp_path, text))
    long = Document((para("long text. " * 200_000),))
    assert len(exported(written(tmp_path, "{{ body|indent(2)|replace('long', 'longer') }}"), long)) > 2_000_000


def test_text_of_an_article_is_never_run() -> None:
    loaded = load_template("obsidian")
    exporter = TemplatedMarkdown(loaded, ExportOptions(article=article(title="{{ 7 * 7 }}"), template=loaded))
    assert b"{{ 7 * 7 }}" in b"".join(exporter.render(Head("{{ 7 * 7 }}"), DOCUMENT))


def test_templates_of_the_user_come_before_the_bundled_ones() -> None:
    assert template_names() == ["logseq", "obsidian"]
    folder = config_folder() / "templates"
    folder.mkdir(parents=True)
    (folder / "obsidian.md").write_text("mine", "utf-8")
    (folder / "zettel.md").write_text("{{ id }}", "utf-8")
    assert template_names() == ["logseq", "obsidian", "zettel"]
    assert (exported("obsidian"), exported("zettel")) == ("mine\n", "12345678e0123456\n")


def test_a_missing_template_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"no template “obsidan”.*obsidian"):
        load_template("obsidan")
    with pytest.raises(ExportError, match=r"none\.md"):
        load_template(str(tmp_path / "none.md"))
    (tmp_path / "latin.md").write_bytes(b"\xe9")
    with pytest.raises(ExportError, match="not UTF-8"):
        load_template(str(tmp_path / "latin.md"))


def test_highlights_that_overlap_or_touch_are_one_mark_in_a_note() -> None:
    ranges = ((0, 5, "one"), (2, 8, ""), (8, 10, "two"), (12, 14, ""))
    notes = tuple(Annotation(Range(Position(0, start), Position(0, end)), 1, note) for start, end, note in ranges)
    text = exported("obsidian", Document((para("abcdefghijklmnop"),)), annotations=notes)
    assert "==abcde[^note-1]fghij==[^note-2]kl<mark>mn</mark>op\n" in text, "in a word, programs differ"
    assert "[^note-1]: one" in text


NAMING = """{% set start %}x{{ title }}{% endset %}
{% macro named(day) %}{{ day }}-{{ start }}{% endmacro %}
{% set all = namespace(tags='') %}
{% for tag in tags %}{% set all.tags = all.tags ~ tag %}{{ body }}{% endfor %}
{% set unused = outline %}{% if url %}{{ body.split()[0] }}{% endif %}
{% set file_name = named(date) ~ all.tags %}{% if author %}{{ body }}{% set file_name = author %}{% endif %}
{{ body.split()[0] }}
"""


@pytest.mark.parametrize(("author", "name"), [("", "2021-xTab"), ("somebody", "somebody")])
def test_names_are_planned_without_the_text(tmp_path: Path, author: str, name: str) -> None:
    template = load_template(written(tmp_path, NAMING))
    values = {"title": "T", "date": "2021", "tags": ("a", "b"), "author": author}
    assert template.name_fields == set(values)
    assert template.named(values) == name
    assert template.fill({**values, "body": "b", "outline": "o", "url": ""}).file_name == name


def test_a_name_from_the_text_is_not_planned(tmp_path: Path) -> None:
    template = load_template(written(tmp_path, "{% set first = body[:3] %}{% set file_name = title ~ first %}"))
    assert planned_title(TemplatedMarkdown(template, ExportOptions()), Head("T")) is None
