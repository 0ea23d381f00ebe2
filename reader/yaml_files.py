"""Reading of small YAML files that people write, such as settings and themes, within limits."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.language import _, listed

if TYPE_CHECKING:
    import yaml

_DEEPEST = 8
"""The maximum levels of nesting. With more, the C parser may overflow the stack, and Python's takes quadratic time."""


class InvalidYamlError(ValueError):
    """A text is not YAML, nests too deeply, or uses an alias.

    Attributes:
        line: The line of the error, counted from 1, or None if it is unknown.
    """

    def __init__(self, line: int | None = None) -> None:
        super().__init__(line)
        self.line = line

    def place(self, file: Path) -> str:
        """The place of the error: `file:line`, or `file` if the line is unknown."""
        return f"{file}:{self.line}" if self.line else str(file)


def read_text(file: Path, largest: int) -> str:
    """Read a UTF-8 file of at most `largest` bytes.

    Raises:
        OSError: It cannot be read, is too large, or is a pipe or device, which might never end.
        UnicodeDecodeError: It is not UTF-8.
    """
    if file.exists() and not file.is_file():
        raise OSError(_("not a regular file"))
    with file.open("rb") as stream:
        data = stream.read(largest + 1)
    if len(data) > largest:
        raise OSError(_("larger than {count} bytes").format(count=largest))
    return data.decode("utf-8-sig")


def parse_yaml(text: str) -> Any:
    """Parse a YAML text into None, Booleans, numbers, dates, strings, lists and mappings.

    Raises:
        InvalidYamlError: It is not valid, nests deeper than 8 levels, has aliases (a few of which can expand to
            billions of values), or has a number with too many digits for Python to write.
    """
    import yaml  # noqa: PLC0415 - most users have no settings file

    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if (line := _unbounded(yaml.parse(text, loader))) is None:
            values = yaml.load(text, loader)  # noqa: S506 - a safe loader
            str(values)  # Fails for an overlong number, which no message could contain.
            return values
    # The constructors of PyYAML raise KeyError, IndexError and others for a value that its tag does not allow.
    except Exception as error:
        mark = getattr(error, "problem_mark", None)
        raise InvalidYamlError(mark.line + 1 if mark else None) from error
    raise InvalidYamlError(line)


def _unbounded(events: "Iterable[yaml.Event]") -> int | None:
    """The line of the first alias or of nesting that is too deep; None if there is neither."""
    import yaml  # noqa: PLC0415 - as above

    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            return event.start_mark.line + 1 if event.start_mark else 1
    return None


def nearest(word: str, known: Sequence[str]) -> str:
    """A hint for an unknown word: the most similar known one, or all known ones."""
    near = get_close_matches(word, known, 1, 0.5)
    if near:
        return _("did you mean {near}?").format(near=near[0])
    return _("available: {keys}").format(keys=listed(known))
