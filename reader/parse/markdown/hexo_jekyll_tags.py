"""Rules for template tags between `{%` and `%}` (Hexo, Jekyll)."""

import re
from functools import lru_cache

from reader.document.addresses import REFERENCE
from reader.parse.html_vocabulary import CALLOUTS, escaped, names
from reader.parse.markdown.directives import contained
from reader.parse.markdown.embedded_services import service_link
from reader.parse.markdown.fences import code_info
from reader.parse.markdown.scanner import (
    MOST_LINES,
    BlockRule,
    LineRule,
    Replacement,
    fenced,
    literal,
    quoted,
)
from reader.parse.markdown.targets import is_in_address, reference, written_path
from reader.parse.markdown.template_expressions import EXPRESSION, named_arguments, rewritten_expressions
from reader.regex import regex

_TAG = regex(r"^(?P<in>(?:[ \t]*>)*[ \t]*)\{%-?\s*(?P<name>[\w-]+)(?P<said>.*?)-?%\}(?P<rest>.*)$")
_ANY = regex(r"(?<!\{)\{%-?\s*(?P<name>[\w-]+)(?P<said>[^\n]*?)-?%\}")
_TAB = regex(r"\s*<!--\s*(?:(end)?tab)\b(.*?)-->\s*")

_CODE = frozenset(("codeblock", "code", "highlight", "prism", "include_code_block"))
_QUOTES = names("blockquote quote pullquote cq centerquote bq")
_NOTES = names("note notel tip tips alert callout admonition notice subnote message hint box")
_FOLDS = names("details fold folding spoiler hidetoggle hideblock collapse hide toggle")
_WRAPPERS = names(
    "tabs tab subtabs grid row col column cell center right left centertext div p wow timeline timenode gallery "
    "galleries gallerygroup swiper cardlist if unless for case capture tablerow ifversion block markdown md "
    "grouppicture gp fullimage cell-container steps stepper"
)
_SILENT = names(
    "assign else elsif elseif elif when break continue increment decrement cycle set import extends layout more"
)
_PICTURES = names("asset_img asset_image img image figure picture lightbox fullimage fi inlineimage imagelink")
_VERBATIM = names("raw verbatim comment mermaid math katex plantuml chart")
_LINKS = frozenset(("post_link", "asset_link", "page_link"))
_REFERENCES = frozenset(("post_url", "post_path"))
_ADDRESSES = _REFERENCES | _LINKS | {"link", "asset_path"}
_ROOT = regex(r"(?<=[\s(\"'<])/+(?=\{%-?\s*(?:post_url|link)\s)")
"""Slashes before the tag of a page on the site, whose path begins with a slash itself."""
_ARGUMENT = regex(r"\s*(?:\"([^\"]+)\"|'([^']+)'|(\S+))")
_BUTTONS = names("link btn button linkcard ghcard site a")
_LABELS = names("label span emp u wavy del s kbd psw mark em strong text hide_text hideinline")


def _words(said: str) -> list[str]:
    try:
        import shlex  # noqa: PLC0415 - seldom needed, and slow to import

        return shlex.split(said, posix=True)
    except ValueError:
        return said.split()


# Blocks


def _block(lines: list[str], at: int) -> Replacement | None:
    """Rewrite a tag at the start of a line: a block up to its end tag, or a tag alone on its line."""
    found = _TAG.match(lines[at])
    if not found:
        return None
    name, said, rest, indent = found["name"].lower(), found["said"].strip(), found["rest"], found["in"]
    stop, last = _end(lines, at, found)
    if stop:
        first = [rest] if rest.strip() and stop > at else []
        inner = [*first, *lines[at + 1 : stop], *([last] if last.strip() else [])]
        if stop == at:
            inner = [last] if last.strip() else []
        if (made := _written_block(name, said, inner, indent)) is not None:
            return made, stop + 1
    if rest.strip():
        return None
    if name in _SILENT or name in _WRAPPERS or (name.startswith("end") and _is_known(name[3:])):
        return [""], at + 1
    written = single(name, said)
    return ["", indent + (literal(found[0].strip()) if written is None else written), ""], at + 1


def _is_known(name: str) -> bool:
    return name in _CODE | _QUOTES | _NOTES | _FOLDS | _WRAPPERS


