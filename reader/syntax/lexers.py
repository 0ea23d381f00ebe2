"""The lexer of a language by the names that authors give to it, or by an unmistakable beginning."""

import json
import re
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_for_filename, get_lexer_by_name
from pygments.util import ClassNotFound

from reader.regex import regex

_PLAIN = frozenset(
    [
        "text",
        "txt",
        "plain",
        "plaintext",
        "plain-text",
        "none",
        "nohighlight",
        "no-highlight",
        "output",
        "stdout",
        "log",
        "mermaid",
        "plantuml",
        "ascii",
    ]
)
"""Names that stand for no language, and names of kinds of diagrams."""

_ALIASES = {
    "objectivec": "objective-c", "obj-c": "objective-c", "oc": "objective-c", "golang": "go", "markup": "html",
    "xhtml": "html", "htmlbars": "html", "terminal": "console", "shell-session": "console", "sh-session": "console",
    "shellscript": "bash", "bashrc": "bash", "node": "js", "nodejs": "js", "es6": "js", "mjs": "js", "wxss": "css",
    "wxml": "html", "vue": "html", "svelte": "html", "jsonc": "json5", "py": "python",
    "cc": "cpp", "h": "c", "hpp": "cpp", "rs": "rust", "kt": "kotlin", "ps": "powershell",
    "pgsql": "postgresql", "plsql": "sql", "yml": "yaml", "conf": "ini",
    "env": "bash", "makefile": "make", "latex": "tex", "patch": "diff", "udiff": "diff",
    "cs": "csharp", "c-sharp": "csharp", "vb": "vbnet", "el": "elisp", "emacs-lisp": "elisp", "viml": "vim",
    "docker-compose": "yaml", "frontmatter": "yaml", "ipython": "python", "r": "splus",
}  # fmt: skip
"""Names in use that Pygments does not know."""

_SHEBANG = regex(r"#!\s*\S*?[/ ](?:env\s+(?:-S\s+)?)?(bash|sh|zsh|fish|python|node|perl|ruby|php|lua|awk)[\d.]*\b")
_DIFF = regex(r"(?m)\A(?:diff --git |Index: .*\n=+\n|--- \S.*\n\+\+\+ \S.*\n@@ )")
_PROMPT = regex(r"(?m)\A(?:\$ [a-z./~]|[\w.-]+@[\w.-]+[:~ ][^\n]*[$#] \w)")
_OPENINGS = (
    ("php", regex(r"\A\s*<\?php\b")),
    ("xml", regex(r"\A\s*<\?xml ")),
    ("html", regex(r"(?i)\A\s*<(?:!doctype html|html|head|body|div|script|style|template)\b")),
    ("pycon", regex(r"\A>>> ")),
    ("diff", _DIFF),
    ("console", _PROMPT),
    ("make", regex(r"\A\.PHONY:")),
    ("docker", regex(r"\A(?:#[^\n]*\n)*FROM [\w./:-]+(?: AS \w+)?\n(?:[^\n]*\n)*?(?:RUN|COPY|CMD|ENV|WORKDIR|ADD) ")),
)
"""Beginnings by which a language is certain."""

