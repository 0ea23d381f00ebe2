"""What could not be read as it was meant, as the index keeps it."""

import json
from pathlib import Path

from reader.archive.article import Fault


def written_faults(faults: tuple[Fault, ...]) -> str | None:
    """Faults of one file as the index keeps them."""
    return json.dumps([[fault.message, fault.line] for fault in faults], ensure_ascii=False) if faults else None


def read_faults(path: Path, *written: str | None) -> tuple[Fault, ...]:
    """The faults that the index keeps of the file at `path`, in its head and in its text, each once."""
    kept: list[Fault] = []
    for one in written:
        found = [Fault(path, message, line) for message, line in json.loads(one)] if one else []
        kept += [fault for fault in found if fault not in kept] if kept else found
    return tuple(kept)
