"""Aozora Bunko's annotated text: ruby in 《》, annotations in ［＃…］, the legend and the colophon.

The rules are those of Aozora Bunko's 注記一覧 (annotation manual): ruby, headings, indents, emphasis, images and
characters outside JIS X 0208. Annotations about print layout (except page breaks) are dropped; unknown ones are shown
in small print.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import escape

from reader.regex import regex

_RULE = regex("-{20,}")
_LEGEND = "テキスト中に現れる記号について"
_COLOPHON = regex("底本[：:]")
_LEGEND_LINES = 60
"""The number of lines at the top that are searched for the legend."""

_NOTE = regex("［＃([^［］\n]*(?:［[^［］\n]*］[^［］\n]*)*)］")
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

# A ruby base without ｜ is the run of one script before the annotation.
_BASE = (
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〻〆〇仝ヶ※]+|[ぁ-ゖゝゞ]+|[ァ-ヺーヽヾ]+"
    "|[Ａ-Ｚａ-ｚ０-９]+|[Α-Ωα-ωΑ-я]+|[A-Za-z0-9\u00c0-\u024f]+"
)
_RUBY = regex(f"｜([^｜《》\n]+)《([^《》\n]+)》|({_BASE})《([^《》\n]+)》")

_HEADING = regex("(?:同行|窓)?([大中小])見出し")
_LEVELS = {"大": 1, "中": 2, "小": 3}
_ABOUT = regex("「(.+)」(?:は|に|の)(.*)")
_PICTURE = regex("(?:「(?P<name>.*)」の)?(?P<kind>[^（]*)（(?P<file>[\\w./-]+\\.(?:png|jpe?g|gif|webp))[^）]*）入る")
_EMPHASIS = regex("[白黒二丸×ばつ重蛇の目]*(?:傍点|丸傍点|三角傍点|傍線|鎖線|破線|波線)")
_PAPER = regex(
    "字下げ|字詰め|字上げ|地付き|地から|天から|折り返して|段階|罫囲み|枠囲み|文字終わり|文字$|改行|横一列|横組み|横書き|縦中横|左右中央|ページの|改段|小書き|行取り|行アキ|空き"
    "|ママ|底本|本文終わり|字間|文字サイズ|キャプション|段組|回転|右上|左上|行右小書き"
)
_BREAK = regex("改ページ|改丁|改見開き")
_KANBUN = regex("[一二三四上中下甲乙丙丁天地人レ]{1,2}")
_OKURIGANA = regex("（([ぁ-んァ-ヶー\u4e00-\u9fff]{1,3})）")
_INDENT = regex("ここから.*(?:字下げ|字下げ、折り返して)")
_INDENT_END = regex("ここで字下げ終わり")


def aozora_to_html(text: str) -> str:
    """Translate Aozora Bunko's text to HTML.

    The first line above the legend is the title and becomes `h1`. The legend becomes `details`, headings become `h1`
    to `h3`, and emphasis dots and lines become `em`.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    (start, end), legend = _legend(lines)
    head = lines[:start]
    parts = [f"<h1>{_inline(head[0].strip())[1]}</h1>"] if head and head[0].strip() else []
    parts += _body(head[1:])
    if legend:
        parts.append(_details(legend))
    parts += _body(lines[end:])
    return "\n".join(parts)


def _legend(lines: list[str]) -> tuple[tuple[int, int], list[str]]:
    """Return the range of the legend including its rules, and the lines between them."""
    rules = [number for number, line in enumerate(lines[:_LEGEND_LINES]) if _RULE.fullmatch(line.strip())]
    if len(rules) >= 2 and any(_LEGEND in line for line in lines[rules[0] : rules[1]]):
        return (rules[0], rules[1] + 1), lines[rules[0] + 1 : rules[1]]
    return (0, 0), []


def _details(legend: list[str]) -> str:
    said = "".join(f"<p>{escape(line.strip())}</p>" for line in legend if line.strip() and _LEGEND not in line)
    return f"<details><summary>{_LEGEND}</summary>{said}</details>"


def _body(lines: list[str]) -> Iterator[str]:
    quoted = heading = 0
    for line in lines:
        if _RULE.fullmatch(line.strip()) or (_COLOPHON.match(line) and not quoted):
            yield "<hr>"
        bare = line.strip()
        whole = _NOTE.fullmatch(bare)
        if whole and _INDENT.search(whole[1]):
            yield "<blockquote>" if not quoted else ""
            quoted = 1
        elif whole and _INDENT_END.search(whole[1]):
            yield "</blockquote>" if quoted else ""
            quoted = 0
        elif whole and _HEADING.search(whole[1]) and whole[1].startswith("ここ"):
            found = _HEADING.search(whole[1])
            heading = 0 if whole[1].startswith("ここで") or found is None else _LEVELS[found[1]]
        elif whole and _BREAK.search(whole[1]):
            yield "<hr>"
        elif bare and not _RULE.fullmatch(bare):
            yield _line(line, heading)
    if quoted:
        yield "</blockquote>"


