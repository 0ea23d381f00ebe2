"""Where a document falls at one width: lines of runs, set as a printer would."""
