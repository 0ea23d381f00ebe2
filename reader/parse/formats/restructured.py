"""reStructuredText, parsed by docutils; unknown roles and directives, such as those of Sphinx, keep their text."""

import re
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from docutils.core import publish_doctree
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.parsers.rst.languages import en
from docutils.statemachine import StringList
from docutils.writers.html5_polyglot import HTMLTranslator, Writer

from reader.parse.formats.restructured_tabs import TypedCode
from reader.regex import regex

_SETTINGS = {
    "_disable_config": True,
    "doctitle_xform": False,
    "embed_stylesheet": False,
    "file_insertion_enabled": False,
    "footnote_references": "superscript",
    "halt_level": 5,
    "initial_header_level": 1,
    "input_encoding": "unicode",
    "line_length_limit": 10_000_000,
    "math_output": "LaTeX",
    "output_encoding": "unicode",
    "raw_enabled": True,
    "report_level": 2,
    "section_self_link": False,
    "sectsubtitle_xform": False,
    "stylesheet": None,
    "stylesheet_path": None,
    "syntax_highlight": "none",
    "toc_backlinks": False,
    "traceback": True,
    "warning_stream": False,
}
_DIRECTIVE = regex(r"^[ \t]*\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([\w:.+-]+?)::(?=\s|$)", re.MULTILINE)
_MAIL_HEADER = regex(r"\s*(?:[A-Z][\w-]{0,40}:(?: [^\n]*)?\n(?:[ \t]+\S[^\n]*\n)*){0,20}Title: +\S")
"""Fields as in an e-mail (RFC 2822) at the top, with which Python's enhancement proposals begin."""
_ROLE = regex(r":([\w:.+-]+?):`|`:([\w:.+-]+?):")
_WITH_TARGET = regex(r"(.+?)\s*<([^<>]*)>", re.DOTALL)
_SHORT_RULE = regex(r"\S* ?\(?.*Title (?:over|under)line too short")
"""The warning about a title that is wider than its rule, as Chinese ones often are; docutils accepts the title."""
_LISTED = {"toctree", "autosummary"}
"""Directives whose content is one name per line."""
_GENERATED = {"contents", "sectnum", "section-numbering"}
"""Directives that generate what the outline shows: a table of contents, and numbers of sections."""
_CODE = {
    "code",
    "code-block",
    "sourcecode",
    "prompt",
    "console",
    "doctest",
    "testcode",
    "graphviz",
    "mermaid",
    "plantuml",
}
"""Directives whose content is code; they replace those of docutils, which reject the options of Sphinx."""


def restructured_to_html(text: str) -> str:
    """Translate reStructuredText to HTML, with the title as `h1`. Other files are not included.

    Raises:
        Exception: docutils cannot parse the text; it has no specific exception for that.
    """
    for name in {name.lower() for name in _DIRECTIVE.findall(text)}:
        if name not in en.directives or name in _CODE or name in _GENERATED:
            directives.register_directive(name, _directive(name))
    for before, behind in set(_ROLE.findall(text)):
        name = (before or behind).lower()
        if name not in en.roles:
            roles.register_local_role(name, _as_text)
    settings = get_default_settings(Parser, Writer)
    for name, value in _SETTINGS.items():
        setattr(settings, name, value)
    parser = Parser(rfc2822=_MAIL_HEADER.match(text) is not None)
    tree = publish_doctree(text, parser=parser, settings=settings)
    for message in list(tree.findall(nodes.system_message)):
        # Drop the error messages of docutils, but keep the source text that they quote.
        quoted = [] if _SHORT_RULE.match(message.astext()) else list(message.findall(nodes.literal_block))
        message.parent.replace(message, quoted)
    source = TypedCode(text)
    for code in tree.findall(nodes.FixedTextElement):
        if len(code) == 1 and isinstance(code[0], nodes.Text):
            code[:] = [nodes.Text(source.typed(code.astext()))]
    translator = _Translator(tree)
    tree.walkabout(translator)
    return "".join((*translator.body_pre_docinfo, *translator.docinfo, *translator.body))


