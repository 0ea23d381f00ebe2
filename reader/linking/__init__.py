"""Where links lead: within an article, to other articles of the archives, to files, and out; and what links back."""
