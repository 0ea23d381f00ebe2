"""The actions of the user, one concern per module, without Textual; `host.py` and `view.py` say what they may ask."""
