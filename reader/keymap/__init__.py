"""What a user can do, and by which keys: actions, their default keys, and the keys of other programs."""
