"""Fonts of a site, made of a packaged one: another family name, other signs."""

import struct
from collections.abc import Mapping

import pylopdf_fonts_jp

#: Of Noto Sans JP; what is drawn does not matter, only that something is.
_GLYPH = 1200


def font_file(family: str, signs: str) -> bytes:
    """An OpenType font of the family that has these signs and no others, all drawn alike."""
    return _with(pylopdf_fonts_jp.sans_path().read_bytes(), {b"name": _names(family), b"cmap": _signs(signs)})


def _with(font: bytes, tables: Mapping[bytes, bytes]) -> bytes:
    """The font with some tables put after its end in the place of its own."""
    made = bytearray(font)
    for n in range(struct.unpack_from(">H", font, 4)[0]):
        entry = 12 + 16 * n
        if (table := tables.get(font[entry : entry + 4])) is not None:
            made += bytes(-len(made) % 4)
            struct.pack_into(">LL", made, entry + 8, len(made), len(table))
            made += table
    return bytes(made)


def _names(family: str) -> bytes:
    said = {1: family, 2: "Regular", 4: family, 6: family.replace(" ", "")}
    records, texts = b"", b""
    for number, text in said.items():
        written = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(written), len(texts))
        texts += written
    return struct.pack(">HHH", 0, len(said), 6 + len(records)) + records + texts


def _signs(signs: str) -> bytes:
    groups = b"".join(struct.pack(">LLL", ord(sign), ord(sign), _GLYPH) for sign in sorted(set(signs)))
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(set(signs))) + groups
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table
