"""Formulas: a tree of expressions from TeX, and its notation in Unicode, on one line or in stacked rows."""
