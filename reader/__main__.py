"""`reader` and `python -m reader`."""

import sys

from reader.cli.main import run


def main() -> None:
    """Run the command that the arguments name and exit with its code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
