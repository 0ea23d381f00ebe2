"""Export of documents and marks to files."""
