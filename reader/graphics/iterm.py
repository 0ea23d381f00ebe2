"""The inline pictures of iTerm2 (https://iterm2.com/documentation-images.html)."""

from base64 import b64encode


def inline_picture(png: bytes, cells: int, rows: int) -> str:
    """Return the sequence that draws a PNG picture at the cursor, over a number of cells and rows."""
    encoded = b64encode(png).decode("ascii")
    place = f"width={cells};height={rows};preserveAspectRatio=0;doNotMoveCursor=1"
    return f"\x1b]1337;File=inline=1;size={len(png)};{place}:{encoded}\x07"
