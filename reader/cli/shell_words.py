"""The word that is being typed in a command line of bash, and completions quoted to fit into that line."""

from reader.lean_dataclasses import dataclass
from reader.regex import regex

_PLAIN = regex(r"[\w@%+=:,./-]")
"""Characters that no shell interprets; letters of any script."""

_IN_DOUBLE = '$`"\\'
"""Characters that a backslash escapes between double quotation marks (bash manual, 3.1.2.3)."""


@dataclass(frozen=True, slots=True)
class TypedWord:
    """The last word of a command line, as far as it was typed.

    Attributes:
        text: The word without its shell quoting.
        kept: The prefix that bash keeps: up to the last word break or quotation mark.
        quote: The quotation mark that is open, or empty.
    """

    text: str
    kept: str = ""
    quote: str = ""


def typed_word(line: str, breaks: str = "") -> TypedWord:
    """Return the last word of a line; `breaks` has the characters that separate words (COMP_WORDBREAKS)."""
    text = kept = quote = ""
    is_escaped = False
    for sign in line:
        if is_escaped:
            text += sign if not quote or sign in _IN_DOUBLE else f"\\{sign}"
            is_escaped = False
        elif sign == "\\" and quote != "'":
            is_escaped = True
        elif sign == quote:
            quote, kept = "", text
        elif quote:
            text += sign
        elif sign in "'\"":
            quote, kept = sign, text
        elif sign.isspace():
            text = kept = ""
        else:
            text += sign
            kept = text if sign in breaks else kept
    return TypedWord(text, kept, quote)


def quoted(text: str, quote: str) -> str:
    """Quote a part of a word for bash; `quote` is the quotation mark that is open before it, or empty."""
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote:
        return "".join(f"\\{sign}" if sign in _IN_DOUBLE else sign for sign in text)
    return "".join(sign if _PLAIN.match(sign) else f"\\{sign}" for sign in text)
