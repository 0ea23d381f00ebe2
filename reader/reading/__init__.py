"""The open article: its document, reading progress and reading time, and their presentation as text."""
