"""The pages of the site that are made from the program's own tables, each as Markdown.

mkdocs asks for them through `tests/site/hook.py`, so that none is written by hand or can be out of date.
"""

import inspect
import os
import re
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import get_args, get_origin, get_type_hints

from reader import api, language
from reader.cli.main import COMMANDS
from reader.cli.parsers import COMMAND_HELP, make_parser
from reader.keymap.key_names import key_label
from reader.keymap.presets import DEFAULT, PRESETS
from reader.search.query_tokens import CONTENTS, KEYS, STATES
from reader.settings.descriptions import DESCRIPTIONS, settings_values, written
from reader.settings.options import Settings
from reader.themes.theme import OPTIONAL_ROLES, ROLES
from reader.themes.theme_files import load_themes
from tests.readme import key_table

QUERY_WORDS: Mapping[str, str] = {
    "title": "words in the title",
    "cat": "a category, or one of those above it",
    "author": "words in the name of the author",
    "source": "words in the name of the source",
    "tag": "a tag, of the article or your own",
    "path": "words in the path of the file",
    "note": "words in your notes",
    "link": "articles that link to an article or address of that name",
    "linkedby": "articles that the article of that name links to",
    "url": "articles saved from that host or address",
    "is": "a state, see below",
    "has": "content, see below",
    "len": "the length in characters and words: `len:>2000`, `len:800..1200`",
    "date": "a day, month, year, range or recent time: `date:2021-11`, `date:2021-03..2021-08`, `date:7d`",
    "after": "from that date on",
    "before": "until that date",
}
"""What each key of a query finds."""


@contextmanager
def _in_english() -> Iterator[None]:
    before, columns = language.current(), os.environ.get("COLUMNS")
    language.use("en")
    os.environ["COLUMNS"] = "100"
    try:
        yield
    finally:
        language.use(before)
        if columns is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = columns


