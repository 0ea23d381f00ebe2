"""From a body to a Document: HTML, Markdown and plain text give the same model."""
