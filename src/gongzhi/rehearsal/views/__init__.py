"""Pages: in the real system, and in a cell."""
