"""Themes: the colour of each role, from files, in the colours that the terminal has."""
