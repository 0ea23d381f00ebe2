"""Rules that decide whether dollar signs and escaped brackets are the delimiters of a formula.

Dollar signs also occur in prices, shell variables and templates.
"""

import re

from reader.regex import regex

_TEXT = regex(r"\\(?:text|mbox|textrm|textbf|mathrm|tag|label|operatorname)\*?\s*\{[^{}]*\}")
_WRITTEN = regex(
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u312f\u3131-\u318e\u31a0-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Han, kana, Hangul and full-width forms, which occur in formulas only as text."""
_FULL_WIDTH = regex("[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]")
_FULL_WIDTH_OPERATORS = regex("(?<=[\\w)}])[＋－＜＝＞≤≥](?=[\\w({\\\\])")
_PICTURE = regex(r"!\[[^\]\n]*\]\(|<img\s", re.IGNORECASE)
_SIGN = regex(r"[\\^_]")
_PRIME = regex(r"[\w})]'+$")
_HASH = regex(r"[0-9][a-z]?|[0-9]{1,2}|[A-Za-z0-9./]{16,}")
_EQUATION = regex(r"[^=<>+]*[=<>+].*[^=<>+]")
_COMMAND = regex(r"\\[A-Za-z]")
_LONG_COMMAND = regex(r"\\(?![nrt][A-Za-z])[A-Za-z]{2,}")
"""A command that cannot be an escape sequence in a string of a program, such as `\\n`."""
_OPERATOR = regex(
    r"\\(?:times|div|cdot|pm|oplus|otimes|cap|cup|leq?|geq?|neq?|approx|equiv|to|rightarrow|[dt]?frac|sqrt)(?![A-Za-z])"
)
_SENTENCE = regex(r"[，。；：！？、“”‘’「」『』《》]|[\u4e00-\u9fff]{16}")
"""Text that occurs between two formulas rather than in a formula whose variables are words."""
_SCRIPTS = regex(r"(?:[_^](?:[0-9A-Za-z+\-*]|\{[^{}]+\}|\\[A-Za-z]{2,})){1,2}")
"""Scripts without a base, which is the text before the formula."""
_CONTINUED = regex(r"[a-z_{$]")
_TEX = regex(r"(?<!\\)[\^_]|[=<>+]")
_WORDS = regex(r"[\w\s,.;:'\"-]{2,}")
_SHELL = regex(r"^[ \t]*(?:sudo|cd|ls|cat|echo|npm|yarn|git|pip|apt|brew|docker|export|curl|wget|ssh|mkdir|rm|cp|mv)\b")
_OPENS = regex(r"[{'\"/=@.]")
_MATHEMATICAL = regex(r"[\^=<>+*/|{}≤≥≠≈→∈×÷−·]|(?<![A-Za-z])[A-Za-z]_|\\[A-Za-z,;!%&]")
"""Signs that displayed formulas have and running text hardly ever does."""
_PROGRAM = regex(
    r"""[`"@]|&&|://|\$|\A\s*;|;\s*(?:\Z|[A-Za-z]{3,})|\s--[a-z]{2}|\A\s*[a-z]{2,} -[a-z0-9]\b|/[\w-]*\.\Z"""
    r"""|\s(?:\|\|?|>>?)\s+[a-z]{2,}"""
)
"""Text between the `$$` of a shell (its process id), a database (the body of a function) or a template."""
_RANGE = regex(r"\s*(?:[\d.,]+\s*)?[-\u2010-\u2015~～/]\s*")
"""Text between the dollar signs of a range of prices, `$$5–$$10`, or of price levels, `$$–$$$`."""
_PLAIN_WORD = regex(r"[(\"'“‘]?(?:[A-Za-z]+(?:['’-][A-Za-z]+)*|[\d.,]+)[)\"'”’]?[.,;:!?…]*")
_LETTERS = regex("[A-Za-z]+")
_BETWEEN_PRICES = regex(r"\)[^\\^_=]+")
"""Text between the dollar signs of two price levels: `($), bar ($$)`."""
_TEMPLATE = regex(r"(?:if|elseif|for)\([\w.-]{1,60}(?:/[\w]{1,20})?\)|else|endif|endfor|sep")
"""The keywords of Pandoc's templates, which stand between dollar signs."""
_FUNCTION = regex(
    r"(?:arc)?(?:sin|cos|tan|cot)h?|log|ln|lg|exp|max|min|sup|inf|lim|det|dim|gcd|lcm|mod|arg|ker|d?[a-zA-Z]"
)


def is_formula(tex: str, around: tuple[str, str], *, display: bool, one_line: bool) -> bool:
    """Whether text between dollar signs is TeX; `around` contains the characters before and after."""
    if not tex.strip() or _PICTURE.search(tex):
        return False
    if _TEMPLATE.fullmatch(tex):
        return False
    if display:
        return is_displayed(tex, around)
    return bool(one_line and tex == tex.strip() and not _is_written(tex) and _is_variable(tex, *around))


def is_displayed(tex: str, around: tuple[str, str]) -> bool:
    """Whether text between double dollar signs is TeX, not prose or a program; always if it fills its lines."""
    if not tex.strip():
        return False
    if _LONG_COMMAND.search(tex) or all(one in {"", "\n"} for one in around):
        return True
    if _PROGRAM.search(tex) or _RANGE.fullmatch(tex):
        return False
    return _MATHEMATICAL.search(tex) is not None or not _is_prose(tex)


def _is_prose(tex: str) -> bool:
    """Whether text without mathematical signs stands between two prices or shell variables, such as ` vs. `."""
    words = tex.split()
    has_blank = len(words) > 1 or tex != tex.strip()
    if _is_written(tex):
        return has_blank or _SENTENCE.search(tex) is not None
    if not has_blank or not all(map(_PLAIN_WORD.fullmatch, words)):
        return False
    return not all(map(_FUNCTION.fullmatch, _LETTERS.findall(tex)))


def _is_variable(tex: str, before: str, behind: str) -> bool:
    """Whether text in single dollar signs is TeX, not a program or a price, judging by its signs and its neighbours."""
    if _BETWEEN_PRICES.fullmatch(tex):
        return False
    if before.isalnum() and _SCRIPTS.fullmatch(tex) and not _CONTINUED.fullmatch(behind):
        # `AdS$_3$`, `H$_2$O`, but not `x$_name$`
        return True
    # `$HOME/bin:$PATH`, `$2a$12$…`, `$document_root$name`
    if behind in {"_", "{"} or behind.isdigit():
        return False
    if any(one.isascii() and one.isalnum() for one in (before, behind)) and not _COMMAND.search(tex):
        return False
    return not _is_shell(tex, before, behind) and (
        not _OPENS.fullmatch(before)
        or _LONG_COMMAND.search(tex) is not None
        or (("\\" in tex or "^" in tex) and before not in {"'", '"', "/", "@"})
    )


def _is_written(tex: str) -> bool:
    """Whether there is East Asian text between the delimiters; beside TeX commands, full-width marks do not count."""
    words = _FULL_WIDTH_OPERATORS.sub("", _TEXT.sub("", tex))
    if _OPERATOR.search(tex) and _SENTENCE.search(words) is None:
        # `明文 \oplus 密文`
        return False
    return _WRITTEN.search(_FULL_WIDTH.sub("", words) if _COMMAND.search(tex) else words) is not None


def _is_shell(tex: str, before: str, behind: str) -> bool:
    """Whether the dollar signs around a text belong to variables of a shell, a query or a template."""
    is_tex = _SIGN.search(tex) is not None
    is_called = behind == "(" and not (is_tex or _EQUATION.fullmatch(tex))
    if is_called or ("$" in (before, behind) and _HASH.fullmatch(tex)):
        return True
    # `{$sum:'$age'}`, `"$a/$b"`; but `$x'$`
    is_primed = _PRIME.search(tex) and before not in {"'", '"', ":"} and (is_tex or "'" not in tex.rstrip("'"))
    is_cut = tex[-1] in "'\"/@" or (tex[-1] == ":" and not (_COMMAND.search(tex) or (is_tex and tex[0] == ":")))
    return (is_cut and not is_primed) or _SHELL.match(tex) is not None


def is_latex(written: str, tex: str, around: tuple[str, str], *, one_line: bool) -> bool:
    r"""Whether text between \\( \\) or \\[ \\] is TeX rather than text in escaped brackets."""
    if not tex.strip() or _is_written(tex) or _PICTURE.search(tex):
        return False
    if one_line and _COMMAND.search(tex):
        return True
    if written.startswith("\\("):
        return _TEX.search(tex) is not None or _WORDS.fullmatch(tex.strip()) is None
    # Converters write the escaped brackets of plain text in the same way.
    return one_line and around == ("", "") and _TEX.search(tex) is not None
