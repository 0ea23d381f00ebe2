"""Titles for articles without one in the header: the first heading, the first line, or the file name."""

import re
from collections.abc import Callable
from enum import Enum
from itertools import islice

from reader.archive.character_references import unescaped
from reader.archive.dates import is_date
from reader.archive.file_names import Name
from reader.archive.header_salvage import is_known
from reader.document.body import BodyFormat
from reader.document.sanitizing import clean_line
from reader.regex import regex

LONGEST = 500
"""The maximum length of a title in characters."""
_LONGEST_LINE = 80
"""The maximum length in characters of a title from the first line, which may be a whole paragraph."""
_LONGEST_HEADING = 40
"""The maximum length in characters of a first line that counts as a chapter's heading, not its first sentence."""
_SENTENCE_ENDS = ("。", "，", "；", "：", "…", "”", "」", ".", ",", ";", ":")
_SAMPLE = 16_384
_HEADINGS_COUNTED = 50

_INVISIBLE = regex(
    "<(style|script|head|svg|template|noscript)\\b.*?(?:</\\1\\s*>|\\Z)|<!--.*?(?:-->|\\Z)", re.IGNORECASE | re.DOTALL
)
_READING = regex("<r[tp]\\b[^<>]*>[^<]*(?:</r[tp]\\s*>)?", re.IGNORECASE)
_HEADING = regex("<(h[1-6])\\b[^<>]*>(.{0,4000}?)</\\1\\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = regex(
    "</?(?:p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|blockquote|section|article|header|figure|hr|pre|dt|dd)\\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = regex("</?[a-z!?][^<>]*>", re.IGNORECASE)

_FENCE = regex("^ {0,3}(```|~~~).*?(?:^ {0,3}\\1|\\Z)", re.MULTILINE | re.DOTALL)
_COMMENT = regex("<!--.*?(?:-->|\\Z)|%%.*?%%", re.DOTALL)
_ABOVE = regex(
    "(?:\\s+|<!--.*?-->|%%.*?%%|(?:\\[toc\\]|\\[\\[toc\\]\\]|@\\[toc\\])(?=\\s)|\\{:[^}\n]*\\}"
    "|export [^\n]{1,200}[{(\\[][ \t]*\n(?:[^\n})\\]][^\n]*\n|\n){0,200}[})\\]]+;?[ \t]*\n|(?:import|export) [^\n]*\n"
    "|<(?P<code>script|style)\\b[^<>]*>.{0,8000}?</(?P=code)\\s*>"
    "|<(?:div|center|section|article|main|header)\\b[^<>]*>[ \t]*\n)*+",
    re.IGNORECASE | re.DOTALL,
)
"""Lines above the first block that are not content: comments, contents, imports, scripts, a box around the text."""
_PICTURES = regex(
    "(?:\\s+|!\\[[^\\]\n]{0,300}\\]\\([^)\n]{0,1000}\\)(?:\\{[^{}\n]{0,200}\\})?|<img\\b[^<>]{0,2000}>"
    "|</?(?:p|div|a|center|figure|picture|br)\\b[^<>]{0,500}>)*+",
    re.IGNORECASE,
)
"""Pictures above a heading, as in the `README` of a project."""
_MARKDOWN_HEADING = regex(
    "^ {0,3}(#{1,6})(?:[ \t]+|(?<=##)(?=[^\\s#\\x00-\x7f]))(\\S[^\n]*)|^ {0,3}(\\S[^\n]*)\n {0,3}(=+|-{2,})[ \t]*$",
    re.MULTILINE,
)
_EMBEDDED = regex(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]*+")
"""An image in the text, which would leave no room for headings in the sample."""
_SECTION_NAME = regex(
    "前言|引言|引子|序|序言|导语|導語|简介|簡介|概述|背景|介绍|介紹|摘要|目录|目錄|起因|更新|总结|總結|小结|小結|结语|結語|结论|結論"
    "|参考|参考资料|參考資料|参考文献|參考文獻|附录|附錄|后记|後記"
    "|定义|定義|定理|证明|證明|例子|例题|待办|待辦|笔记|筆記|概念|安装|安裝|问题|問題|方法|总览|總覽|链接|連結"
    "|题意|题目|题目(?:描述|大意|链接)|题解|解题思路|思路|做法|比赛链接|題意|題目(?:描述)?|題解"
    "|はじめに|おわりに|まとめ|概要|目次|メモ|ノート|タスク|서론|개요|결론|메모|할 일"
    "|introduction|intro|overview|preface|background|summary|conclusions?|abstract|contents|table of contents|usage"
    "|introduzione|introducci[oó]n|introdu[cç][aã]o|einleitung|einführung|sommaire|r[eé]sum[eé]n?|zusammenfassung"
    "|references|appendix|to-?dos?|tasks?|definitions?|theorems?|proofs?|lemmas?|corollary|examples?|process|notes?"
    "|types?|list|methods?|formulas?|concepts?|configurations?|tools?|techniques?|questions?|ideas?|guides?|properties"
    "|setup|installation|problems?|solutions?|related|links?|resources?|drawing|text elements|boilerplate|basics"
    "|categories|misc|name|descriptions?|problem description|version",
    re.IGNORECASE,
)
"""A usual heading of a part of a text. It is not the title if the file's name states the topic."""
_WRITTEN_NAME = regex(r".*(?: |[^\x00-\x7f]).*|(?![A-Z]{6})[A-Z][A-Za-z0-9+#.]*")
"""A name that a person wrote as a title: not a slug, nor a file name in capitals such as SUMMARY."""
_WORD = regex(r"[^\W\d_\u0e00-\uffff]{3,}|[\u0e00-\uffff](?=([\u0e00-\uffff]))")
_ORDINAL = regex(r"[a-z]{0,7}\d{1,4}")
_EAST_ASIAN = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SIGNS = regex(r"[\W_]+")
_NUMBERED_SECTION = regex("第?[一二三四五六七八九十0-9]{1,3}[、.．章节節回部].*")
_LINK = regex("!?\\[((?:[^\\[\\]\n]|\\[[^\\[\\]\n]{0,100}\\]){0,300})\\](?:\\([^)\n]{0,1000}\\)|\\[[^\\]\n]{1,300}\\])")
_IMAGE = regex("!\\[([^\\[\\]\n]{0,300})\\]\\([^)\n]{0,1000}\\)")
_WIKI = regex("!?\\[\\[([^\\[\\]|\n]{1,200})(?:\\|([^\\[\\]\n]{0,200}))?\\]\\]")
_FOOTNOTE = regex("\\[\\^[^\\]\\s]{1,40}\\]")
_ATTRIBUTES = regex("[ \t]*\\{:?[ \t]*[#.][^{}\n]{1,100}\\}[ \t]*$")
_ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = regex("(\\*\\*|__|\\*|~~|==|`+)(?=\\S)([^\n]{1,400}?)(?<=\\S)\\1")
_MARKER = regex("^\\s*(?:(?:[-*+>]|\\d{1,3}[.)]|#{1,6})(?:\\s+|$))*")
_PAIR = regex(r"[a-z][a-z0-9_.-]{0,30}: ?\S.*")
"""A `key: value` line, whatever the key."""
_RULE = regex("[-*_=~#|:+\\s]*")
_TEMPLATE_TAG = regex(r"\{%[^\n]*%\}|\{\{[^\n]*\}\}")
"""A line that is only a tag of Liquid or Hexo, or a shortcode."""


class Naming(Enum):
    """What gives a text without a declared title its title."""

    TEXT = "text"
    """A heading above all other content, of any level if it is the only one of its level."""
    NOTE = "note"
    """A heading as for `TEXT`, but only of level 1, because a heading of a lower level is a section of a note."""
    FILE = "file"
    """The name of the file if it consists of words, even `Home` or `Index`."""


def normalize_title(title: str) -> str:
    """Normalize a title: cleaned, on one line, at most 500 characters."""
    title = clean_line(unescaped(title))
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"


def derive_title(
    body: str,
    written_in: BodyFormat,
    name: Name,
    *,
    naming: Naming = Naming.TEXT,
    listed: Callable[[], str] = str,
) -> str:
    """Derive a title from the body or the file name; empty if a file named only `.md` has no text.

    In order of precedence: a heading above all other content; the result of `listed`, the title in the site's
    navigation or empty, unless the file's name says more; for a numbered chapter, a first line that looks like a
    heading; the file name if it consists of words; for an `index`, the name of the folder; the first line of the body.
    `naming` restricts which headings count.
    """
    if naming is Naming.FILE and (name.is_meaningful or name.is_index):
        return normalize_title(name.title)
    if "base64," in body:
        body = _EMBEDDED.sub("", body)
    sample = body[:_SAMPLE]
    deep = naming is Naming.TEXT or not name.is_meaningful
    if title := _title_from_heading(sample, written_in, name, deep=deep) or _unless_shorter(listed(), name):
        return title
    if name.is_numbered and (title := _title_from_lines(sample, written_in)) and _is_heading_like(title):
        return title
    if name.is_meaningful or (name.is_index and name.folder):
        return normalize_title(name.title if name.is_meaningful else name.folder)
    title = _title_from_lines(sample, written_in)
    if title and not (name.date is not None and _SECTION_NAME.fullmatch(title)):
        return title
    return normalize_title(name.title)


def _unless_shorter(listed: str, name: Name) -> str:
    """Return the title in the navigation; empty if the file's name has East Asian characters and is not shorter.

    A longer file name is the full title, which the navigation shortens. Numbers of chapters do not count as part of
    the length.
    """
    own, part = (_ORDINAL.sub("", _SIGNS.sub("", text.casefold())) for text in (name.title, listed))
    is_shorter = own != part and len(own) >= len(part) and _EAST_ASIAN.search(own) is not None
    return "" if name.is_meaningful and is_shorter else listed


def _title_from_heading(sample: str, written_in: BodyFormat, name: Name, *, deep: bool) -> str:
    if written_in is BodyFormat.HTML:
        return _html_heading(_READING.sub("", _INVISIBLE.sub("", sample)))
    if written_in is BodyFormat.MARKDOWN:
        return _markdown_heading(sample, name, deep=deep)
    return ""


def _title_from_lines(sample: str, written_in: BodyFormat) -> str:
    """Return the first line that is neither a date nor `key: value`, nor other markup without content."""
    if written_in is BodyFormat.HTML:
        sample = _READING.sub("", _INVISIBLE.sub("", sample))
        lines = _TAG.sub("", _BREAK.sub("\n", sample.replace("\n", " "))).split("\n")
    elif written_in is BodyFormat.MARKDOWN:
        outside = _COMMENT.sub("", _FENCE.sub("", sample))
        lines = [plain(line) for line in outside.split("\n")]
    else:
        lines = sample.split("\n")
    said = (normalize_title(line[: 2 * LONGEST]) for line in lines if line.strip())
    return next((_shortened(line) for line in said if line and not _is_no_title(line)), "")


def _is_heading_like(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and not line.endswith(_SENTENCE_ENDS)


def _is_no_title(line: str) -> bool:
    if line.startswith("|") and line.endswith("|"):
        return True  # A row of a table.
    return (
        _RULE.fullmatch(line) is not None
        or _PAIR.fullmatch(line) is not None
        or _TEMPLATE_TAG.fullmatch(line) is not None
        or is_known(line)
        or (len(line) < _LONGEST_LINE and is_date(line))
    )


def _html_heading(sample: str) -> str:
    """Return the only `<h1>`, or a heading before all other text if it is an `<h1>` or the only one of its level."""
    headings = list(islice(_HEADING.finditer(sample), _HEADINGS_COUNTED))
    said = [(heading[1].lower(), normalize_title(_TAG.sub("", heading[2])), heading.start()) for heading in headings]
    said = [one for one in said if one[1]]
    mains = [one for one in said if one[0] == "h1"]
    if len(mains) == 1:
        return mains[0][1]
    if not said or _TAG.sub("", sample[: said[0][2]]).strip():
        return ""
    level, title, _start = said[0]
    return title if level == "h1" or sum(one[0] == level for one in said) == 1 else ""


def _markdown_heading(sample: str, name: Name, *, deep: bool) -> str:
    """Return the heading that is the first block, if it is of level 1 or, with `deep`, the only one of its level.

    A heading that only begins a section is not the title; see `_begins_section`.
    """
    above = _ABOVE.match(sample)
    start = above.end() if above is not None else 0
    if sample[start : start + 3].lower() == "<h1":
        return _html_heading(sample[start:])
    heading = _MARKDOWN_HEADING.match(sample, start)
    if heading is None and (pictures := _PICTURES.match(sample, start)) is not None:
        heading = _MARKDOWN_HEADING.match(sample, pictures.end())
        if heading is not None and heading[1] != "#":
            return ""
    if heading is None or not (title := plain(heading[2] or heading[3] or "", marked=False)):
        return ""
    level = len(heading[1]) if heading[1] else 1 if heading[4][0] == "=" else 2
    others = _FENCE.sub("", sample[heading.end() :])
    same = sum(
        (len(other[1]) if other[1] else 1 if other[4][0] == "=" else 2) == level
        for other in _MARKDOWN_HEADING.finditer(others)
    )
    if level > 1 and not (deep and not same):
        return ""
    return "" if _begins_section(name, title, level, is_only=not same, deep=deep) else title


def _begins_section(name: Name, title: str, level: int, *, is_only: bool, deep: bool) -> bool:
    """Whether the heading at the top names a section rather than the whole text.

    A heading names a section if it is numbered, if it is a usual name of sections, or if its topic is not that of the
    file's name. The only heading of level 1 names the text even if it is numbered or has another topic. If it is a
    usual name, it names the text only outside notes, and only if the name of the file is in another script:
    `preface.md` with the heading 前言 is the preface, but `lamps.md` with the heading Installation is about lamps.
    """
    if _SIGNS.sub("", title.casefold()) in (_SIGNS.sub("", named.casefold()) for named in (name.title, name.topic)):
        return False
    if _SECTION_NAME.fullmatch(title.rstrip(":： ")):
        # `summary.md` and `introduction.ca.md` are the parts that they name, in whatever language.
        is_named = name.is_meaningful and not _SECTION_NAME.fullmatch(name.title.partition(".")[0])
        is_named = is_named and (title.isascii() or not name.title.isascii())
        return level > 1 or not is_only or not deep or is_named or name.date is not None
    if level == 1 and not (is_only and deep) and _NUMBERED_SECTION.fullmatch(title):
        return True
    says_topic = not (is_only and level == 1) and _WRITTEN_NAME.fullmatch(name.topic)
    return bool(says_topic) and _words(title).isdisjoint(_words(name.topic))


def _words(text: str) -> set[str]:
    """The words of a text in lower case; of Chinese and Japanese text, its pairs of characters."""
    return {found[0] + (found[1] or "") for found in _WORD.finditer(text.casefold())}


def plain(line: str, *, marked: bool = True) -> str:
    """Remove Markdown syntax from a line, keeping escaped characters and brackets that are not links.

    With `marked`, the marker of a list, quotation or heading is removed too.
    """
    line = line[: 2 * LONGEST]
    escaped: list[str] = []

    def keep(match: re.Match[str]) -> str:
        escaped.append(match[1])
        return "\ue000"

    line = _ESCAPE.sub(keep, line.replace("\ue000", ""))
    line = _ATTRIBUTES.sub("", _FOOTNOTE.sub("", line))
    line = _WIKI.sub(lambda link: link[2] or link[1], line)
    line = _LINK.sub(r"\1", _IMAGE.sub(r"\1", _TAG.sub("", line)))
    line = line.strip().rstrip("#")
    line = _MARKER.sub("", line) if marked else line
    line = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", line))
    for character in escaped:
        line = line.replace("\ue000", character, 1)
    line = normalize_title(line)
    return "" if _RULE.fullmatch(line) else line


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE].rstrip() + "…"
