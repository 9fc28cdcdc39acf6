"""QR codes: level M, as vectors, never the only way to what they say."""

import segno


def qr_svg(text: str) -> str:
    """The code of an address as SVG, black on white, with the quiet zone of four modules. ISO/IEC 18004.

    Level M and no more: a larger code of a printed notice has larger, sturdier modules.
    """
    code = segno.make_qr(text, error="m", boost_error=False)
    return str(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True))
