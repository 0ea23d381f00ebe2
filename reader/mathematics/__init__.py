"""Formulas: a tree of expressions from TeX, and its notation in Unicode, on one line and in stacked rows."""
