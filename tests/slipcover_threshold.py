"""A plugin of pytest for runs under slipcover, which lets it remove its probes seldom.

Slipcover need not observe a line that has run. Whenever such a line has run 50 times more, it replaces the code of all
functions that have run, for which it walks through all functions of the program in 0.2 s of CPU time: this takes an
eighth of the time of the tests. Most lines run less often than the limit set here, and observing them costs less.
"""

from slipcover import pytest_plugin

_HITS = 5_000

# Slipcover's command has an option for this, which does not reach the processes of the tests.
if pytest_plugin._slipcover_instance is not None:
    pytest_plugin._slipcover_instance.d_miss_threshold = _HITS
