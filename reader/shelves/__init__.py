"""The articles of all archives grouped into shelves: by category, source, author, date and saved search."""
