"""The product in a real browser: one demonstration is built, served, and used as people use it."""
