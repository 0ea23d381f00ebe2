"""The screens: the page with its panes, and what opens over them."""
