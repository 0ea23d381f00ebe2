"""URLs: a form for comparing them, and a form that is safe to show."""

from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit

from reader.document.sanitizing import clean_line
from reader.regex import regex

_LONGEST_SHOWN = 400
"""Maximum number of characters of a URL that are shown."""

_LONGEST = 8_000
"""Maximum number of characters of a URL that is compared."""
_WEB = regex(r"(?i:https?):/{2,}(?=[^/\s])")
_DEVICES = frozenset({"www", "m", "mobile", "wap", "amp", "touch", "3g", "old"})
"""First labels of hosts, as for mobile devices, with which a URL leads to the same page as without them."""
_TRACKING = regex(
    r"(?i:utm_\w+|spm(?:_\w+)?|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs\w+|ref_?(?:src|url)?|from(?:_\w+)?"
    r"|share\w*|scene|subscene|ascene|isappinstalled|nsukey|pass_ticket|chksm|clicktime|enterid|devicetype|exportkey"
    r"|wechat\w*|vd_source|is_from_webapp|sender_device|referr?er|hmsr|tdsourcetag)"
)
"""Query parameters that tell where a reader came from, not what is shown."""
_INDEX_PAGE = regex(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$|/amp$")
_SAFE_SCRIPTS = regex("[ -~\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]*")
"""Characters that in the name of a host cannot be mistaken for others, unless they are in `_IMITATING`."""
_IMITATING = regex("[\u3007\u30bd\u30be\u30ce\u30f3\u30fb\u30fc\u4e00\u4e36\u4e3f]")
"""Kana and Han characters that look like `/`, `-`, `.` or `0` beside Latin letters (Chromium's IDN policy)."""
_LATIN = regex("[0-9A-Za-z]")
_HOST = regex(r"(?i)^([a-z][a-z0-9+.-]*:/{2,}(?:[^/?#\\]*@)?)([^/?#:\\]+)")
"""The part of a URL of any scheme before its host, and the host."""


def is_web_address(address: str) -> bool:
    """Whether a URL begins with http:// or https:// and a host."""
    return _WEB.match(address) is not None


def split_address(address: str) -> SplitResult | None:
    """The parts of a URL (RFC 3986, 3); None if its host is not valid, as in `http://[x/`."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def join_address(base: str, reference: str) -> str | None:
    """The URL that a reference in the page at `base` means (RFC 3986, 5); None if the host of either is not valid."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return None


@lru_cache(maxsize=16_384)
def folded_address(address: str) -> str:
    """The host, path and query of a URL, equal for all URLs of a page; empty for other schemes than http and https.

    Scheme, `www.`, hosts for mobile devices, default ports, user names, the fragment, tracking parameters, a final
    slash and `index.html` do not count, nor does the case of the host.
    """
    if not is_web_address(address) or len(address) > _LONGEST:
        return ""
    if (parts := split_address(address)) is None:
        return ""
    try:
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    host = _folded_host(host) + (f":{port}" if port not in (None, 80, 443) else "")
    path = _INDEX_PAGE.sub("/", quote(unquote(parts.path), safe="/~!$&'()*+,;=:@-._")).rstrip("/")
    query = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0]))
    # Single-page applications name the page in the fragment.
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    text = host + path + (f"?{'&'.join(f'{name}={value}' for name, value in query)}" if query else "")
    return f"{text}#{fragment}" if fragment else text


def host_of(address: str) -> str:
    """The folded host of a URL, without its port; empty for other schemes than http and https."""
    return folded_address(address).partition("/")[0].partition("?")[0].partition("#")[0].partition(":")[0]


def shown_address(address: str) -> str:
    """A URL as it is shown: without control and direction characters, on one line, of limited length.

    A host with letters that may imitate others is written in Punycode (RFC 3492): nobody sees that `\u0430pple.com`
    begins with a Cyrillic letter.
    """
    text = unmistakable_address(clean_line(address[: 4 * _LONGEST_SHOWN]))
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def unmistakable_address(address: str) -> str:
    """An equivalent URL, whose host is in Punycode if it has letters that may imitate others."""
    host = _HOST.match(address)
    if host is None or all(_is_unmistakable(label) for label in host[2].split(".")):
        return address
    return address[: host.start(2)] + _punycode(host[2]) + address[host.end(2) :]


def with_ascii_host(address: str) -> str:
    """An equivalent URL with its host in Punycode, whatever letters it has."""
    host = _HOST.match(address)
    return address if host is None else address[: host.start(2)] + _punycode(host[2]) + address[host.end(2) :]


def _is_unmistakable(label: str) -> bool:
    if label.isascii():
        return True
    return _SAFE_SCRIPTS.fullmatch(label) is not None and not (_IMITATING.search(label) and _LATIN.search(label))


def _punycode(host: str) -> str:
    """A host whose labels are all in ASCII: those with other letters are in Punycode."""
    return ".".join(label if label.isascii() else _ascii_label(label) for label in host.split("."))


def _ascii_label(label: str) -> str:
    try:
        return label.encode("idna").decode("ascii")
    except UnicodeError:
        return "xn--" + label.encode("punycode").decode("ascii")


def _folded_host(host: str) -> str:
    """A host in lower-case ASCII without labels in `_DEVICES`; at least two labels remain."""
    labels = (host if host.isascii() else _punycode(host)).lower().split(".")
    kept = [label for label in labels[:-2] if label not in _DEVICES] + labels[-2:]
    return ".".join(kept)
