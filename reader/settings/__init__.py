"""The settings: what can be set, the file it is read from, and the folders of the program."""
