"""The index of an archive: a cache that can be rebuilt at any time."""
