"""The graphics of terminals: the sequences of kitty, sixel and iTerm2, and how a terminal is asked for them.

All of it is pure: texts and bytes in, texts out. Only numbers and encoded pixels reach a sequence, never text.
"""
