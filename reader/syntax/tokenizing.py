"""Tokenizing of code by Pygments' lexers, only in worker processes or with a limit, as a lexer may never return."""

from array import array
from collections.abc import Iterator

from pygments.lexer import Lexer
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Operator, String, Token, _TokenType

from reader.syntax.code_chunks import CodeChunk
from reader.syntax.lexers import lexer_for
from reader.syntax.token_roles import NO_TOKENS, ROLE_ORDER, TokenRole, TokenTable

_ROLES: dict[_TokenType, TokenRole | None] = {
    Comment: TokenRole.COMMENT,
    Comment.Preproc: TokenRole.KEYWORD,
    Comment.PreprocFile: TokenRole.STRING,
    Keyword: TokenRole.KEYWORD,
    Keyword.Constant: TokenRole.NUMBER,
    Keyword.Type: TokenRole.TYPE,
    Operator.Word: TokenRole.KEYWORD,
    Name.Attribute: TokenRole.TYPE,
    Name.Builtin: TokenRole.TYPE,
    Name.Builtin.Pseudo: TokenRole.KEYWORD,
    Name.Class: TokenRole.NAME,
    Name.Constant: TokenRole.NUMBER,
    Name.Decorator: TokenRole.TYPE,
    Name.Exception: TokenRole.TYPE,
    Name.Function: TokenRole.NAME,
    Name.Namespace: TokenRole.NAME,
    Name.Property: TokenRole.TYPE,
    Name.Tag: TokenRole.KEYWORD,
    Name.Entity: TokenRole.NUMBER,
    Name.Variable: TokenRole.TYPE,
    Literal: TokenRole.NUMBER,
    String: TokenRole.STRING,
    String.Doc: TokenRole.COMMENT,
    String.Escape: TokenRole.NUMBER,
    String.Interpol: TokenRole.NUMBER,
    Number: TokenRole.NUMBER,
    Generic.Deleted: TokenRole.REMOVED,
    Generic.Inserted: TokenRole.ADDED,
    Generic.Heading: TokenRole.NAME,
    Generic.Subheading: TokenRole.TYPE,
    Generic.Prompt: TokenRole.KEYWORD,
    Generic.Output: TokenRole.COMMENT,
    Generic.Traceback: TokenRole.COMMENT,
    Token: None,
}
"""The roles of token types; the role of any other type is that of its nearest parent."""

_NUMBERS = {role: number for number, role in enumerate(ROLE_ORDER)}


def tokenize(chunks: list[CodeChunk]) -> list[TokenTable]:
    """Return the tokens of each chunk; none where no language is known."""
    return [_tokens(chunk) for chunk in chunks]


def _tokens(chunk: CodeChunk) -> TokenTable:
    lexer = lexer_for(chunk.language, chunk.sample)
    if lexer is None:
        return NO_TOKENS
    starts, ends, roles = array("L"), array("L"), bytearray()
    for start, end, role in _merged(lexer, chunk.text):
        if end > chunk.skipped:
            starts.append(chunk.start + max(start, chunk.skipped))
            ends.append(chunk.start + end)
            roles.append(_NUMBERS[role])
    return TokenTable(starts, ends, bytes(roles))


def _merged(lexer: Lexer, text: str) -> Iterator[tuple[int, int, TokenRole]]:
    """Yield tokens with a role, in order and without overlaps; adjacent tokens with the same role are merged."""
    begun, ended, role = 0, 0, None
    for start, kind, value in lexer.get_tokens_unprocessed(f"{text}\n"):
        end = min(start + len(value), len(text))
        if start < ended or start >= end:
            continue
        found = _role(kind)
        if found is not role or start > ended:
            if role is not None:
                yield begun, ended, role
            begun, role = start, found
        ended = end
    if role is not None:
        yield begun, ended, role


def _role(kind: _TokenType) -> TokenRole | None:
    if kind not in _ROLES:
        _ROLES[kind] = _role(kind.parent) if kind.parent is not None else None
    return _ROLES[kind]
