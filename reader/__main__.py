"""`reader` and `python -m reader`."""

import sys

from reader.cli.main import run
from reader.memory import exempt_from_collection


def main() -> None:
    """Run the command that the arguments name and exit with its code."""
    code = run(sys.argv[1:])
    # On exit, Python would collect garbage twice to no purpose, which takes a tenth of the time of a short command.
    exempt_from_collection()
    sys.exit(code)


if __name__ == "__main__":
    main()
