"""Language: detection from the locale, and complete catalogues with the same fields as the messages."""

import argparse
import ast
import copy
import inspect
import io
import json
import re
import string
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo

from reader import language
from reader.cli.main import run
from reader.translations.catalogue import Catalogue, read_catalogue
from tests.catalogues import PACKAGE, catalogues, read, template, written

LANGUAGES = sorted(catalogues())
HINT = "Remove the # before a setting to change it; “reader settings” checks this file."


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    language.use("en")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"LANG": "sv_SE.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        ({"LANG": "zh@pinyin"}, "zh"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX", "LANGUAGE": "zh"}, "en"),
        ({"LANG": "sv_SE.UTF-8", "LANGUAGE": "fi:zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_GB:zh"}, "en"),
        ({"LANG": "../../etc"}, "en"),
    ],
)
def test_locale_determines_the_language(environ: dict[str, str], expected: str) -> None:
    assert language.detect(environ) == expected


def test_a_message_without_a_translation_is_still_a_sentence() -> None:
    language.use("zh")
    assert language._("No such message") == "No such message"
    assert language.ngettext("{count} such", "{count} such ones", 1) == "{count} such"
    assert language.ngettext("{count} such", "{count} such ones", 2) == "{count} such ones"


def test_every_language_is_a_file() -> None:
    assert language.languages() == ("en", *LANGUAGES)


# The catalogues compared with the code


def ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string or ""),)


def fields(message: str) -> set[str]:
    named = {name for _, name, _, _ in string.Formatter().parse(message) if name}
    # %r quotes as Python does; a translation quotes as its language does.
    return named | {re.sub("r$", "s", one) for one in re.findall(r"%(?:\(\w+\))?[srd]", message)}


def messages(file: str) -> dict[tuple[str, ...], Message]:
    catalog = template() if file == "template" else read(catalogues()[file])
    return {ids(message): message for message in catalog if message.id}


@pytest.mark.parametrize("name", LANGUAGES)
def test_catalogue_has_exactly_the_messages_of_the_code(name: str) -> None:
    hint = "run python -m tests.catalogues, then translate what is empty or fuzzy"
    assert sorted(messages("template").keys() ^ messages(name).keys()) == [], hint
    catalogue = messages(name).values()
    assert [message.id for message in catalogue if message.fuzzy or not all(strings(message))] == [], hint


@pytest.mark.parametrize("name", LANGUAGES)
def test_translation_has_the_fields_of_its_message(name: str) -> None:
    wrong = []
    for message in messages(name).values():
        wanted = fields(ids(message)[-1])
        wrong += [one for one in strings(message) if fields(one) != wanted]
    assert wrong == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_translation_keeps_spaces_and_lines_of_its_message(name: str) -> None:
    for message in messages(name).values():
        for one in strings(message):
            first = ids(message)[0]
            assert one.count("\n") == first.count("\n"), one
            assert one == one.strip() or first != first.strip(), one


@pytest.mark.parametrize("name", LANGUAGES)
def test_catalogue_is_formatted_by_the_tool(name: str) -> None:
    file = catalogues()[name]
    kept = {line for line in file.read_text(encoding="utf-8").split("\n") if not line.startswith("#")}
    assert kept == {line for line in written(read(file)).decode().split("\n") if not line.startswith("#")}


def test_the_tool_finds_every_message_of_the_code() -> None:
    """Babel reads tokens and this test the syntax tree, so that neither misses a message."""
    names = {"_", "N_", "lazy", "ngettext", "nlazy"}
    calls = (
        node
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    )
    literals = (tuple(one.value for one in call.args if isinstance(one, ast.Constant)) for call in calls)
    found = {literal for literal in literals if literal}
    known = {ids(message) for message in template() if message.id and message.locations[0][0] != "argparse"}
    assert found ^ known == set()


# Reading of the catalogues


@pytest.mark.parametrize("name", LANGUAGES)
def test_catalogue_is_read_like_its_compiled_form(name: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read(catalogues()[name]))
    compiled.seek(0)
    theirs, ours = GNUTranslations(compiled), read_catalogue(str(catalogues()[name]))
    for one, *many in messages(name):
        assert ours.gettext(one) == theirs.gettext(one)
        for count in range(120) if many else ():
            assert ours.ngettext(one, many[0], count) == theirs.ngettext(one, many[0], count)


def test_escapes_wrapped_lines_and_plural_rules_are_read() -> None:
    catalogue = Catalogue(
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);\\n"\n\n'
        '#: here.py\nmsgid "a \\"b\\""\nmsgstr ""\n"c\\n"\n"d\\\\"\n\n'
        '#, fuzzy\nmsgid "unsure"\nmsgstr "x"\n\nmsgid "empty"\nmsgstr ""\n\n'
        'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "I"\nmsgstr[1] "II"\nmsgstr[2] "V"\n\n'
        '#~ msgid "old"\n#~ msgstr "x"\n'
    )
    assert catalogue.gettext('a "b"') == "c\nd\\"
    assert [catalogue.gettext(one) for one in ("unsure", "empty", "old")] == ["unsure", "empty", "old"]
    assert [catalogue.ngettext("one", "many", count) for count in (1, 2, 5)] == ["I", "II", "V"]


