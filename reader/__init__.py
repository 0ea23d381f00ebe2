"""A terminal reader for archived articles."""

__version__ = "0.1.0"
