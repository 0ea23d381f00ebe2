"""Document model: the content of an article, independent of the width of the screen."""