def _end(lines: list[str], at: int, found: re.Match[str]) -> tuple[int, str]:
    """Return the line of a block's end tag (0 if there is none), and the text before the tag."""
    name = found["name"]
    if not (_is_known(name.lower()) or name.lower() in _VERBATIM):
        return 0, ""
    begins, ends = _tags(name)
    if hit := ends.search(found["rest"]):
        return (at, found["rest"][: hit.start()]) if not found["rest"][hit.end() :].strip() and at else (0, "")
    depth = 1
    nests = name.lower() not in _CODE and name.lower() not in ("raw", "verbatim", "comment")
    for number in range(at + 1, min(len(lines), at + MOST_LINES)):
        line = lines[number]
        if "{%" not in line:
            continue
        if nests and begins.search(line):
            depth += 1
        if hit := ends.search(line):
            depth -= 1
            if not depth:
                return number, line[: hit.start()]
    return 0, ""


@lru_cache(maxsize=256)
def _tags(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns for the beginning of a block and for its end tag."""
    return (
        re.compile(rf"\{{%-?\s*{re.escape(name)}\b[^%]*-?%\}}", re.IGNORECASE),
        re.compile(rf"\{{%-?\s*end{re.escape(name)}\b[^%]*-?%\}}", re.IGNORECASE),
    )


def _written_block(name: str, said: str, inner: list[str], indent: str) -> list[str] | None:  # noqa: PLR0911 - one per kind
    if name in _CODE:
        return fenced(inner, code_info(said), indent)
    if name in ("raw", "verbatim"):
        return [
            EXPRESSION.sub(lambda hit: literal(hit[0]), _ANY.sub(lambda hit: literal(hit[0]), line)) for line in inner
        ]
    if name == "comment":
        return [""]
    if name in ("mermaid", "math", "katex", "plantuml", "chart"):
        return ["$$", *inner, "$$"] if name in ("math", "katex") else fenced(inner, name, indent)
    if name in _QUOTES:
        source = " ".join(said.split())
        return quoted([*_again(inner), *([f"{indent}", f"{indent}— {_linked(source)}"] if source else [])], indent)
    if name in _NOTES:
        kind, title = _note_head(name, said)
        return contained(_again(inner), f"{kind} {title}", indent)
    if name in _FOLDS:
        title = re.sub(r"^(?:open|close|(?:red|blue|green|cyan|yellow|orange|purple|gray)\b)?[\s,]*", "", said).strip(
            " \"',"
        )
        return contained(_again(inner), f"details {title}", indent)
    if name in _WRAPPERS:
        return ["", *_tabs(_again(inner)), ""]
    return None


def _again(lines: list[str]) -> list[str]:
    """Rewrite the tags inside a block."""
    from reader.parse.markdown.scanner import rewrite  # noqa: PLC0415 - nested rules need the function that applies them

    return rewrite("\n".join(lines), RULES, LINE_RULES).split("\n")


def _tabs(lines: list[str]) -> list[str]:
    made: list[str] = []
    for line in lines:
        found = _TAB.fullmatch(line)
        if not found:
            made.append(line)
        elif not found[1] and (title := found[2].partition("@")[0].strip()):
            made += ["", f"**{literal(title)}**", ""]
        else:
            made.append("")
    return made


def _note_head(name: str, said: str) -> tuple[str, str]:
    """Return the kind and title of a note."""
    words = said.replace(",", " ").split()
    kind = name if name in CALLOUTS else "note"
    while words and (
        words[0].strip("\"'").lower() in CALLOUTS | {"danger", "flat", "simple", "modern", "disabled", "no-icon"}
    ):
        word = words.pop(0).strip("\"'").lower()
        kind = word if word in CALLOUTS else kind
    return kind, " ".join(word for word in words if not re.match(r"(?:fa[srb]?\b|fa-|icon)", word)).strip("\"'")


def _linked(text: str) -> str:
    """Return the source of a quotation; a URL in it is linked by the parser."""
    return text.strip()


# Tags without content


def single(name: str, said: str) -> str | None:  # noqa: PLR0911 - one per kind
    """Return a tag without content as Markdown; None if it is unknown."""
    if name in _PICTURES:
        return _picture(said)
    if name == "include":
        return _include(said)
    if name == "include_code":
        return _included_code(said)
    if name in _LINKS:
        return _linked_page(name, said)
    if name in _REFERENCES:
        target = said.strip().strip("\"'")
        return f"[{literal(target)}](<{REFERENCE}{target}>)"
    if name == "asset_path" or (name == "link" and "," not in said and "://" not in said):
        return said.strip().strip("\"'")
    if name in _BUTTONS:
        return _button(said)
    if name in _LABELS:
        return said.rpartition("@")[2].strip() or None
    words = _words(said)
    return service_link(name, words[0]) if words else None


def _linked_page(name: str, said: str) -> str | None:
    """Return the link of `name [title] [true|false]`; the name may be quoted."""
    first = _ARGUMENT.match(said)
    if first is None:
        return None
    target = (first[1] or first[2] or first[3]).strip()
    title = said[first.end() :].strip().removesuffix("false").removesuffix("true").strip().strip("\"'")
    return f"[{literal(title or target)}](<{target if name == 'asset_link' else REFERENCE + target}>)"


def _picture(said: str) -> str | None:
    """Return the picture of `[class …] address [width [height]] ["title" ["alt"]]`."""
    named = named_arguments(said)
    if "src" in named or "path" in named:
        return _figure(
            named.get("src") or named.get("path", ""),
            named.get("alt", ""),
            named.get("caption") or named.get("title", ""),
        )
    words = _words(said)
    place = next((n for n, word in enumerate(words) if "." in word or "/" in word), -1)
    if place < 0:
        return None
    texts = [word for word in words[place + 1 :] if not re.fullmatch(r"\d+(?:px|%)?|auto", word)]
    return f"![{literal(' '.join(texts))}](<{words[place].rstrip(',')}>)"


def _include(said: str) -> str | None:
    """Return an included image or video; other includes are unknown."""
    named = named_arguments(said)
    address = next(
        (named[key] for key in ("src", "url", "image_path", "path", "image", "file", "img") if named.get(key)), ""
    )
    if address:
        return _figure(
            address, named.get("alt", ""), named.get("caption") or named.get("title") or named.get("description", "")
        )
    if named.get("id"):
        service = re.match(r"\s*(?:[\w-]+/)*([\w-]+)", said)
        return service_link(service[1].lower(), named["id"]) if service else None
    return None


def _included_code(said: str) -> str | None:
    """Return a link to the path of `[title] [lang:language] [from:line] [to:line] path`."""
    words = _words(said)
    title = " ".join(word for word in words[:-1] if not re.match(r"(?:lang|from|to):", word))
    return f"[{literal(title or words[-1])}](<{words[-1]}>)" if words else None


def _figure(address: str, alt: str, caption: str) -> str:
    source = escaped(address).replace('"', "&quot;")
    picture = f'<img src="{source}" alt="{escaped(alt).replace(chr(34), "&quot;")}">'
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>" if caption else picture


def _button(said: str) -> str | None:
    """Return the link of `address, text[, icon]` or `text, address`."""
    parts = [part.strip().strip("\"'") for part in re.split(r",\s*|::", said) if part.strip()]
    target = next((part for part in parts if re.match(r"https?://|/|#|\.", part)), "")
    text = next((part for part in parts if part != target), "")
    return f"[{literal(text or target)}](<{target}>)" if target else None


def _inline(text: str) -> str:
    """Rewrite tags within a line."""
    # Search only up to the last end of a tag; searching for the end of each tag would take quadratic time.
    text = _ROOT.sub("", text)
    end = text.rfind("%}") + 2
    return _ANY.sub(_in_line, text[:end]) + text[end:] if end >= 2 else text


def _in_line(found: re.Match[str]) -> str:
    name = found["name"].lower()
    if name in _SILENT or name in ("raw", "endraw", "verbatim", "endverbatim"):
        return ""
    if name in ("include", *_PICTURES):
        # An image within a line cannot have a caption.
        named = named_arguments(found["said"])
        source = named.get("src") or named.get("path") or named.get("url")
        if source:
            return f"![{literal(named.get('alt') or named.get('caption', ''))}](<{source}>)"
    if name in _ADDRESSES and is_in_address(found.string, found.start()):
        return _address(name, found["said"])
    written = single(name, found["said"].strip())
    return literal(found[0]) if written is None else written


def _address(name: str, said: str) -> str:
    """Return what a tag inside a URL stands for: a page that is looked up, or a path."""
    if name not in _REFERENCES | _LINKS:
        return written_path(said.strip().strip("\"'"))
    if name in _REFERENCES:
        return reference(said.strip().strip("\"'"))
    first = _ARGUMENT.match(said)
    target = (first[1] or first[2] or first[3]).strip() if first is not None else ""
    return written_path(target) if name == "asset_link" else reference(target)


def _raw_in_line(text: str) -> str:
    """Escape the content of `raw` within a line."""
    if "endraw" not in text and "endverbatim" not in text:
        return text
    return re.sub(r"\{%-?\s*(raw|verbatim)\s*-?%\}(.*?)\{%-?\s*end\1\s*-?%\}", lambda found: literal(found[2]), text)


RULES: tuple[BlockRule, ...] = (BlockRule(("{%",), _block),)
LINE_RULES: tuple[LineRule, ...] = (
    LineRule(("{%",), _raw_in_line),
    LineRule(("{{",), rewritten_expressions),
    LineRule(("{%",), _inline),
)
