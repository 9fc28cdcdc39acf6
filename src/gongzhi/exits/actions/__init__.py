"""Effects, one file a procedure."""
