"""Text layout: a document as lines of runs at one width, following CJK typesetting rules."""
