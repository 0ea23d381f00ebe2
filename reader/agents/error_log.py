"""Logging of the SDK's errors to stderr: each on one line, instead of a traceback."""

import logging

from reader.document.sanitizing import clean_line

_LONGEST = 500
"""The maximum length of a line in characters: an error may repeat what an agent has sent."""


class _OneLine(logging.Formatter):
    """The message of a record and its error on one line, without control characters."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        error = record.exc_info[1] if record.exc_info else None
        reason = f": {type(error).__name__}: {error}" if error is not None else ""
        return clean_line(f"reader mcp: {record.getMessage()}{reason}"[:_LONGEST])


def log_errors() -> None:
    """Log errors to stderr; call this before the SDK configures logging, which then keeps this configuration."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine())
    logging.basicConfig(level=logging.ERROR, handlers=[handler])
