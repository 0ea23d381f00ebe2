"""Chunks of code: parts of a long code block that are tokenized independently, so that no block takes long."""

from reader.lean_dataclasses import dataclass

LONGEST_CHUNK = 12_000
"""The maximum length of a chunk in characters: tens of milliseconds for a slow lexer."""

_CONTEXT = 3_000
"""The maximum number of characters before a chunk that are tokenized, too, so that the lexer's state is right."""

_SAMPLE = 4_000
"""The number of characters at the beginning of a block from which its language is guessed."""


@dataclass(frozen=True, slots=True)
class CodeChunk:
    """A part of a code block to be tokenized.

    Attributes:
        document: A number that distinguishes its document from those shown before and after it.
        leaf: The number of the leaf.
        number: The number of the chunk in it.
        start: The offset of `text` in the leaf.
        skipped: The length of the context at the beginning of `text`, whose tokens are not wanted.
        text: The context and the chunk.
        language: The language that the source names, or empty.
        sample: The beginning of the block, from which the language is guessed if none is named.
    """

    document: int
    leaf: int
    number: int
    start: int
    skipped: int
    text: str
    language: str
    sample: str


def chunk_number(offset: int) -> int:
    """Return the number of the chunk that contains an offset, without reading the text."""
    return offset // LONGEST_CHUNK


def chunk_of(code: str, language: str, number: int, *, document: int = 0, leaf: int = 0) -> CodeChunk:
    """Return chunk `number` of the code block `leaf`, with the lines before it as context.

    If a chunk begins in the middle of a line, the rest of the line belongs to it, and the line's beginning is context.
    """
    first, last = number * LONGEST_CHUNK, min((number + 1) * LONGEST_CHUNK, len(code))
    start = max(first - _CONTEXT, 0)
    if start:
        # A blank line rarely lies within a string or a comment.
        blank = code.find("\n\n", start, first)
        line = code.find("\n", start, first)
        start = blank + 2 if blank >= 0 else line + 1 if line >= 0 else start
    # The lexer would report a token that is cut at the end, such as a string, as an error.
    end = code.find("\n", last, last + _CONTEXT)
    stop = last if last == len(code) or end < 0 else end
    return CodeChunk(document, leaf, number, start, first - start, code[start:stop], language, code[:_SAMPLE])
