"""Pure values: periods, shares, money, citations, decisions, refusals, identifiers. No database, no clock."""
