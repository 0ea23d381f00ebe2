"""Archives on disk: folder traversal, decoding, and front matter."""
