"""Search as you type, and the article marks that queries refer to."""
