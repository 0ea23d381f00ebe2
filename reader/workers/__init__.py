"""Work that may take long or crash the process: parsing with limits, and the worker processes that can be killed."""
