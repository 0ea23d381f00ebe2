"""A fuzzer of what the program reads from outside: `python -m tests.fuzz`."""
