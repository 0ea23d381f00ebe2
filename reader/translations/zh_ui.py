"""Chinese for the screen."""

UI: dict[str, str] = {}
