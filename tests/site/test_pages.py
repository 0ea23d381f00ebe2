"""The generated pages name everything that the program has."""

import re
from argparse import SUPPRESS
from collections.abc import Iterator

import pytest
import yaml

from reader import language
from reader.api import OpenArchive
from reader.cli.main import COMMANDS
from reader.cli.manual_page import manual_page
from reader.cli.parsers import make_parser
from reader.keymap.actions import ACTIONS
from reader.search.query_parser import parse
from reader.search.query_tokens import CONTENTS, KEYS, STATES
from reader.settings.descriptions import DESCRIPTIONS
from reader.themes.theme import ROLES
from tests.conftest import PROJECT
from tests.site.pages import PAGES, QUERY_WORDS, generated, subcommands
from tests.site.pictures import FOLDER, PICTURES, lean

GUIDES = sorted((PROJECT / "docs").glob("guide*.md"))


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """The pages are English in every locale."""
    language.use("zh")
    yield
    language.use("en")


def test_every_command_setting_action_word_and_role_has_its_row() -> None:
    commands = generated("reference/commands.md")
    assert [one for one in COMMANDS if f"usage: reader {one}" not in commands] == []
    settings = generated("reference/settings.md")
    assert [one for one in DESCRIPTIONS if f"| `{one}` |" not in settings] == []
    keys = generated("reference/keys.md")
    assert [one.title for one in ACTIONS if f"| {one.title} |" not in keys] == []
    queries = generated("reference/queries.md")
    assert [one for one in KEYS if f"`{one}:`" not in queries] == []
    assert [one for one in (*STATES, *CONTENTS) if f"`{one}`" not in queries] == []
    colours = generated("reference/colours.md")
    assert [one for one in ROLES if f"`{one.replace('_', '-')}`" not in colours] == []
    python = generated("reference/python.md")
    assert [one for one in vars(OpenArchive) if one[0] != "_" and f"### OpenArchive.{one}" not in python] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_option_and_argument_is_on_the_site_and_in_the_manual(command: str) -> None:
    language.use("en")
    site = generated("reference/commands.md")
    manual = manual_page("1").replace("\\-", "-").replace("\\fB", "").replace("\\fR", "").replace("\\fI\\,", "")
    parser = make_parser(command)
    for one in (parser, *subcommands(parser)):
        described = re.split(rf"^##+ {one.prog}\n", site, flags=re.MULTILINE)[1].partition("\n##")[0]
        begin = ".SH OPTIONS\n" if not command else f".SS {one.prog}\n"
        told = manual.partition(begin)[2].partition("\n.S")[0] if command else manual
        for action in one._actions:
            if action.help == SUPPRESS or isinstance(action.choices, dict):
                continue
            words = action.option_strings or [str(action.metavar or action.dest)]
            assert [word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", described)] == []
            # Every command has “--help”.
            if "--help" not in words:
                assert [word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", told)] == []


def test_every_query_key_is_described() -> None:
    assert set(QUERY_WORDS) == set(KEYS.values())


def test_generated_pages_have_no_translated_words() -> None:
    assert not re.search(r"显示|退出|打印", generated("reference/commands.md"))
    assert language.current() == "zh"


def test_the_pages_are_in_the_navigation_and_exist() -> None:
    text = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = set(re.findall(r"[\w/.-]+\.md\b", str(yaml.safe_load(text)["nav"])))
    written = {path.name for path in (PROJECT / "docs").glob("*.md")}
    assert written | set(PAGES) <= listed
    beside = {"changelog.md", "contributing.md", "architecture.md", "security.md", "adr/README.md"}
    assert listed == written | set(PAGES) | beside


def test_queries_and_links_of_the_guides_are_valid() -> None:
    for path in GUIDES:
        text = path.read_text(encoding="utf-8")
        rows = "".join(re.findall(r"^\|.*$", text, re.MULTILINE))
        assert [one for one in re.findall(r"`([^`]+)`", rows) if parse(one) is None] == []
        links = re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", text)
        assert [one for one in links if not (path.parent / one).exists() and one not in PAGES] == []


def test_pictures_of_the_guide_are_taken_by_the_program_and_small() -> None:
    guides = "".join(path.read_text(encoding="utf-8") for path in GUIDES)
    assert set(re.findall(r"\(pictures/(\w+)\.svg\)", guides)) == set(PICTURES)
    for name in PICTURES:
        svg = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
        assert len(svg.encode()) < 80_000
        assert lean(svg) == svg
        # The picture comes with the site: it loads nothing.
        assert "url(http" not in svg
