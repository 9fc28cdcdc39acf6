"""Photographs from the field: the original is kept byte for byte, what is shown is a copy with its origin burned in.

`exif` reads what a picture says of itself, `rule` whether it was taken on the spot, `opening` unfolds it within bounds,
`band` draws the copy, `keeping` writes the rows. docs/decisions/0008-photographs.md.
"""
