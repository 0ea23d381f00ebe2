"""An open article: its document, how far and how long it is read, and what is told of that."""
