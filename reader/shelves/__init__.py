"""The articles of all archives on shelves: by category, source, author, date and saved search."""
