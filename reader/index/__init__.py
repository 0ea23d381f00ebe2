"""The index: what is known of an archive, kept in a cache that can be thrown away."""
