"""A reader that ends behind its first frame."""

import sys
from pathlib import Path

_PROGRAM = """
import os, sys, time
from pathlib import Path
from reader.cli import main, opened_screen

paint = opened_screen.paint_first

def painted(*given):
    paint(*given)
    Path(sys.argv[-1]).write_text({report})
    os._exit(0)

opened_screen.paint_first = painted
main.run(sys.argv[1:-1])
"""


def first_frame_only(archive: Path, report: str, file: Path) -> list[str]:
    """The command that opens an archive, and ends behind its first frame.

    It writes the value of the expression `report`, which may use the modules `sys` and `time`, to `file`.
    """
    return [sys.executable, "-c", _PROGRAM.format(report=report), str(archive), str(file)]
