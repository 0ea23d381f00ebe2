"""Aozora Bunko's annotated text: ruby in 《》, annotations in ［＃…］, the legend and the colophon.

The rules are those of Aozora Bunko's 注記一覧 (annotation manual): ruby, headings, indents, emphasis, images and
characters outside JIS X 0208. Annotations about print layout (except page breaks) are dropped; unknown ones are shown
in small print.
"""

import re
from collections.abc import Iterator
from html import escape

from reader.document.aozora_notation import (
    LEGEND,
    RULE,
    has_head,
    head_lines,
    named_characters,
    plain,
    read_head,
)
from reader.lean_dataclasses import dataclass
from reader.regex import regex

_COLOPHON = regex("底本[：:]")
_LEGEND_LINES = 60
"""The number of lines at the top that are searched for the legend."""

_NOTE = regex("［＃([^［］\n]*(?:［[^［］\n]*］[^［］\n]*)*)］")

# A ruby base without ｜ is the run of one script before the annotation.
_BASE = (
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〻〆〇仝ヶ※]+|[ぁ-ゖゝゞ]+|[ァ-ヺーヽヾ]+"
    "|[Ａ-Ｚａ-ｚ０-９]+|[Α-Ωα-ωΑ-я]+|[A-Za-z0-9\u00c0-\u024f]+"
)
_RUBY = regex(f"｜([^｜《》\n]+)《([^《》\n]+)》|({_BASE})《([^《》\n]+)》")

_HEADING = regex("(?:同行|窓)?([大中小])見出し")
_LEVELS = {"大": 1, "中": 2, "小": 3}
_ABOUT = regex("「((?:[^「」]|「[^「」]*」)+)」(?:は|に|の|(?=指数))(.*)")
_PICTURE = regex("(?:「(?P<name>.*)」の)?(?P<kind>[^（]*)（(?P<file>[\\w./-]+\\.(?:png|jpe?g|gif|webp))[^）]*）入る")
_EMPHASIS = regex("[白黒二丸×ばつ重蛇の目]*(?:傍点|丸傍点|三角傍点|傍線|鎖線|破線|波線)")
_PAPER = regex(
    "字下げ|字詰め|字上げ|地付き|地から|天から|折り返して|段階|罫囲み|枠囲み|文字終わり|文字$|改行|横一列|横組み|横書き|縦中横|左右中央|ページの|改段|小書き|行取り|行アキ|空き"
    "|ママ|底本|本文終わり|字間|文字サイズ|キャプション|段組|回転|右上|左上|行右小書き|柱$|柱終わり|区切り線"
)
_BREAK = regex("改ページ|改頁|改丁|改見開き")
_KANBUN = regex("[一二三四上中下甲乙丙丁天地人レ]{1,2}")
_OKURIGANA = regex("（([ぁ-んァ-ヶー\u4e00-\u9fff]{1,3})）")
_INDENT = regex("ここから.*(?:字下げ|字下げ、折り返して)")
_INDENT_END = regex("ここで字下げ終わり")
_INDENTED = regex("(\u3000*)(?:［＃(\\d{1,2})字下げ］)?")

_FEWEST_VERSES = 2
_LONGEST_VERSE = 45
"""The maximum length of a line of verse in characters."""
_PROSE = regex("\u3000[^\u3000\n]")
"""The indent of a paragraph."""
_SPOKEN = ("「", "『", "（", "〈", "―", "…")