def _table(heading: list[str], rows: list[list[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def commands() -> str:
    """Every command with its help."""
    parts = ["# Commands\n\n`reader PATH …` opens the screen. `reader help COMMAND` prints what is below.\n"]
    parts.append(_table(["command", ""], [[f"[`{name}`](#reader-{name})", COMMAND_HELP[name]] for name in COMMANDS]))
    for name in ("", *COMMANDS):
        parser = make_parser(name)
        parts.append(f"## {parser.prog}\n\n```text\n{parser.format_help().rstrip()}\n```\n")
        parts += (f"### {one.prog}\n\n```text\n{one.format_help().rstrip()}\n```\n" for one in subcommands(parser))
    return "\n".join(parts)


def subcommands(parser: ArgumentParser) -> list[ArgumentParser]:
    """The parsers of the subcommands of a command."""
    found: list[ArgumentParser] = []
    for action in parser._actions:
        if isinstance(action.choices, Mapping):
            found += action.choices.values()
    return found


def settings() -> str:
    """Every setting with its type, default and description."""
    types = _types(Settings)
    rows = [
        [f"`{key}`", f"`{written(value)}`", types.get(key, ""), DESCRIPTIONS[key]]
        for key, value in settings_values(Settings())
    ]
    intro = (
        "# Settings\n\n`settings.yaml` lies in the config folder; `reader settings --path` prints where. All are "
        "optional. A name with a dot is a key within another one: `typesetting.justify: true` is written as\n\n"
        "```yaml\ntypesetting:\n  justify: true\n```\n\n"
    )
    return intro + _table(["setting", "default", "values", ""], rows)


def _types(settings_class: type, prefix: str = "") -> dict[str, str]:
    """The values that settings can have, if these are listed: by dotted key."""
    found: dict[str, str] = {}
    for name, kind in get_type_hints(settings_class).items():
        if isinstance(kind, type) and issubclass(kind, Enum):
            found[prefix + name] = ", ".join(f"`{one.value}`" for one in kind)
        elif kind is bool:
            found[prefix + name] = "`true`, `false`"
        elif isinstance(kind, type) and hasattr(kind, "__annotations__"):
            found |= _types(kind, f"{prefix}{name}.")
        elif get_origin(kind) is not None and set(map(type, get_args(kind))) == {str}:
            found[prefix + name] = ", ".join(f"`{one}`" for one in get_args(kind))
    return found


def keys() -> str:
    """Every action with its keys, and the keys that the presets change."""
    parts = [
        "# Keys\n\n`?` shows them in the program, `reader keys` with the names for the settings.\n",
        key_table(),
        "## Presets\n\n`keymap: vim`, `less`, `emacs`, `newsboat` or `obsidian` begins with its keys:\n",
    ]
    for name in [one for one in PRESETS if one != DEFAULT]:
        rows = [
            [f"`{action}`", " ".join(f"`{key_label(key)}`" for key in chosen)]
            for action, chosen in PRESETS[name].items()
        ]
        parts.append(f"### {name}\n\n{_table(['action', 'keys'], rows)}")
    return "\n".join(parts)


def queries() -> str:
    """Every word of the query language."""
    spellings: dict[str, list[str]] = {}
    for alias, name in KEYS.items():
        spellings.setdefault(name, []).append(alias)
    rows = [[" ".join(f"`{one}:`" for one in spelled), QUERY_WORDS[name]] for name, spelled in spellings.items()]
    return "\n".join(
        [
            "# Queries\n\n`F` in the program, `reader search`, `reader list` and rules understand the same queries.\n",
            _table(
                ["", "finds articles with"],
                [
                    ["`tea water`", "both words, in title, text or file name"],
                    ['`"port of call"` `“进博会 闭幕”` `「灯台」`', "a phrase"],
                    ["`-word` `NOT word`", "without the word"],
                    ["`a OR b` `a | b` `甲 或 乙`", "one of them"],
                    ["`(a OR b) c`", "groups"],
                ],
            ),
            '## Keys\n\nThe value follows the colon without a blank: `title:tea`, `title:"green tea"`.\n',
            _table(["key", "finds"], rows),
            "## States: `is:`\n",
            _values(STATES),
            "## Content: `has:`\n",
            _values(CONTENTS),
        ]
    )


def _values(values: Mapping[str, Enum]) -> str:
    spellings: dict[str, list[str]] = {}
    for alias, value in values.items():
        spellings.setdefault(str(value.value), []).append(f"`{alias}`")
    return _table(["value", "also"], [[words[0], " ".join(words[1:])] for words in spellings.values()])


def colours() -> str:
    """Every role of a theme with its colour in each bundled theme."""
    themes = [theme for theme in load_themes()[0].values() if theme.paper]
    rows = [
        [
            f"`{role.replace('_', '-')}`",
            f"`{OPTIONAL_ROLES[name]}`" if (name := role.replace("_", "-")) in OPTIONAL_ROLES else "",
            *(
                f'<span style="color: {getattr(theme, role)}" title="{getattr(theme, role)}">⬤</span>'
                for theme in themes
            ),
        ]
        for role in ROLES
    ]
    intro = (
        "# Colours of the themes\n\nWhat each role is for, and how to write a theme: [Themes](../themes.md). If a role "
        "may be left out, the second column names the one that is used instead.\n\n"
    )
    return intro + _table(["role", "instead", *(theme.name for theme in themes)], rows)


def python() -> str:
    """The reference of the interface for Python, from its docstrings."""
    parts = ["# Python reference\n\nExamples: [Python](../python.md).\n"]
    for name in sorted(api.__all__, key=lambda one: (one != "open_archive", one != "OpenArchive", one)):
        parts.append(_documented(name, getattr(api, name), 2))
        if inspect.isclass(member := getattr(api, name)):
            parts += [
                _documented(f"{name}.{method}", function, 3)
                for method, function in vars(member).items()
                if inspect.isfunction(function) and not method.startswith("_")
            ]
    return "\n".join(parts)


def _documented(name: str, member: Callable[..., object], level: int) -> str:
    title = f"{'#' * level} {name}\n"
    text = inspect.getdoc(member) or ""
    # Google's sections as bold lines and lists.
    text = re.sub(r"^(Args|Raises|Attributes):$", r"**\1**\n", text, flags=re.MULTILINE)
    text = re.sub(r"^ {4}(\w+): ", r"- `\1`: ", text, flags=re.MULTILINE)
    if inspect.isclass(member):
        return f"{title}\n{text}\n"
    signature = str(inspect.signature(member)).replace("self, ", "").replace("(self)", "()")
    signature = re.sub(r"reader(?:[.]\w+)+[.]|pathlib[.]|os[.]|collections[.]abc[.]", "", signature)
    return f"{title}\n```python\n{name.rpartition('.')[2]}{signature}\n```\n\n{text}\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "reference/commands.md": commands,
    "reference/settings.md": settings,
    "reference/keys.md": keys,
    "reference/queries.md": queries,
    "reference/colours.md": colours,
    "reference/python.md": python,
}
"""The generated pages by their paths in the site."""


def generated(path: str) -> str:
    """The Markdown of a generated page."""
    with _in_english():
        return PAGES[path]()
