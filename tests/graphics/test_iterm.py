"""Inline pictures of iTerm2."""

import re
from base64 import b64decode

from reader.graphics.iterm import inline_picture


def test_a_picture_is_in_the_sequence_with_its_cells() -> None:
    png = bytes(range(256))
    found = re.fullmatch(r"\x1b]1337;File=([^:]*):([A-Za-z0-9+/=]*)\x07", inline_picture(png, 40, 12))
    assert found is not None
    assert b64decode(found[2]) == png
    arguments = dict(part.split("=") for part in found[1].split(";"))
    assert arguments["inline"] == "1"
    assert (arguments["width"], arguments["height"], arguments["size"]) == ("40", "12", "256")
    assert "name" not in arguments
