"""Textual widgets that render their own lines."""
