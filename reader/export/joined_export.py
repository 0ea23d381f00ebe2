"""Several exported articles as one file."""

import json
from collections.abc import Sequence
from itertools import chain


def joined(name: str, exports: Sequence[bytes]) -> bytes:
    """Join exports in the format `name`, which `holds_many`, to one file; a single export is returned unchanged.

    BibTeX and RIS are sequences of entries, CSL-JSON is a list, and several articles in JSON are a list of objects.
    """
    if len(exports) == 1:
        return exports[0]
    if name not in {"json", "csl"}:
        return (b"\n" if name == "bibtex" else b"").join(exports)
    records = [json.loads(one) for one in exports]
    flat = [*chain.from_iterable(records)] if name == "csl" else records
    return (json.dumps(flat, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
