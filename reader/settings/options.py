"""All options with their defaults and limits."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from reader.keymap.presets import DEFAULT, PRESETS
from reader.language import N_, languages
from reader.lean_dataclasses import dataclass, field
from reader.settings.rules import ArrivalRule
from reader.settings.user_commands import DICTIONARY, UserCommand, WrittenCommand, WrittenKeys, are_commands
from reader.settings.value_limits import Between, Matching, OneOf

KEYS = Matching(
    N_("“{key}” in {path} must be a list of “action: key” lines"),
    N_("write it as zen: z, or zen: [z, F11]; “reader keys” lists the actions"),
)

HOOKS = Matching(
    N_("“{key}” in {path} must be a command or a list of commands"),
    N_("write it as [[notify-send, Reader]]"),
    check=are_commands,
)

FOLDER = Matching(N_("“{key}” in {path} must be the path of a folder"), pattern=r"\A[^\0]*\Z")

FILE = Matching(N_("“{key}” in {path} must be a name or the path of a file"), pattern=r"\A[^\0]*\Z")


class Strictness(StrEnum):
    """Which characters may not start a line: CSS `line-break`, the prohibition rules of CLREQ, JLREQ 3.1.7."""

    STRICT = "strict"
    NORMAL = "normal"
    LOOSE = "loose"


class Fill(StrEnum):
    """The handling of a punctuation mark that may not start the next line (line adjustment in CLREQ, JLREQ 3.8.1)."""

    PUSH_OUT = "push-out"  # move it to the next line with the character before it
    PUSH_IN = "push-in"  # keep it on the line if closing gaps between Han and Latin makes room
    HANG = "hang"  # put it in a column reserved to the right of the text


class RubyStyle(StrEnum):
    """The placement of ruby readings."""

    INLINE = "inline"  # after the base, in brackets
    ABOVE = "above"  # on a separate line above the base
    HIDDEN = "hidden"


class ShownReadings(StrEnum):
    """The Han characters to which the program adds readings: pinyin in Chinese, furigana in Japanese."""

    NONE = "none"
    RARE = "rare"
    ALL = "all"


class CodeStyle(StrEnum):
    """The handling of code lines wider than the text column."""

    WRAP = "fold"  # wrap to the next row, after a marker
    SCROLL = "scroll"  # allow horizontal scrolling


class TableStyle(StrEnum):
    """The handling of tables that are wider than the text column."""

    RECORDS = "records"  # each row as a record of fields, one below the other
    SCROLL = "scroll"  # a grid that is scrolled horizontally


class FormulaStyle(StrEnum):
    """The notation of formulas."""

    UNICODE = "unicode"  # as on paper, as far as characters can
    TEX = "tex"  # as the author typed them


class PictureStyle(StrEnum):
    """How pictures are shown on the page."""

    AUTO = "auto"  # by the protocol that the terminal reports, else in half blocks if it has 256 colours or more
    KITTY = "kitty"  # by kitty's graphics protocol
    SIXEL = "sixel"
    ITERM = "iterm"  # as inline pictures of iTerm2
    BLOCKS = "blocks"  # in half blocks
    FRAME = "frame"  # not at all, only their alt text in a frame


class ChineseScript(StrEnum):
    """The script in which Chinese is shown."""

    SOURCE = "source"  # as the author wrote it
    SIMPLIFIED = "simplified"
    MAINLAND = "mainland"  # simplified, with the words of the mainland
    TRADITIONAL = "traditional"
    TAIWAN = "taiwan"  # traditional, with the characters and words of Taiwan
    HONG_KONG = "hong-kong"  # traditional, with the characters and words of Hong Kong


class Direction(StrEnum):
    """The direction of Chinese, Japanese and Korean text on the page; other text is always horizontal."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"  # in columns from right to left


class KoreanBreaks(StrEnum):
    """The permitted line breaks in Korean text (UAX 14 section 8, KLREQ on line breaking)."""

    WORD = "word"
    SYLLABLE = "syllable"


