"""Work that may hang or crash: fault-tolerant parsing, and a pool of worker processes."""
