"""What work raises that was stopped because nobody wants its result any more."""


class Stopped(Exception):  # noqa: N818 - no error: whoever stopped the work expects it
    """The work was stopped."""