def aozora_to_html(text: str) -> str:
    """Translate Aozora Bunko's text to HTML.

    The title and subtitles at the top become `h1`, the names below them a paragraph. The legend becomes `details`,
    headings become `h1` to `h3`, and emphasis dots and lines become `em`. A line is a paragraph, as in print, except in
    verse and in the colophon, whose lines are kept together.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    lines = text.split("\n")
    (start, end), legend = _legend(lines)
    own = head_lines(text) if has_head(text) else []
    first = len(own) + next((number for number, line in enumerate(lines) if line.strip()), 0) if own else 0
    parts = _head(own) if own else []
    if legend:
        parts += [*_body(lines[first:start]), _details(legend)]
    return "\n".join([*parts, *_body(lines[end if legend else first :])])


def _head(lines: list[str]) -> list[str]:
    """Translate the lines at the top of a file: its title as a heading, the names in one paragraph."""
    head = read_head(lines)
    parts = [f"<h1>{'<br>'.join(_inline(line.strip())[1] for line in head.titles)}</h1>"]
    return [*parts, *_tight([_inline(line.strip())[1] for line in head.others])]


def _legend(lines: list[str]) -> tuple[tuple[int, int], list[str]]:
    """Return the range of the legend including its rules, and the lines between them."""
    rules = [number for number, line in enumerate(lines[:_LEGEND_LINES]) if RULE.fullmatch(line.strip())]
    if len(rules) >= 2 and any(LEGEND in line for line in lines[rules[0] : rules[1]]):
        return (rules[0], rules[1] + 1), lines[rules[0] + 1 : rules[1]]
    return (0, 0), []


def _details(legend: list[str]) -> str:
    said = "".join(f"<p>{escape(line.strip())}</p>" for line in legend if line.strip() and LEGEND not in line)
    return f"<details><summary>{LEGEND}</summary>{said}</details>"


def _body(lines: list[str]) -> Iterator[str]:
    quoted = heading = 0
    is_colophon = False
    run: list[_AnnotatedLine] = []
    for line in lines:
        bare = line.strip()
        whole = _NOTE.fullmatch(bare)
        level, html = _inline(bare) if bare and not (whole and _is_block(whole[1])) else (0, "")
        level = heading or level
        begins_colophon = _COLOPHON.match(line) is not None and not quoted
        if html.strip() and not level and not begins_colophon and not RULE.fullmatch(bare):
            run.append(_AnnotatedLine(line, html))
            continue
        yield from _paragraphs(run, is_tight=is_colophon)
        run = []
        if RULE.fullmatch(bare) or begins_colophon:
            yield "<hr>"
            is_colophon = is_colophon or begins_colophon
            run = [_AnnotatedLine(line, html)] if begins_colophon else []
        elif whole and _INDENT.search(whole[1]):
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
        elif html.strip():
            yield f"<h{level}>{html}</h{level}>"
    yield from _paragraphs(run, is_tight=is_colophon)
    if quoted:
        yield "</blockquote>"


def _is_block(note: str) -> bool:
    """Whether an annotation alone on its line concerns the lines below it."""
    return any(pattern.search(note) for pattern in (_INDENT, _INDENT_END, _BREAK)) or (
        note.startswith("ここ") and _HEADING.search(note) is not None
    )


@dataclass(frozen=True, slots=True)
class _AnnotatedLine:
    """A line of text: its source, and its HTML without the indent."""

    source: str
    html: str


def _paragraphs(run: list[_AnnotatedLine], *, is_tight: bool) -> Iterator[str]:
    """Translate adjacent lines: each is a paragraph, but verse and the colophon are one paragraph with line breaks."""
    if is_tight or _is_verse(run):
        yield from _tight([_indent(line.source) + line.html for line in run])
    else:
        yield from (f"<p>{line.html}</p>" for line in run)


def _tight(lines: list[str]) -> list[str]:
    return [f"<p>{'<br>'.join(lines)}</p>"] if lines else []


def _is_verse(run: list[_AnnotatedLine]) -> bool:
    """Whether adjacent lines are a stanza: short, and neither indented like prose nor mostly spoken."""
    if len(run) < _FEWEST_VERSES:
        return False
    texts = [plain(line.source.replace("\u3000", " ")) for line in run]
    if max(map(len, texts)) > _LONGEST_VERSE or any(_PROSE.match(line.source) for line in run):
        return False
    return sum(text.startswith(_SPOKEN) for text in texts) * 2 <= len(texts)


def _indent(source: str) -> str:
    """Return the space before a line, in the source or by an annotation, as half ems: whole ones begin a paragraph."""
    found = _INDENTED.match(source)
    return "\u2002\u2002" * (len(found[1]) + int(found[2] or 0)) if found else ""


def _inline(line: str) -> tuple[int, str]:
    """Return the heading level of a line (0 for none) and its text as HTML."""
    line = named_characters(line)
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
    if "上付き" in what or what == "指数":
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
