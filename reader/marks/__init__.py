"""What a person leaves in articles: places, bookmarks, highlights, notes, tags, history."""
