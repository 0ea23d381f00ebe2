"""Rules for note-taking programs: Obsidian's comments, Logseq's properties and blocks, Joplin's trailing metadata."""

import re

from reader.document.addresses import WIKI
from reader.parse.html_vocabulary import CALLOUTS
from reader.parse.markdown.directives import contained
from reader.parse.markdown.embedded_services import service_link
from reader.parse.markdown.scanner import (
    MOST_LINES,
    AnyRule,
    BlockRule,
    LineRule,
    NestingRule,
    Replacement,
    Rewriter,
    fenced,
)
from reader.regex import regex

_COMMENT = regex(r"(?<![\d%])%%(?!%)(.+?)%%(?!%)")
_HIDDEN_PROPERTY = regex(
    r"^(?P<in>[ \t]*)(?P<item>[-*+][ \t]+)?"
    r"(?:id|collapsed|query-\w+|background-color|logseq\.[\w.-]+|heading|file-path|file|hl-\w+|ls-type"
    r"|card-[\w-]+"
    # Logseq hides the times of changes and of tasks, which it writes in milliseconds.
    r"|(?:(?:created|updated|last[-_]modified)[-_]at|now|later|todo|doing|done|wait(?:ing)?|cancell?ed|started|in-progress)"
    r"(?=::[ \t]+\d{13}[ \t]*$))::(?:[ \t].*)?$"
)
_PROPERTY = regex(r"^[ \t]*(?:[-*+][ \t]+)?[A-Za-z][\w/-]*::(?:[ \t].*)?$")
_NAMED = regex(r"^[ \t]*[A-Za-z][\w/-]*::(?:[ \t].*)?$")
_BEGIN = regex(r"^(?P<in>[ \t]*)(?P<item>[-*+][ \t]+)?#\+BEGIN_(?P<name>\w+)(?P<said>.*)$", re.IGNORECASE)
_EMPTY_ITEM = regex(r"[ \t]*[-*+][ \t]*")
_VERBATIM = frozenset({"SRC", "EXAMPLE", "EXPORT", "COMMENT", "QUERY"})
_HIGHLIGHT = regex(r"\^\^(?=[^\s^])([^^\n]{0,1000}[^\s^])\^\^")
_EMBED = regex(r"\{\{(video|youtube|vimeo|bilibili|tweet|twitter|youtube-timestamp)\s+([^{}\s]+)\s*\}\}")
_TIME = regex(r"\{\{youtube-timestamp[ \t]+(?:(\d{1,6})|((?:\d{1,2}:)?\d{1,2}:\d{2}))[ \t]*\}\}")
_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_BLOCK_UUID = regex(rf"^[ \t]*id::[ \t]+(?P<id>{_UUID})[ \t]*$")
_EMBEDDED_NOTE = regex(rf"\{{\{{embed[ \t]+(?:\[\[([^\[\]\n]+)\]\]|\(\(({_UUID})\)\))[ \t]*\}}\}}")
_CLOZE = regex(r"\{\{cloze[ \t]+([^{}\n]{1,1000})\}\}")
_PLACED_PICTURE = regex(r"!\[\[([^\[\]\n|]{1,300})((?:\|[^\[\]\n|]{0,300}){2,4})\]\]")
_PLACE = regex(
    r"(?:left|right|cent(?:er|re)|ctr|middle|inline|float|wrap|(?:\d{1,4}(?:px|%)?)?(?:x\d{1,4})?)(?:-\w+)?",
    re.IGNORECASE,
)
"""A parameter by which Obsidian and its themes place or size a picture: `center`, `400`, `400x300`."""
_WEB_WIKI = regex(r"(?<!!)\[\[(https?://[^\[\]\s|<>]{1,1000})(?:(?:\||\]\[)([^\[\]\n]{1,300}))?\]\]")
"""A link to a URL in the syntax of DokuWiki, or of Org, which Logseq accepts in Markdown."""
_LINKED_PICTURE = regex(r"\[!\[\[([^\[\]\n|#]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]\](?=\()")
_PIPED = regex(r"(?<!!)\[\[([^\[\]\n|]{1,300}(?<!\\))\|([^\[\]\n|]{0,300}(?<!\\)\|[^\[\]\n]{0,300})\]\]")
_IN_BRACKETS = regex(
    r"(?<!\[)(!?\[\[[^\[\]\n]{1,300}\]\])\((?!<|[^\s()]*[./#:@][^\s()]*(?:[ ]+\"[^\"\n]*\")?\)|[^()\n]*\.\w{2,5}\))"
)
"""A wiki link and the opening bracket of a pair that contains neither a URL nor a file."""
_AROUND = regex(r"(?<![\[!\\])\[(?=[^\[\]\n]{0,200}(?:\[\[[^\[\]\n]{1,300}\]\][^\[\]\n]{0,200}){1,8}(?:\](?![(\[])|$))")
"""The opening bracket of a pair around wiki links that is not the text of a link."""
_BEFORE_LINK = regex(r"(?<!\[)(!?\[\[[^\[\]\n]{1,300}\]\])(?=\[[^\[\]\n]{1,300}\]\()")
_NAMED_LINK = regex(r"\]\(\[\[([^\[\]<>\n]{1,300})\]\]\)")
_REFERENCE = regex(rf"(?<![(\[])\(\(({_UUID})\)\)(?!\))")
_NO_TEXT = regex(r"[ \t]*(?:[-*+](?:[ \t]|$)|[A-Za-z][\w/.-]*::|[`~]{3}|[|#>$]|\d+[.)][ \t]|%%|\{\{|<)")
"""The beginning of a line that is not the text of a paragraph."""
_BELOW_HEADING = regex(
    r"^(?P<heading>#{1,6}[ \t][^\n]*\n(?:[a-z][\w-]*::[^\n]*\n)*)(?P<outline>\t- [^\n]*(?:\n\t[^\n]*)*)", re.MULTILINE
)
_FIRST_TAB = regex(r"^\t", re.MULTILINE)
_INDENTED_ID = regex(rf"^\t[ \t]+id:: {_UUID}", re.MULTILINE)
_TAIL = regex(r"(?:\A|\n\n)(?:[a-z_]+:[^\n]*\n)*id: [0-9a-f]{32}\n(?:[a-z_]+:[^\n]*\n)*type_: \d+\s*\Z")


