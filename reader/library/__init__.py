"""The archive as a whole: its articles, their shelves, and what the reader marked in them."""
