"""Documents and lines written out as files."""