def _line(line: str, heading: int) -> str:
    """Translate a line, which is a paragraph or heading of its own in this format."""
    level, html = _inline(line.strip())
    level = heading or level
    tag = f"h{level}" if level else "p"
    return f"<{tag}>{html}</{tag}>" if html.strip() else ""


def _inline(line: str) -> tuple[int, str]:
    """Return the heading level of a line (0 for none) and its text as HTML."""
    line = _ACCENTED.sub(_accents, _GAIJI.sub(_character, line))
    level, made, end = 0, _LineBuilder(), 0
    for note in _NOTE.finditer(line):
        made.add(line[end : note.start()])
        level = made.note(note[1]) or level
        end = note.end()
    made.add(line[end:])
    return level, made.html()


class _LineBuilder:
    """A line under construction: pieces of HTML, to which an annotation may refer back."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def add(self, text: str) -> None:
        """Add source text with ruby."""
        if text:
            self._pieces.append(_ruby(text))

    def html(self) -> str:
        """Return the line as HTML."""
        return "".join(self._pieces)

    def note(self, note: str) -> int:
        """Apply an annotation; return the heading level that it gives the line, or 0."""
        if picture := _PICTURE.fullmatch(note):
            alt = picture["name"] or picture["kind"]
            self._pieces.append(f'<img src="{escape(picture["file"])}" alt="{escape(alt)}">')
            return 0
        if about := _ABOUT.fullmatch(note):
            return self._about(about[1], about[2])
        if heading := _HEADING.match(note):
            return _LEVELS[heading[1]]
        if kanbun := _OKURIGANA.fullmatch(note):
            self._pieces.append(f"<sup>{escape(kanbun[1])}</sup>")
        elif _KANBUN.fullmatch(note):
            self._pieces.append(f"<sub>{escape(note)}</sub>")
        elif tag := _tag(note):
            self._pieces.append(f"</{tag}>" if note.endswith("終わり") else f"<{tag}>")
        elif "割り注" in note:
            self._pieces.append("）" if note.endswith("終わり") else "（")
        elif _BREAK.search(note):
            self._pieces.append("<hr>")
        elif not _PAPER.search(note):
            self._pieces.append(f"<small>（{escape(note)}）</small>")
        return 0

    def _about(self, words: str, what: str) -> int:
        """Apply an annotation that refers to preceding words."""
        if heading := _HEADING.search(what):
            return _LEVELS[heading[1]]
        if reading := re.fullmatch("(?:左)?に?「(.+)」の?(?:ルビ|注記)", what):
            self._wrap(words, "<ruby>", f"<rt>{escape(reading[1])}</rt></ruby>")
        elif tag := _tag(what):
            self._wrap(words, f"<{tag}>", f"</{tag}>")
        elif not _PAPER.search(what):
            self._pieces.append(f"<small>（{escape(f'「{words}」{what}')}）</small>")
        return 0

    def _wrap(self, words: str, opening: str, closing: str) -> None:
        """Wrap the last occurrence of words in tags, including their ruby."""
        sought = "".join(
            f"(?:<ruby>)?{re.escape(escape(one, quote=False))}(?:<rt>[^<]*</rt></ruby>)?" for one in words[:200]
        )
        html = self.html()
        found = None
        for found in re.finditer(sought, html):  # noqa: B007 - the last one counts
            pass
        if found is not None:
            html = f"{html[: found.start()]}{opening}{found[0]}{closing}{html[found.end() :]}"
        self._pieces = [html]


def _tag(what: str) -> str:
    """Return the element for a kind of typographic emphasis, or empty."""
    if "太字" in what or "ゴシック" in what:
        return "strong"
    if "斜体" in what or "イタリック" in what or _EMPHASIS.search(what):
        return "em"
    if "取消線" in what:
        return "del"
    if "上付き" in what:
        return "sup"
    return "sub" if "下付き" in what else ""


def _ruby(text: str) -> str:
    """Convert text with ruby to HTML."""

    def element(found: re.Match[str]) -> str:
        base, reading = (found[1], found[2]) if found[1] else (found[3], found[4])
        return f"<ruby>{base}<rt>{reading}</rt></ruby>"

    return (
        _RUBY.sub(element, escape(text, quote=False)).replace("｜", "") if "《" in text else escape(text, quote=False)
    )


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
