"""A table that comes in on a page: its form, what came of it, its columns. The reading is the register's own."""
