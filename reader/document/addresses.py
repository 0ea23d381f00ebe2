"""Classification of link targets by the effect of following them."""

from reader.regex import regex

WIKI, EMBED, REFERENCE = "wiki:", "embed:", "ref:"
"""Prefixes of link targets that name an article instead of stating its path or URL. In this order: a note, an embedded
note, and a reference that a site generator looks up (`post_url`, `relref`)."""

_IGNORED = regex(r"[\x00-\x20\x7f-\x9f\u200b\ufeff]+")
"""Characters that browsers (WHATWG URL, 4.4) or our own cleaning remove before the scheme is parsed."""

_ACTIVE = ("javascript:", "vbscript:", "data:")


def written_target(target: str) -> str:
    """A link target as its author wrote it: `[[Note]]` and `![[picture.png]]` for notes, a bare name for references."""
    for prefix in (WIKI, EMBED):
        if target.startswith(f"{prefix}((") and target.endswith("))"):
            # A reference to a block in Logseq already has its own brackets.
            return target.removeprefix(prefix)
    for prefix, form in ((WIKI, "[[{name}]]"), (EMBED, "![[{name}]]"), (REFERENCE, "{name}")):
        if target.startswith(prefix):
            return form.format(name=target.removeprefix(prefix))
    return target


def is_active(address: str) -> bool:
    """Whether a browser would run code in the URL or render its content as a page (`data:`)."""
    if address.startswith("http"):
        return False
    return _IGNORED.sub("", address[:200]).lower().startswith(_ACTIVE)


def is_path(source: str) -> bool:
    """Whether the source of a picture is the path of a file, not a URL, embedded data or a fragment of the page."""
    return bool(source) and "://" not in source and not source.startswith(("//", "#", "data:", "cid:"))


_LINKED = regex(r"(?i)(?:https?://[^/?#]|mailto:[^-#])")
_LONGEST_LINK = 2_000
"""The maximum length of a URL that terminals accept."""


def hyperlink_target(address: str) -> str:
    """A URL for a hyperlink of a terminal, in printable ASCII; empty for schemes other than http, https and mailto.

    The host is in Punycode, since terminals show the URL, and letters that look alike could imitate another host.
    """
    if not _LINKED.match(address) or len(address) > _LONGEST_LINK:
        return ""
    if not address.isascii():
        from reader.document.web_addresses import with_ascii_host  # noqa: PLC0415 - few addresses need it

        address = with_ascii_host(address)
    encoded = "".join(
        one if "!" <= one <= "~" else "".join(f"%{byte:02X}" for byte in one.encode("utf-8", "replace"))
        for one in address
    )
    return encoded if len(encoded) <= _LONGEST_LINK else ""


_AUTHORITY = regex(r"[A-Za-z]+:(?://[^/?#]*)?")
_CREDENTIALS = regex(r"//.*@")
_NOT_IN_URIS = regex(r'["<>\\^`{|}\[\]]|%(?![0-9A-Fa-f]{2})')


def uri_of(address: str) -> str:
    """The URL of `hyperlink_target` as a valid URI (RFC 3986), which validators of pages and books require.

    A `#` within the fragment and other characters that browsers accept are encoded. User names and passwords are
    dropped, since a valid URL has none (URL Standard 4.3), and passwords are not to be handed on.
    """
    target = hyperlink_target(address)
    authority = _AUTHORITY.match(target)
    start = authority.end() if authority is not None else 0
    place, sign, fragment = target[start:].partition("#")
    rest = place + sign + fragment.replace("#", "%23")
    return _CREDENTIALS.sub("//", target[:start]) + _NOT_IN_URIS.sub(lambda found: f"%{ord(found[0]):02X}", rest)
