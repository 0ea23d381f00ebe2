"""Web addresses: a form for comparing them, and a form that is safe to show."""

from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urljoin, urlsplit

from reader.document.cleaning import clean
from reader.regex import regex

LONGEST_SHOWN = 2_000
"""Maximum number of characters of an address that is shown."""

_LONGEST = 8_000
"""Maximum number of characters of an address that is compared."""
_WEB = regex(r"(?i:https?):/{2,}(?=[^/\s])")
_DEVICES = frozenset({"www", "m", "mobile", "wap", "amp", "touch", "3g", "old"})
"""Host labels under which a site serves the same pages for other devices."""
_TRACKING = regex(
    r"(?i:utm_\w+|spm(?:_\w+)?|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs\w+|ref_?(?:src|url)?|from(?:_\w+)?"
    r"|share\w*|scene|subscene|ascene|isappinstalled|nsukey|pass_ticket|chksm|clicktime|enterid|devicetype|exportkey"
    r"|wechat\w*|vd_source|is_from_webapp|sender_device|referr?er|hmsr|tdsourcetag)"
)
"""Query parameters that say where a reader came from, not what is shown."""
_INDEX_PAGE = regex(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$|/amp$")
_SAFE_SCRIPTS = regex("[ -~\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]*")
"""Hosts of these characters imitate no other host."""


def is_web_address(address: str) -> bool:
    """Whether an address begins with http:// or https:// and a host."""
    return _WEB.match(address) is not None


def split_address(address: str) -> SplitResult | None:
    """The parts of an address (RFC 3986, 3); None if its host is not valid, as in `http://[x/`."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def join_address(base: str, reference: str) -> str | None:
    """The address that a reference in the page at `base` means (RFC 3986, 5); None if either host is not valid."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return None


@lru_cache(maxsize=16_384)
def folded_address(address: str) -> str:
    """The host, path and query of a web address, equal for addresses of the same page; empty for any other address.

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
    """The folded host of a web address, without its port; empty for any other address."""
    return folded_address(address).partition("/")[0].partition("?")[0].partition("#")[0].partition(":")[0]


def shown_address(address: str) -> str:
    """An address as it is shown: without control and direction characters, on one line, of limited length.

    A host with letters that may imitate others is written in Punycode (RFC 3492).
    """
    text = " ".join(clean(address[: LONGEST_SHOWN * 2]).split())
    if is_web_address(text) and not _SAFE_SCRIPTS.fullmatch(host := _host_part(text)):
        text = text.replace(host, _punycode(host), 1)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _host_part(address: str) -> str:
    """The host of an address as it is written, with user name and port."""
    rest = address.partition("://")[2].lstrip("/")
    end = next((place for place, character in enumerate(rest) if character in "/?#\\"), len(rest))
    return rest[:end]


def _punycode(host: str) -> str:
    """A host with each label in ASCII."""
    return ".".join(label if label.isascii() else _ascii_label(label) for label in host.split("."))


def _ascii_label(label: str) -> str:
    try:
        return label.encode("idna").decode("ascii")
    except UnicodeError:
        return "xn--" + label.encode("punycode").decode("ascii")


def _folded_host(host: str) -> str:
    """A host in lower-case ASCII without the labels for devices, of which at least two labels remain."""
    labels = (host if host.isascii() else _punycode(host)).lower().split(".")
    kept = [label for label in labels[:-2] if label not in _DEVICES] + labels[-2:]
    return ".".join(kept)
