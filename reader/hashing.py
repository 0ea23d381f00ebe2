"""BLAKE2 (RFC 7693), without OpenSSL.

`hashlib` loads OpenSSL's library when it is imported, for algorithms that the program does not use; this takes two
milliseconds.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import blake2b, blake2s
else:
    try:
        from _blake2 import blake2b, blake2s
    except ImportError:  # an interpreter that has the same function elsewhere
        from hashlib import blake2b, blake2s

__all__ = ["blake2b", "blake2s"]