# Argparse

NOT_FOR_PEOPLE = re.compile(
    "conflict|__call__|invalid argument for|mutually exclusive|not callable|can't open|cannot merge|invalid option"
    "|dest=|cannot have|unknown parser|%\\(prog\\)s|with mode|deprecated|version number|subcommands|default: "
    "|invalid choice"
)
"""Messages of argparse for programmers, about features that no command uses, or that `CommandParser` replaces."""


def test_messages_of_argparse_are_in_the_catalogues() -> None:
    known = {one for message in template() if message.id for one in ids(message)}
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
            for one in node.args[:2]:
                if isinstance(one, ast.Constant) and not NOT_FOR_PEOPLE.search(str(one.value)):
                    assert one.value in known


@pytest.mark.parametrize(
    "arguments", [["--help"], ["list", "--help"], ["marks", "--help"], ["marks", "export", "--help"]]
)
def test_help_is_chinese_throughout(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit):
        run(arguments)
    said = capsys.readouterr().out
    assert "用法" in said
    for word in ("usage", "options", "positional", "show this", "help message"):
        assert word not in said


@pytest.mark.parametrize(
    "arguments", [["show"], ["list", "--no-such"], ["show", "x", "--width"], ["export", "x", "--format", "z"]]
)
def test_usage_errors_are_chinese(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run(arguments) == 2
    said = capsys.readouterr().err
    for word in ("argument", "required", "expected", "invalid", "choose"):
        assert word not in said.replace("--help", "")


# Lazy messages


def test_lazy_message_is_in_the_language_of_its_display() -> None:
    reason = language.lazy("nested too deeply")
    message = language.lazy(
        "The front matter is not valid {kind} ({reason}); it was read line by line", kind="YAML", reason=reason
    )
    assert message == "The front matter is not valid YAML (nested too deeply); it was read line by line"
    language.use("zh")
    assert message == "The front matter is not valid YAML (nested too deeply); it was read line by line"
    assert language.translated(message) == "文件头不是有效的 YAML（嵌套太深），已逐行读取"
    language.use("ja")
    assert "入れ子が深すぎます" in language.translated(message)


@pytest.mark.parametrize("count", [1, 2])
def test_a_lazy_message_survives_json_and_another_process(count: int) -> None:
    message = language.nlazy("{count:,} NUL byte was removed", "{count:,} NUL bytes were removed", count)
    for one in (
        language.unpacked(json.loads(json.dumps(language.packed(message)))),
        copy.deepcopy(message),
    ):
        assert one == message == ("1 NUL byte was removed", "2 NUL bytes were removed")[count - 1]
        language.use("zh")
        assert language.translated(one) == f"已移除 {count} 个空字节（NUL）"
        language.use("en")


def test_other_text_is_unchanged() -> None:
    language.use("zh")
    assert language.translated("Back") == language.unpacked(language.packed("Back")) == "Back"


def test_lists_have_the_comma_of_the_language() -> None:
    assert language.listed(("logseq", "obsidian")) == "logseq, obsidian"
    language.use("zh")
    assert language.listed(("logseq", "obsidian")) == "logseq、obsidian"


def test_lazy_lists_have_the_comma_of_the_language_of_their_display() -> None:
    message = language.lazy("Files of the book are missing: {names}", names=language.lazy_list(["a", "{b}", "c"]))
    assert message == "Files of the book are missing: a, {b}, c"
    language.use("zh")
    assert language.translated(language.unpacked(language.packed(message))) == "书中缺少文件：a、{b}、c"
    assert language.lazy_list(["a"]) == "a"


@pytest.mark.parametrize(
    "wrong", ["／", "位置引数", "読書の統計", "印を付け", "文庫", "クエリ", "ウェブアドレス", "壊れ", "他の", "一つ"]
)
def test_japanese_has_one_term_for_a_thing(wrong: str) -> None:
    assert [text for text in _japanese() if wrong in text] == []


@pytest.mark.parametrize("wrong", ["位置参数", "去掉划线", "已换颜色", "单元格", "打印", "……", "选用", "存档中"])
def test_chinese_has_one_term_for_a_thing(wrong: str) -> None:
    assert [text for message in messages("zh").values() for text in strings(message) if wrong in text] == []


def test_japanese_help_ends_no_sentence_politely() -> None:
    """The help of commands and settings is in the plain style throughout."""
    files = {"reader/cli/parsers.py", "reader/cli/program_parsers.py", "reader/settings/descriptions.py"}
    help_texts = [
        text
        for message in messages("ja").values()
        if {file for file, _line in message.locations} <= files and ids(message)[0] != HINT
        for text in strings(message)
    ]
    assert len(help_texts) > 100
    assert [text for text in help_texts if re.search("(です|ます|ません)(。|$)", text)] == []


def test_japanese_has_its_own_colons() -> None:
    """Except where a colon is one of YAML."""
    narrow = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff）」]: ")
    texts = [text.replace("キー: 値", "").replace("操作: キー", "") for text in _japanese()]
    assert [text for text in texts if narrow.search(text)] == []


def _japanese() -> Iterator[str]:
    for message in read(catalogues()["ja"]):
        yield from message.string if isinstance(message.string, tuple | list) else (message.string or "",)