def without_joplin_tail(text: str) -> str:
    """Remove the metadata at the end of a Joplin RAW export."""
    if "\ntype_: " not in text[-400:]:
        return text
    found = _TAIL.search(text, max(0, len(text) - 8000))
    return text[: found.start()] if found else text


def without_indent_below_headings(text: str) -> str:
    """Unindent the outlines of Logseq below headings that are not list items: CommonMark reads them as code.

    An indented list is an outline if it has nested items, or block ids.
    """

    def unindented(found: re.Match[str]) -> str:
        outline = found["outline"]
        is_outline = "\n\t\t- " in outline or _INDENTED_ID.search(outline)
        return found["heading"] + (_FIRST_TAB.sub("", outline) if is_outline else outline)

    return _BELOW_HEADING.sub(unindented, text) if "\t" in text and "\n\t- " in text else text


def _comment(lines: list[str], at: int) -> Replacement | None:
    """Remove a closed comment of Obsidian with several lines, such as the settings of a board."""
    first = lines[at].strip()
    if not first.startswith("%%") or first.count("%%") > 1:
        return None
    for number in range(at + 1, min(len(lines), at + MOST_LINES)):
        line = lines[number].strip()
        if line == "%%" or (first != "%%" and line.endswith("%%") and line.count("%%") == 1):
            return [""], number + 1
        if first != "%%" and "%%" in line:
            break  # A `%%` inside a line begins a comment of a programming language.
    return None


def _property(lines: list[str], at: int, again: Rewriter) -> Replacement | None:
    """Remove internal properties, and put others on lines of their own."""
    line = lines[at]
    found = _HIDDEN_PROPERTY.match(line)
    if named := _BLOCK_UUID.match(line):
        return _block_id(lines, at, named["id"], again)
    if found:
        # Keep the list marker of the first line of an item.
        return ([f"{found['in']}{found['item']}".rstrip()] if found["item"] else []), at + 1
    if not _PROPERTY.match(line):
        return None
    follows = at + 1 < len(lines) and lines[at + 1].strip() != "" and not re.match(r"[ \t]*[-*+] ", lines[at + 1])
    return [f"{line.rstrip()}  " if follows else line], at + 1


def _block_id(lines: list[str], at: int, name: str, again: Rewriter) -> Replacement:
    """Move the id of a block of Logseq from below the block's first line to the end of its text, as in Obsidian."""
    line = lines[at].expandtabs(4)
    end = at + 1
    text: list[str] = []
    while end < min(len(lines), at + MOST_LINES) and lines[end].strip():
        following = lines[end]
        # Further properties belong to the block.
        if _NO_TEXT.match(following) and not _NAMED.match(following):
            break
        text.append(following)
        end += 1
    # The id ends a paragraph, so a formula below it begins another paragraph.
    apart = [""] if end < len(lines) and lines[end].lstrip().startswith("$") else []
    return [*again(text), f"{line[: len(line) - len(line.lstrip())]}^{name}", *apart], end


def _org_block(lines: list[str], at: int, again: Rewriter) -> Replacement | None:
    """Rewrite `#+BEGIN_QUOTE` and similar blocks, also in list items."""
    found = _BEGIN.match(lines[at])
    if not found:
        return None
    name = found["name"]
    end = re.compile(rf"^[ \t]*#\+END_{re.escape(name)}[ \t]*$", re.IGNORECASE)
    stop = next((number for number in range(at + 1, min(len(lines), at + MOST_LINES)) if end.match(lines[number])), 0)
    if not stop:
        return None
    indent = found["in"] + " " * len((found["item"] or "").expandtabs(4))
    inner = [indent + line.strip() if name.upper() != "SRC" else line for line in lines[at + 1 : stop]]
    if name.upper() not in _VERBATIM:
        inner = again(inner)
    match name.upper():
        case "QUOTE" | "VERSE" | "CENTER":
            made = [f"{indent}> {line[len(indent) :]}".rstrip() for line in inner]
        case "SRC" | "EXAMPLE" | "EXPORT":
            made = [
                line
                for line in fenced(inner, found["said"].split()[0] if found["said"].split() else "", indent)
                if line
            ]
        case "COMMENT" | "QUERY":
            made = []
        case _:
            kind = name.lower() if name.lower() in CALLOUTS else "note"
            made = [line for line in contained(inner, kind, indent) if line]
    if found["item"] and made:
        made[0] = found["in"] + found["item"] + made[0][len(indent) :]
    # An empty line below an empty item would end the item.
    above = [] if at and _EMPTY_ITEM.fullmatch(lines[at - 1]) else [""]
    return (made if found["item"] else [*above, *made, ""]), stop + 1


