"""The marks database: bookmarks, highlights, notes, tags, article states, positions and reading history."""
