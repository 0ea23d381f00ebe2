"""Search: the query language, its execution on indexes, and excerpts of the results."""