def _without_comments(text: str) -> str:
    return _COMMENT.sub("", text)


def _films(text: str) -> str:
    """Rewrite embedded videos of Logseq as links, and their timestamps as text."""
    text = _TIME.sub(lambda found: found[2] or _clock(int(found[1])), text)
    return _EMBED.sub(lambda found: service_link(found[1], found[2]) or found[0], text)


def _clock(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def _embedded_notes(text: str) -> str:
    """Rewrite embedded pages and blocks of Logseq as transclusions of Obsidian."""
    return _EMBEDDED_NOTE.sub(lambda found: f"![[{found[1] or f'(({found[2]}))'}]]", text)


def _linked_pictures(text: str) -> str:
    """Rewrite embedded pictures of Obsidian in links as Markdown, because a link cannot contain a wiki link."""
    return _LINKED_PICTURE.sub(r"[![](<\1>)]", text)


def _placed_pictures(text: str) -> str:
    """Keep one parameter of embedded pictures of Obsidian, `![[a.png|center|400]]`: the parser accepts no more."""

    def written(found: re.Match[str]) -> str:
        said = next((one for one in found[2].split("|") if one and not _PLACE.fullmatch(one.strip())), "")
        size = next((one for one in found[2].split("|") if one.strip().isdigit()), "")
        return f"![[{found[1]}{'|' + (said or size) if said or size else ''}]]"

    return _PLACED_PICTURE.sub(written, text)


def _piped_names(text: str) -> str:
    """Escape the bars inside the text of a wiki link: the parser accepts only the bar that begins the text."""
    return _PIPED.sub(lambda link: f"[[{link[1]}|{link[2].replace('|', '&#124;')}]]", text)


def _web_links(text: str) -> str:
    """Rewrite wiki links to URLs as Markdown links."""
    return _WEB_WIKI.sub(lambda link: f"[{link[2]}](<{link[1]}>)" if link[2] else f"<{link[1]}>", text)


def _clozes(text: str) -> str:
    """Rewrite the hidden words of Logseq's cards as text."""
    return _CLOZE.sub(r"\1", text)


def _references(text: str) -> str:
    """Rewrite references to blocks of Logseq as wiki links."""
    return _REFERENCE.sub(r"[[((\1))]]", text)


def _highlights(text: str) -> str:
    """Rewrite highlights of Logseq, `^^a^^`, as those of Obsidian, `==a==`."""
    return _HIGHLIGHT.sub(r"==\1==", text)


def _before_brackets(text: str) -> str:
    """Escape a parenthesis after a wiki link: the parser would read both as a link with brackets in its text."""
    return _IN_BRACKETS.sub(r"\1&#40;", text)


def _in_brackets(text: str) -> str:
    """Escape a bracket around wiki links: the parser would read it as the beginning of a wiki link."""
    return _AROUND.sub("&#91;", text)


def _named_links(text: str) -> str:
    """Rewrite links of Logseq to pages, `[text]([[page]])`, as Markdown links."""
    return _NAMED_LINK.sub(lambda found: f"](<{WIKI}{found[1]}>)", text)


def _before_links(text: str) -> str:
    """Separate a wiki link from a link after it: the parser would read both as one link."""
    return _BEFORE_LINK.sub(r"\1<!-- -->", text)


RULES: tuple[AnyRule, ...] = (
    BlockRule(("%%",), _comment),
    NestingRule(("::",), _property),
    NestingRule(("#+BEGIN_", "#+begin_"), _org_block),
)
LINE_RULES: tuple[LineRule, ...] = (
    LineRule(("%%",), _without_comments),
    LineRule(("{{",), _films),
    LineRule(("{{embed",), _embedded_notes),
    LineRule(("((",), _references),
    LineRule(("[![[",), _linked_pictures),
    LineRule(("![[",), _placed_pictures),
    LineRule(("[[http",), _web_links),
    LineRule(("[[",), _piped_names, _PIPED),
    LineRule(("{{cloze",), _clozes),
    LineRule(("]](",), _before_brackets),
    LineRule(("[[",), _in_brackets, regex(r"\[[^\[\]\n]{0,200}\[\[")),
    LineRule(("]([[",), _named_links),
    LineRule(("]][",), _before_links),
    LineRule(("^^",), _highlights),
)
