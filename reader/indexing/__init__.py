"""Keeping the indexes of archives current: the process that does it, and the client that talks to it."""