_SIGNS = {
    "python": r"""
^\s*(?:async )?def \w+\([^\n]*\)(?: -> [^\n]+)?:\s*(?:#.*)?$
^(?:from [\w.]+ )?import [\w., ]+(?: as \w+)?$
^\s*class \w+(?:\([\w., ]*\))?:$
^if __name__ == ['"]
^\s*(?:elif|except)\b[^\n]*:$
^\s*@\w[\w.]*$
""",
    "c": r"""
^#include\s*[<"]
^#(?:define|ifdef|ifndef) \w
\bint main\s*\(
\bprintf\s*\(
^typedef struct
""",
    "cpp": r"""
^#include <(?:iostream|vector|string|map|memory|algorithm)>
\bstd::\w
^using namespace \w
\btemplate\s*<
""",
    "java": r"""
^(?:public|private|protected) (?:static |final |abstract )*(?:class|interface|void|\w+(?:<[^\n]*>)? \w+\()
^import (?:static )?(?:java|org|com)\.[\w.*]+;
^package [\w.]+;
\bSystem\.out\.print
^\s*@Override$
""",
    "js": r"""
\b(?:const|let|var) [\w{][^\n=]*= ?(?:require\(|async |function\b|\()
=> \{$
\bconsole\.log\(
^import [^\n]+ from ['"]
^(?:export )?(?:default |async )*function\b[^\n]*\{$
^module\.exports\b
\bdocument\.\w+\(
^(?:const|let) \w+ = [^\n]*;$
""",
    "go": r"""
^package \w+$
^func (?:\([^)\n]*\) )?\w+\(
\b\w+ :=\s
\bfmt\.\w+\(
^import \($
""",
    "rust": r"""
\bfn \w+(?:<[^\n]*>)?\(
\blet mut \w
^use \w+(?:::\w+)+
\bprintln!\(
^impl\b[^\n]*\{$
""",
    "sql": r"""
(?i)^\s*select\b[^\n]+\bfrom\b
(?i)^\s*(?:create|alter|drop) (?:table|database|index|view)\b
(?i)^\s*insert into \w
(?i)^\s*(?:left |inner )?join \w+ (?:\w+ )?on\b
(?i)^\s*(?:where|group by|order by)\b
""",
    "bash": r"""
^(?:sudo |\$ )?(?:apt|apt-get|yum|dnf|brew|pip3?|npm|yarn|git|docker|systemctl|curl|wget|chmod|mkdir) [\w./~-]
^\s*(?:if \[|for \w+ in [^\n]*; do|while [^\n]*; do|fi$|done$|esac$)
^export \w+=
^\s*echo ["'$]
""",
    "css": r"""
^[.#]?[\w-]+(?:[ :>.#][^{};\n]*)?\{$
^\s+[a-z-]+: [^;{}\n]+;$
^@media\b
""",
    "ruby": r"""
^\s*def \w+[?!]?(?:\([^\n]*\))?$
^\s*end$
^require ['"]
\bdo \|\w+\|$
""",
}
"""Lines that are typical of a language. Two different ones must occur before it is assumed."""

_ENOUGH = 2


def lexer_for(language: str, sample: str) -> Lexer | None:
    """Return the lexer of a named language, else of one that is almost certain, else None.

    Args:
        language: The name given in the source, or a file name, or empty.
        sample: The beginning of the code.
    """
    return _named(language.strip().lower()) if language.strip() else _named(guessed_language(sample))


@lru_cache(maxsize=64)
def _named(name: str) -> Lexer | None:
    """Return the lexer for the name of a language or file; None if there is none. Making a lexer may take 0.1 s."""
    name = name.removeprefix("language-").removeprefix("lang-").strip("{}. ")
    if not name or name in _PLAIN:
        return None
    try:
        return get_lexer_by_name(_ALIASES.get(name, name))
    except ClassNotFound:
        found = find_lexer_class_for_filename(name) if "." in name else None
        return found() if found else None


def guessed_language(sample: str) -> str:
    """Return the language of code whose beginning is unmistakable, or empty."""
    sample = sample.lstrip("\n")
    if found := _SHEBANG.match(sample):
        return {"sh": "bash", "zsh": "bash", "node": "js"}.get(found[1], found[1])
    for name, opening in _OPENINGS:
        if opening.search(sample):
            return name
    if sample[:1] in "{[" and _is_json(sample):
        return "json"
    scores = {name: sum(bool(sign.search(sample)) for sign in signs) for name, signs in _compiled().items()}
    best = max(scores.values())
    leading = [name for name, score in scores.items() if score == best]
    # C++ has the signs of C, too.
    if best >= _ENOUGH and (len(leading) == 1 or leading == ["c", "cpp"]):
        return leading[-1]
    return ""


@lru_cache(maxsize=1)
def _compiled() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        name: tuple(re.compile(sign, re.MULTILINE) for sign in signs.split("\n") if sign)
        for name, signs in _SIGNS.items()
    }


def _is_json(sample: str) -> bool:
    try:
        found = json.loads(sample)
    except (ValueError, RecursionError):
        # The sample may end within a value.
        return bool(_JSON_START.match(sample))
    return isinstance(found, dict | list)


_JSON_START = regex(r'\A[\[{]\s*(?:\{\s*)?"[^"\n]+"\s*:\s*[\["{\dtfn-]')
