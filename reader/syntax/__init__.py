"""Syntax of code: languages, tokens and their roles, without colours."""
