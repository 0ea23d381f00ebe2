"""The documentation of typesetting agrees with the layout."""

import re
from dataclasses import fields
from enum import EnumMeta
from typing import get_type_hints

import pytest

from reader.document.blocks import Span, SpanKind
from reader.layout.break_rule_names import RULES
from reader.settings.options import Typesetting
from tests.conftest import PROJECT
from tests.layout.setting import painted

TEXT = (PROJECT / "docs" / "typesetting.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```set (.*)\n(.*)\n---\n((?:.*\n)*?)```$", TEXT, re.MULTILINE)
HINTS = get_type_hints(Typesetting)


def spans_of(source: str) -> tuple[str, list[Span]]:
    """A text without its braces, and the ruby readings in them."""
    text, spans = "", []
    for plain, base, reading in re.findall(r"([^{]*)(?:\{(.*?)\|(.*?)\}|$)", source):
        text += plain
        if base:
            spans.append(Span(len(text), len(text) + len(base), SpanKind.RUBY, reading))
            text += base
    return text, spans


def value_of(name: str, value: str) -> object:
    kind = HINTS[name]
    return value == "true" if kind is bool else kind(value)


@pytest.mark.parametrize(("options", "source", "expected"), EXAMPLES, ids=[f"{one[0]}: {one[1]}" for one in EXAMPLES])
def test_example_is_laid_out_as_documented(options: str, source: str, expected: str) -> None:
    given = dict(option.split("=") for option in options.split())
    width, language = int(given.pop("width")), given.pop("language", "")
    typesetting = Typesetting(**{name: value_of(name, value) for name, value in given.items()})  # type: ignore[arg-type]
    text, spans = spans_of(source)
    indent = 2 * typesetting.first_line_indent
    lines = painted(text, width, typesetting, *spans, first_indent=indent, language=language)
    assert lines == expected.splitlines()


def test_every_example_is_tested() -> None:
    assert len(EXAMPLES) == TEXT.count("```set") > 20


@pytest.mark.parametrize("setting", [one.name for one in fields(Typesetting)])
def test_every_setting_and_value_is_documented(setting: str) -> None:
    heading = re.search(rf"^### .*`{setting}`.*\n((?:(?!##).*\n)*)", TEXT, re.MULTILINE)
    assert heading
    kind = HINTS[setting]
    values: list[object] = list(kind) if isinstance(kind, EnumMeta) else []
    for value in values:
        assert f"`{value}`" in heading[1]


def test_every_rule_is_listed_with_its_source() -> None:
    table = re.findall(r"^\| (.*) \| (.*) \|$", TEXT.split("## Rules")[1], re.MULTILINE)
    assert table == [("Rule", "Source"), *((rule.name, rule.source) for rule in RULES)]


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_has_a_section_with_an_example_or_a_reference(rule: str) -> None:
    section = TEXT.split(f"### {rule}\n")[1].split("\n##")[0]
    assert "```set" in section or re.search(r"see `\w+` above", section, re.IGNORECASE)
