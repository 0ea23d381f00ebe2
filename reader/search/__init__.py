"""Searching the index: the language of queries, what finds them, and what is shown of what was found."""
