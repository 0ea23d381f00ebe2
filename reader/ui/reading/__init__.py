"""The reading screen: the page, the panes beside it, and their keys and mouse actions."""
