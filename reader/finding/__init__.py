"""Searching while one types, and the marks of articles that queries ask for."""
