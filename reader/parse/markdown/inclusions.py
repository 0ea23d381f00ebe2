"""Rules for lines that a site generator replaces by a file: code becomes a link, and a note a transclusion.

The generators are VitePress (`<<< @/a.js`, `<!--@include: ./b.md-->`), VuePress (`@[code](../a.js)`), MkDocs
(`--8<-- "b.md"`), mdBook (`{{#include b.md}}`), Quarto (`{{< include b.qmd >}}`) and Hugo, whose sites define their
own shortcodes with customary names (`{{% include "/a/b" %}}`, `{{< readfile file="b.md" >}}`).
"""

from posixpath import basename

from reader.parse.markdown.scanner import BlockRule, Replacement, blank_line, literal
from reader.regex import regex

_CODE = regex(
    r"^(?P<in>(?:[ \t]*>)*[ \t]*)(?:<<<[ \t]*(?P<path>[^\s{}\[\]<>#]{1,500})(?P<region>#[\w-]+)?"
    r"(?:[ \t]*\{[^{}\n]*\})?(?:[ \t]*\[(?P<title>[^\[\]\n]{1,200})\])?"
    r"|@\[code(?:[ \t][^\[\]\n]*)?\]\((?P<vuepress>[^\s()]{1,500})\))[ \t]*$"
)
_NOTE = regex(
    r"^(?P<in>(?:[ \t]*>)*[ \t]*)"
    r"(?:<!--[ \t]*@include:[ \t]*(?P<path>[^\s{}#<>]{1,500})(?:#[\w-]+)?(?:\{[\d,]*\})?[ \t]*-->"
    r"|--8<--[ \t]*\"(?P<mkdocs>[^\"\s:]{1,500})(?::[\w:,-]*)?\""
    r"|\{\{<[ \t]*include[ \t]+(?P<quarto>[^\s{}<>\"=]{1,500})[ \t]*>\}\}"
    r"|\{\{[<%][ \t]*(?:include|include-?md|embed-md|readfile)[ \t]+(?:(?:file|path|src)[ \t]*=[ \t]*)?"
    r"\"(?P<hugo>[^{}<>\"]{1,500})\"[ \t]*/?[>%]\}\}"
    r"|\{\{[ \t]*#(?:include|rustdoc_include|playground)[ \t]+(?P<mdbook>[^\s{}:]{1,500})[^{}\n]*\}\})[ \t]*$"
)
_MARKDOWN = (".md", ".mdx", ".markdown", ".qmd", ".rmd")


def _code(lines: list[str], at: int) -> Replacement | None:
    """Rewrite a line that inserts code from a file as a link to the file."""
    found = _CODE.match(lines[at])
    if not found:
        return None
    path = _from_root(found["path"] or found["vuepress"])
    text = found["title"] or basename(path) + (found["region"] or "")
    return _alone(found["in"], f"[{literal(text)}](<{path}>)"), at + 1


def _note(lines: list[str], at: int) -> Replacement | None:
    """Rewrite a line that inserts a file: as a transclusion of Obsidian if it is a note, else as a link."""
    found = _NOTE.match(lines[at])
    if not found:
        return None
    path = _from_root(found["path"] or found["mkdocs"] or found["mdbook"] or found["quarto"] or found["hugo"].strip())
    # In Hugo, paths of pages may lack the suffix.
    if path.lower().endswith(_MARKDOWN) or (found["hugo"] and "." not in basename(path)):
        # The target of a wiki link is looked up by name; with `./` it is a path from the folder of the article.
        here = path if path.startswith(("/", ".")) or found["mkdocs"] or found["hugo"] else f"./{path}"
        return _alone(found["in"], f"![[{here}]]"), at + 1
    return _alone(found["in"], f"[{literal(basename(path))}](<{path}>)"), at + 1


def _from_root(path: str) -> str:
    """Return a path without the `@` that stands for the root of the sources."""
    return path[1:] if path.startswith("@/") else path


def _alone(indent: str, line: str) -> list[str]:
    """Return a line as a paragraph of its own."""
    blank = blank_line(indent)
    return [blank, indent + line, blank]


RULES: tuple[BlockRule, ...] = (
    BlockRule(("<<<", "@[code"), _code),
    BlockRule(("@include:", "--8<--", "{{#", "{{ #", "{{<", "{{%"), _note),
)
