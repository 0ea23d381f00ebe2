"""What each setting does, for the file that `reader settings --write` makes."""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from enum import Enum
from typing import Any

from reader.language import N_, _
from reader.lean_dataclasses import fields
from reader.settings.options import Settings

DESCRIPTIONS: Mapping[str, str] = {
    "archives": N_("folders or files to open if none are named, such as [~/archive]"),
    "language": N_("the language of messages: auto (the locale's), zh, ja, en"),
    "theme": N_("the theme, or auto: light or dark like the background of the terminal"),
    "light_theme": N_("the theme that auto uses on a light background"),
    "dark_theme": N_("the theme that auto uses on a dark background"),
    "transparent": N_("leave the background of the page to the terminal"),
    "keymap": N_("the keys of another program: default, vim, less, emacs, newsboat, obsidian"),
    "keys": N_("your own keys by action, such as {star: x, theme: [c, F7]}; “reader keys” lists the actions"),
    "commands": N_("your own commands by name, such as {count: {run: [wc, -m], key: '!', pipe: article}}"),
    "hooks.open": N_("commands that run after an article was opened, such as [[notify-send, $READER_TITLE]]"),
    "hooks.mark": N_("commands that run after a mark of an article was changed"),
    "rules": N_("marks for articles that come in, such as [{query: source:example.org, tag: [news], star: true}]"),
    "dictionary": N_("a command that looks a word up, such as [sdcv, -n, '{word}']"),
    "measure": N_("the maximum line width in cells, 20 to 200"),
    "line_breaks": N_("single line breaks of Markdown and plain text: auto, keep, join"),
    "pictures": N_(
        "pictures on the page: auto (as the terminal can), kitty, sixel, iterm, blocks, frame (only their alt text)"
    ),
    "export_folder": N_("where exports go; without it, to “reader” in your folder of documents"),
    "export_template": N_("the template of exported Markdown: obsidian, logseq, the name or path of your own"),
    "reviews_per_day": N_("how many highlights to review a day, such as 10; 0 turns reviews off"),
    "copy_as_shown": N_("copy Chinese in the script that is shown, not as it was written"),
    "show_copies": N_("show all duplicates of an article, not only the longest"),
    "statistics": N_("record the time and amount read per day; stays on this machine"),
    "typesetting.strictness": N_("which characters may not begin a line: strict, normal, loose"),
    "typesetting.fill": N_("a mark that may not begin the next line: push-out, push-in, hang"),
    "typesetting.justify": N_("justify lines"),
    "typesetting.hyphenation": N_("divide words such as English ones in justified lines"),
    "typesetting.cjk_latin_space": N_("a gap between Han and Latin, on the screen only"),
    "typesetting.link_gaps": N_("a gap between links with nothing between them, on the screen only"),
    "typesetting.first_line_indent": N_("the indent of paragraphs in ems of two cells, 0 to 8"),
    "typesetting.paragraph_spacing": N_("blank rows between paragraphs, 0 to 5"),
    "typesetting.line_spacing": N_("blank rows between lines, 0 to 3"),
    "typesetting.columns": N_("two columns side by side on pages of 132 cells or more: 1, 2"),
    "typesetting.direction": N_("the direction of Chinese, Japanese and Korean: horizontal, vertical"),
    "typesetting.column_gap": N_("cells between the columns of vertical text, 0 to 6"),
    "typesetting.ambiguous_width": N_("2 if the terminal draws “ ” … ─ two cells wide, else 1"),
    "typesetting.korean": N_("where Korean lines break: word, syllable"),
    "typesetting.ruby": N_("readings of ruby: inline, above, hidden"),
    "typesetting.readings": N_("pinyin in Chinese and furigana in Japanese: none, rare (characters), all"),
    "typesetting.code": N_("long lines of code: fold, scroll"),
    "typesetting.tables": N_("tables wider than the text column: records (one row below the other), scroll"),
    "typesetting.formulas": N_("formulas: unicode (drawn), tex (as written)"),
    "typesetting.chinese": N_("Chinese: source, simplified, mainland, traditional, taiwan, hong-kong"),
    "typesetting.ascii_borders": N_("draw borders with ASCII characters"),
}
"""The descriptions by dotted key."""


def commented_settings() -> str:
    """All settings with their defaults and descriptions as YAML, every setting commented out."""
    hint = _("Remove the # before a setting to change it; “reader settings” checks this file.")
    lines = [f"# {hint}", ""]
    section = ""
    for key, value in settings_values(Settings()):
        group, _dot, name = key.rpartition(".")
        if group not in {section, ""}:
            lines.append(f"# {group}:")
        section = group
        indent = "  " if group else ""
        lines.append(f"# {indent}{name}: {written(value)}  # {_(DESCRIPTIONS[key])}")
    return "\n".join(lines) + "\n"


def settings_values(settings: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The settings by dotted key, in their order."""
    for one in fields(settings):
        value = getattr(settings, one.name)
        if is_dataclass(value):
            yield from settings_values(value, f"{prefix}{one.name}.")
        else:
            yield prefix + one.name, value


def written(value: object) -> str:
    """A value as YAML on one line."""
    import yaml  # noqa: PLC0415 - slow to import

    text: str = yaml.safe_dump(plain(value), default_flow_style=True, allow_unicode=True, width=10_000)
    return text.removesuffix("...\n").strip()


def plain(value: object) -> object:
    """A value converted to types of YAML and JSON: strings, numbers, lists and mappings."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if is_dataclass(value):
        found = {one.name: (getattr(value, one.name), one.default) for one in fields(value)}
        return {name: plain(one) for name, (one, usual) in found.items() if one != usual}
    return value
