"""Copying code as its author wrote it: the visible block, or all blocks of the article."""

from collections.abc import Sequence

from reader.document.blocks import CodeBlock
from reader.document.document import Document, Position
from reader.document.tabs import typed
from reader.language import _
from reader.ui.commands.dispatcher import Handlers
from reader.ui.commands.host import Host
from reader.ui.commands.view import ReadingView


class CodeCopying:
    """Copies code blocks of the open article."""

    def __init__(self, view: ReadingView, host: Host) -> None:
        self._view = view
        self._host = host

    def handlers(self) -> Handlers:
        """The actions of this command, by id."""
        return {"copy_code": self._copy_block, "copy_all_code": self._copy_all}

    def _copy_block(self) -> None:
        """Copy the code block that is being read."""
        reading, visible = self._view.reading, self._view.visible_range
        found = visible_block(reading.document, *visible) if reading is not None and visible is not None else None
        if found is None:
            self._host.say(_("No code is in sight"))
        else:
            self._host.copy(typed(found.text))

    def _copy_all(self) -> None:
        """Copy all code blocks, separated by blank lines."""
        reading = self._view.reading
        texts = [typed(block.text) for block in _code(reading.document.leaves)] if reading is not None else []
        if texts:
            self._host.copy("\n\n".join(texts))
        else:
            self._host.say(_("This article has no code"))


def visible_block(document: Document, first: Position, last: Position) -> CodeBlock | None:
    """Return the first code block that begins between two positions, else one that continues after the first."""
    stop = last.block + (last.offset > 0)
    begins = first.block + (first.offset > 0)
    beginning = next(iter(_code(document.leaves[begins:stop])), None)
    return beginning or next(iter(_code(document.leaves[first.block : stop])), None)


def _code(leaves: Sequence[object]) -> list[CodeBlock]:
    return [leaf for leaf in leaves if isinstance(leaf, CodeBlock)]
