"""What the SDK logs is one line on stderr, whatever an agent has sent."""

import subprocess
import sys

SCRIPT = """
import logging
from reader.agents.error_log import log_errors
log_errors()
logging.basicConfig(level=logging.DEBUG, force=False)
log = logging.getLogger("mcp.server")
try:
    raise ValueError("Unknown:\\n\\x1b[31m" + "x" * 9999)
except ValueError:
    log.exception("handler for %r raised", "a\\nb")
log.warning("no error")
"""


def test_an_error_is_one_line_without_a_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True)
    (line,) = done.stderr.splitlines()
    assert line.startswith("reader mcp: handler for 'a\\nb' raised: ValueError: Unknown: ")
    assert "\x1b" not in line
    assert len(line) <= 500
