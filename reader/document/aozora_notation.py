"""Aozora Bunko's notation that metadata and text share: the lines at the top of a file, and characters by their names.

The order of the lines at the top is that of Aozora Bunko's own converter, aozora2html: title, original title, subtitle,
author, translator or editor.
"""

import re
import unicodedata

from reader.lean_dataclasses import dataclass
from reader.regex import regex

LEGEND = "テキスト中に現れる記号について"
RULE = regex("-{20,}")
_COLOPHON = regex(r"^底本[：:]", re.MULTILINE)
_COLOPHON_LENGTH = 3_000
"""Characters at the end of a file that are searched for the colophon."""
_LEGEND_WITHIN = 4_000
"""Characters at the start of a file that are searched for the legend."""
_END_OF_HEAD = "［＃区切り線］"
"""The rule below the title and author in the files of downloaders of web novels."""
_HEAD = 600
"""Characters at the start of a file that are searched for that rule."""
_MOST_HEAD_LINES = 6
_LONGEST_HEAD_LINE = 100

_ROLE = regex(r"(?:訳|編|編集|校訂|注|註|解題|作詞|作曲)$")
_MARKUP = regex(r"［＃[^］]*］|《[^》]*》|｜")
_JAPANESE = regex(r"[\u3040-\u30ff\u3400-\u9fff]")
_SUBTITLE = regex(r"^[―（〔【「『…─—－]|[―）〕】」』…。！？]$")
_LONGEST_NAME = 12
"""The maximum length in characters of a name written in Japanese without a separator."""
_SEPARATOR = regex(r"[\s・＝=、，]|[A-Za-z]")

_GAIJI = regex("※［＃([^［］\n]*)］")
_CODE_POINT = regex("U\\+([0-9A-Fa-f]{4,6})")
_MEN_KU_TEN = regex("([12])-([0-9]{1,2})-([0-9]{1,2})")
_ACCENTED = regex("〔([^〔〕\n]{1,400})〕")
_LETTER = regex("([A-Za-z])([`'^:~,&/_])|(AE|ae|OE|oe)&|s&")
_MARKS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    ":": "\u0308",
    "~": "\u0303",
    ",": "\u0327",
    "&": "\u030a",
    "_": "\u0304",
}
_LIGATURES = {"AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ"}


@dataclass(frozen=True, slots=True)
class AozoraHead:
    """The lines at the top of a file.

    Attributes:
        titles: The title, and the subtitles below it.
        others: The remaining lines: original titles, authors, translators.
        author: The author's name; empty if no line looks like one.
    """

    titles: tuple[str, ...]
    others: tuple[str, ...]
    author: str


def is_aozora_file(text: str) -> bool:
    """Whether a text has Aozora Bunko's legend or colophon; ruby alone does not make it one."""
    end = text[-_COLOPHON_LENGTH:]
    return LEGEND in text[:_LEGEND_WITHIN] or ("青空文庫" in end and _COLOPHON.search(end) is not None)


def has_head(text: str) -> bool:
    """Whether the title and the names are in the first lines of a text."""
    return is_aozora_file(text) or _END_OF_HEAD in text[:_HEAD]


def head_lines(text: str) -> list[str]:
    """Return the lines above the first blank line or rule of a file; empty if they are not its title and author."""
    lines: list[str] = []
    for line in text.lstrip("\ufeff\n").split("\n", _MOST_HEAD_LINES + 1)[: _MOST_HEAD_LINES + 1]:
        if not line.strip() or RULE.fullmatch(line.strip()) or line.strip() == _END_OF_HEAD:
            return lines
        if line.startswith(("\u3000", "#")) or len(line) > _LONGEST_HEAD_LINE:
            return []
        lines.append(line)
    return []


def read_head(lines: list[str]) -> AozoraHead:
    """Tell titles and names in the lines at the top of a file apart."""
    title, *below = lines
    named = [line for line in below if not _ROLE.search(plain(line))]
    author = named.pop() if named and _is_name(plain(named[-1])) else ""
    subtitles = [line for line in named if _JAPANESE.search(plain(line))]
    others = below[len(subtitles) :] if below[: len(subtitles)] == subtitles else []
    if not others:
        others = [line for line in below if line not in subtitles]
    return AozoraHead((title, *subtitles), tuple(others), plain(author))


def plain(line: str) -> str:
    """Return a line without annotations and readings, its characters by name resolved."""
    return _MARKUP.sub("", named_characters(line)).strip()


def named_characters(line: str) -> str:
    """Replace descriptions of characters outside JIS X 0208, and letters with accents written after them."""
    return _ACCENTED.sub(_accents, _GAIJI.sub(_character, line))


def _is_name(line: str) -> bool:
    """Whether a line may be a person's name rather than a subtitle."""
    if _SUBTITLE.search(line):
        return False
    return len(line) <= _LONGEST_NAME or _SEPARATOR.search(line) is not None


def _character(found: re.Match[str]) -> str:
    """Return a character outside JIS X 0208 by its code point or its JIS X 0213 position, or else its description."""
    if code := _CODE_POINT.search(found[1]):
        return chr(min(int(code[1], 16), 0x10FFFF))
    if place := _MEN_KU_TEN.search(found[1]):
        plane, row, cell = (int(number) for number in place.groups())
        data = bytes([*([0x8F] if plane == 2 else []), 0xA0 + row, 0xA0 + cell]) if row < 95 and cell < 95 else b""
        try:
            return data.decode("euc_jis_2004")
        except UnicodeDecodeError:
            pass
    name = found[1].partition("、")[0].strip("「」")
    return f"※（{name}）"


def _accents(found: re.Match[str]) -> str:
    """Compose Latin letters with the accents written after them; if there are such letters, remove the brackets."""
    made, count = _LETTER.subn(_accented, found[1])
    return made if count else found[0]


def _accented(found: re.Match[str]) -> str:
    if found[3]:
        return _LIGATURES[found[3]]
    if found[0] == "s&":
        return "ß"
    if found[2] == "/":
        return {"o": "ø", "O": "Ø"}.get(found[1], found[0])
    composed = unicodedata.normalize("NFC", found[1] + _MARKS[found[2]])
    return composed if len(composed) == 1 else found[0]
