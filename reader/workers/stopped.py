"""The exception of cancelled work."""


class Stopped(Exception):  # noqa: N818 - not an error: the canceller expects it
    """Raised by work that was stopped because its result is no longer needed."""
