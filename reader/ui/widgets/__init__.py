"""The widgets, each painting its own lines."""
