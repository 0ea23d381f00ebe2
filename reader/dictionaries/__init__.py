"""Dictionaries: CC-CEDICT, files in StarDict's format, and a command of the user."""
