"""The reading screen: the page, the panes beside it, and what one does there by keys and by the mouse."""
