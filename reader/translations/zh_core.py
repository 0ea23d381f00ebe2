"""Chinese for the commands, errors and warnings."""

CORE: dict[str, str] = {}
