"""What an article says, at no width."""
