"""Registers as tables: csv and xlsx files read, checked row by row, taken in through the door, and written out.

A file is never kept: the record of an import holds its digest and what it came to. All rows are checked before
anything is written, and all of a file is written in one transaction. See docs/decisions/0003-tables.md.
"""
