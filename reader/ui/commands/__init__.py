"""What a person can do, one concern each. Nothing here knows Textual: see `host.py` and `view.py` for what is asked."""
