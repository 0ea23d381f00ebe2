"""Access control: checks of the host, the origin and the token of a request."""

import ipaddress
import secrets

from reader.lean_dataclasses import dataclass
from reader.regex import regex

_AUTHORITY = regex(r"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::(\d{1,5}))?")
"""A host name or address with its port, as in the header `Host` (RFC 9110, 7.2)."""

_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens at `host`, a name or an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def new_token() -> str:
    """A token of 192 random bits, in characters that need no quoting in an address."""
    return secrets.token_urlsafe(24)


def in_address(host: str) -> str:
    """A host as it is written in an address: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


@dataclass(frozen=True, slots=True)
class Access:
    """The rules of one server.

    Attributes:
        port: The port at which it listens.
        token: The prefix of the path of every URL; empty if no token is required.
        names: The host names by which it may be addressed; if empty, every name is accepted.
    """

    port: int
    token: str = ""
    names: frozenset[str] = frozenset()

    def knows_host(self, authority: str) -> bool:
        """Whether the header `Host` names this server.

        A page of another site whose name resolves to this machine (DNS rebinding) sends the name of that site.
        """
        found = _AUTHORITY.fullmatch(authority)
        if found is None:
            return False
        return not self.names or (found[1].lower() in self.names and int(found[2] or 80) == self.port)

    def is_token(self, given: str) -> bool:
        """Whether a token is valid, compared in constant time; every token is if none is required."""
        return secrets.compare_digest(given.encode(), self.token.encode()) if self.token else True

    def is_own_page(self, origin: str | None, authority: str) -> bool:
        """Whether a WebSocket was opened by a page of this server: browsers name the page in the header `Origin`."""
        return origin is not None and origin.lower().partition("://")[2] == authority.lower()


def access_to(host: str, port: int, token: str) -> Access:
    """The rules of a server at `host` and `port`; if only this machine can reach it, it accepts only known names."""
    names = _LOOPBACK_NAMES | {in_address(host).lower()} if is_loopback(host) else frozenset[str]()
    return Access(port, token, names)
