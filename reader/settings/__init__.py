"""Settings: the options, the settings file, and the program's folders."""
