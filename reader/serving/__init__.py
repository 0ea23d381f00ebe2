"""The screen in a browser: a web server with one session of the screen, a process of its own, for each page."""
