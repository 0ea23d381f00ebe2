"""The graphics of terminals: the sequences of kitty, sixel and iTerm2, and how a terminal is asked for them.

All functions are pure: strings and bytes in, strings out. Only numbers and encoded pixels reach a sequence, never text.
"""