class SourceBreaks(StrEnum):
    """The handling of single line breaks within the paragraphs of Markdown and plain text."""

    AUTO = "auto"  # keep those of poems, diaries and addresses; join lines that an editor has wrapped at a margin
    KEEP = "keep"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Typesetting:
    """The options of text layout. They only affect where text is placed, not its content."""

    strictness: Strictness = Strictness.NORMAL
    fill: Fill = Fill.PUSH_OUT
    justify: bool = False
    hyphenation: bool = True  # divide words of Latin, Greek and Cyrillic letters at the ends of justified lines
    cjk_latin_space: bool = False  # a thin gap between Han characters and Latin letters (盘古之白), on the screen only
    link_gaps: bool = True  # a gap between two links without anything between them, on the screen only
    first_line_indent: Annotated[int, Between(0, 8)] = 0  # in ems of two cells; 2 is the Chinese custom (段首缩进)
    paragraph_spacing: Annotated[int, Between(0, 5)] = 1  # blank rows between paragraphs
    line_spacing: Annotated[int, Between(0, 3)] = 0  # blank rows between the lines of a paragraph
    columns: Annotated[int, Between(1, 2)] = 1  # 2: side by side, as in a book, on pages of 132 cells and more
    direction: Direction = Direction.HORIZONTAL
    column_gap: Annotated[int, Between(0, 6)] = 2  # cells between the columns of vertical text
    ambiguous_width: Annotated[int, Between(1, 2)] = 1  # cells of a character of ambiguous width (UAX 11)
    korean: KoreanBreaks = KoreanBreaks.WORD
    ruby: RubyStyle = RubyStyle.INLINE
    readings: ShownReadings = ShownReadings.NONE
    code: CodeStyle = CodeStyle.WRAP
    tables: TableStyle = TableStyle.RECORDS
    formulas: FormulaStyle = FormulaStyle.UNICODE
    chinese: ChineseScript = ChineseScript.SOURCE  # changes the look only, neither positions nor marks
    ascii_borders: bool = False


@dataclass(frozen=True, slots=True)
class HookCommands:
    """Commands that run by themselves, with the variables of the article."""

    open: Annotated[tuple[WrittenCommand, ...], HOOKS] = ()  # after an article was opened
    mark: Annotated[tuple[WrittenCommand, ...], HOOKS] = ()  # after a mark of an article was changed


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings."""

    archives: tuple[str, ...] = ()
    language: Annotated[str, OneOf(lambda: ("auto", *languages()))] = "auto"
    theme: str = "auto"  # light or dark like the background of the terminal
    light_theme: str = "paper"  # the theme of auto on a light background
    dark_theme: str = "night"
    transparent: bool = False  # leave the background to the terminal
    keymap: Annotated[str, OneOf(lambda: tuple(PRESETS))] = DEFAULT  # the keys of another program
    keys: Annotated[Mapping[str, WrittenKeys], KEYS] = field(default_factory=dict)  # own keys by action
    commands: Mapping[str, UserCommand] = field(default_factory=dict)  # own commands by name
    hooks: HookCommands = field(default_factory=HookCommands)
    rules: tuple[ArrivalRule, ...] = ()  # marks for new articles
    dictionary: Annotated[WrittenCommand, DICTIONARY] = ()  # a command that looks a word up
    measure: Annotated[int, Between(20, 200)] = 80  # maximum line width in cells
    line_breaks: SourceBreaks = SourceBreaks.AUTO
    pictures: PictureStyle = PictureStyle.AUTO
    export_folder: Annotated[str, FOLDER] = (
        ""  # where exports go; the default is “reader” in the user's folder of documents
    )
    export_template: Annotated[str, FILE] = ""  # the template of exported Markdown: a name, or the path of a file
    reviews_per_day: Annotated[int, Between(0, 1_000)] = 0  # highlights to review a day; 0 turns reviews off
    copy_as_shown: bool = False  # copy Chinese in the script that is shown, not as the author wrote it
    show_copies: bool = False  # show all duplicates of an article, not only the longest
    statistics: bool = True  # record the time and amount read per day; stays on this machine
    typesetting: Typesetting = field(default_factory=Typesetting)
