"""The letters of alphabets with spaces between their words."""

LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff\ufb00-\ufb06"
"""Latin (with ligatures), Greek and Cyrillic letters, as the content of a character class in a regular expression."""
