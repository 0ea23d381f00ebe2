"""The library: archives with their articles, shelves, indexes and marks."""
