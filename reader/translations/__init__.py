"""Translations of the messages, one catalogue per language."""