class _Translator(HTMLTranslator):
    """Writes code with its language, formulas and footnotes in the same HTML as the Markdown parser."""

    def unknown_visit(self, node: Any) -> None:
        # Title an admonition (note, warning, tip …) by its element, which docutils does only for other writers.
        name = escape(node.tagname)
        self.body.append(f'<div class="admonition {name}"><p><em>{name.title()}</em></p>')

    def unknown_departure(self, _node: nodes.Node) -> None:
        self.body.append("</div>\n")

    def visit_system_message(self, _node: nodes.system_message) -> None:
        raise nodes.SkipNode

    def visit_section(self, node: nodes.section) -> None:
        if "system-messages" in node["classes"]:
            raise nodes.SkipNode
        super().visit_section(node)

    def visit_problematic(self, node: nodes.problematic) -> None:
        # Show an unresolved reference as source text.
        self.body.append(escape(node.astext(), quote=False))
        raise nodes.SkipNode

    def visit_literal(self, node: nodes.literal) -> None:
        self.body.append(f"<code>{escape(node.astext(), quote=False)}</code>")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        language = next((name for name in node["classes"] if name not in {"code", "literal-block"}), "")
        name = f' class="language-{escape(language)}"' if language else ""
        lines = f' data-line="{escape(node["lines"])}"' if node.get("lines") else ""
        self.body.append(f"<pre{lines}><code{name}>{escape(node.astext(), quote=False)}</code></pre>\n")
        raise nodes.SkipNode

    def visit_math(self, node: nodes.math) -> None:
        self.body.append(f"\\({escape(node.astext(), quote=False)}\\)")
        raise nodes.SkipNode

    def visit_math_block(self, node: nodes.math_block) -> None:
        self.body.append(f"<p>\\[{escape(node.astext(), quote=False)}\\]</p>\n")
        raise nodes.SkipNode

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> None:
        label = escape(str(node.get("refid", "")))
        number = escape(node.astext())
        self.body.append(f'<sup class="footnote-ref"><a href="#fn-{label}">{number}</a></sup>')
        raise nodes.SkipNode

    def visit_footnote(self, node: nodes.footnote) -> None:
        # Drop the label, because the list shows the number.
        node.children = [child for child in node.children if not isinstance(child, nodes.label)]
        label = escape(node["ids"][0] if node["ids"] else "")
        self.body.append(f'<section class="footnotes"><ol><li id="fn-{label}">')

    def depart_footnote(self, _node: nodes.footnote) -> None:
        self.body.append("</li></ol></section>\n")


class _Options(dict[str, Any]):
    """An option specification that accepts any name and value."""

    def __missing__(self, _name: str) -> Any:
        return directives.unchanged


class _CodeDirective(Directive):
    """A code directive with the options of docutils and Sphinx; a caption becomes a paragraph above it."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = _Options(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        code = nodes.literal_block("\n".join(self.content), "\n".join(self.content))
        code["classes"] += ["code", *self.arguments[:1]]
        code["lines"] = self.options.get("emphasize-lines", "")
        caption = self.options.get("caption", "")
        return [nodes.paragraph("", caption), code] if caption else [code]


class _UnknownDirective(Directive):
    """A directive unknown to docutils: its argument and content become text."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = _Options(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        if self.arguments:
            text, _messages = self.state.inline_text(self.arguments[0], self.lineno)
            made.append(nodes.paragraph("", "", nodes.strong("", f"{self.name} "), *text))
        if self.name in _LISTED:
            items = [nodes.list_item("", nodes.paragraph(line, line.strip())) for line in self.content if line.strip()]
            return [*made, nodes.bullet_list("", *items)] if items else made
        inner = nodes.container()
        self.state.nested_parse(StringList(self.content), self.content_offset, inner)
        return [*made, *inner.children]


class _GeneratedDirective(Directive):
    """A directive that generates a table of contents or numbers of sections; it is left out."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = _Options(name=directives.unchanged)

    def run(self) -> list[nodes.Node]:
        return []


def _directive(name: str) -> type[Directive]:
    return _CodeDirective if name in _CODE else _GeneratedDirective if name in _GENERATED else _UnknownDirective


def _unknown_role(text: str) -> list[nodes.Node]:
    """Convert a role unknown to docutils: `text <target>` becomes a link, a name becomes code."""
    plain = nodes.unescape(text)
    if found := _WITH_TARGET.fullmatch(plain):
        return [nodes.reference("", found[1], refuri=found[2])]
    return [nodes.literal("", plain.removeprefix("~").removeprefix("!"))]


def _role(_name: str, _raw: str, text: str, *_rest: Any, **_options: Any) -> tuple[list[nodes.Node], list[nodes.Node]]:
    return _unknown_role(text), []


_as_text: Any = _role
"""`_role` typed as Any, because docutils' annotations require the exact argument names and one type of node."""
