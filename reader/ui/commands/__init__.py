"""The actions of the user, one concern per module, without Textual.

`host.py` and `view.py` define what they may call.
"""
