"""The page that shows the screen: the terminal of textual-serve, with nothing loaded from other hosts."""

from html import escape
from string import Template

from reader.language import _, current
from reader.themes.theme import Theme

SMALLEST, LARGEST, USUAL = 8, 40, 16
"""The minimum, maximum and default size of the font in CSS pixels."""

_PAGE = Template("""\
<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>reader</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="static/xterm.css">
<script src="static/textual.js"></script>
<script src="static/focus.js" defer></script>
<style>
@font-face { font-family: "Roboto Mono"; src: url("static/RobotoMono.ttf"); }
html, body { margin: 0; height: 100%; overflow: hidden; background: $paper; color: $ink; }
body { font: 16px/1.5 system-ui, sans-serif; }
.textual-terminal { height: 100vh; }
.textual-terminal .xterm-viewport { background: $paper !important; }
.note { position: absolute; inset: 0; display: grid; place-content: center; text-align: center; z-index: 1; }
.note a { color: inherit; }
body.-first-byte .starting, .ended { display: none; }
body.-closed .starting { display: none; }
body.-closed .ended { display: grid; background: $paper; }
</style>
</head>
<body>
<div class="note starting"><p>$starting</p><noscript>$needs_script</noscript></div>
<div class="note ended"><p>$ended</p><p><a href="">$again</a></p></div>
<div id="terminal" class="textual-terminal" data-session-websocket-url="$socket" data-font-size="$size"></div>
</body>
</html>
""")

FOCUS = """\
// The keys go to the screen as soon as it is there, and again after a click beside it.
const focus = () => document.querySelector(".xterm-helper-textarea")?.focus();
window.addEventListener("load", focus);
window.addEventListener("focus", focus);
"""
"""The script `focus.js`, which textual-serve lacks."""


def page(theme: Theme, socket: str, size: int) -> str:
    """The page as HTML.

    Args:
        theme: The colours around the terminal.
        socket: The address of the WebSocket.
        size: The size of the font in CSS pixels.
    """
    values = {
        "language": current(),
        "paper": theme.paper or "#ffffff",
        "ink": theme.ink or "#000000",
        "starting": _("Starting the reader…"),
        "needs_script": _("This page needs JavaScript."),
        "ended": _("The session has ended."),
        "again": _("Open it again"),
        "socket": socket,
        "size": max(SMALLEST, min(LARGEST, size)),
    }
    return _PAGE.substitute({name: escape(str(value)) for name, value in values.items()})


def headers(authority: str) -> dict[str, str]:
    """Headers for the page: they block content from other hosts, framing, and referrers, which would leak the token."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:; "
        f"connect-src 'self' ws://{authority} wss://{authority}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
