"""The officials' work list and the page of a case."""
