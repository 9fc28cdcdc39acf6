"""Files made for the tests: plain ones, and ones that mean harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pikepdf
from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/main.xml" ContentType="{kind}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = '<?xml version="1.0"?><Relationships>{}</Relationships>'
BODY = '<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{}</w:body></w:document>'


def png(width: int = 8, height: int = 8) -> bytes:
    """A picture that is one."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """A photograph that is one."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "JPEG")
    return out.getvalue()


def png_declaring(width: int, height: int) -> bytes:
    """A few bytes that claim to be an enormous picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\x00" * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def jpeg_declaring(width: int, height: int) -> bytes:
    """A small JPEG whose frame header claims another size."""
    plain = jpeg()
    at = plain.index(b"\xff\xc0")
    return plain[: at + 5] + struct.pack(">HH", height, width) + plain[at + 9 :]


def package(parts: Mapping[str, str | bytes] | None = None, *, kind: str = WORD) -> bytes:
    """An Office package with these parts besides the necessary ones."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES.format(kind=kind),
        "main.xml": BODY.format(""),
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in whole.items():
            written.writestr(name, content)
    return out.getvalue()


def relation(kind: str, target: str) -> str:
    """The relations of a part, with one that leads outside."""
    return RELATIONS.format(
        f'<Relationship Id="r1" Type="http://schemas.example/{kind}" TargetMode="External" Target="{target}"/>'
    )


def pdf(catalog: Mapping[str, bytes] | None = None, *, streams: bool = False, **saving: object) -> bytes:
    """A PDF of one empty page; `catalog` adds entries to its root, as PDF source; `streams` compresses objects."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    for key, value in (catalog or {}).items():
        document.Root[key] = document.make_indirect(pikepdf.Object.parse(value))
    mode = pikepdf.ObjectStreamMode.generate if streams else pikepdf.ObjectStreamMode.disable
    out = io.BytesIO()
    document.save(out, object_stream_mode=mode, **saving)  # type: ignore[arg-type]
    return out.getvalue()


def pdf_unfolding(size: int) -> bytes:
    """A small PDF with one stream of objects that unfolds to `size` bytes."""
    packed = zlib.compress(b"5 0 <</A 1>>" + b" " * size, 9)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        4: b"<< /Type /ObjStm /N 1 /First 4 /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
        + packed
        + b"\nendstream",
    }
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, io.SEEK_END)
    rows = [struct.pack(">BIH", 0, 0, 65535)]
    for number, body in objects.items():
        rows.append(struct.pack(">BIH", 1, out.tell(), 0))
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    rows.append(struct.pack(">BIH", 2, 4, 0))
    table = out.tell()
    rows.append(struct.pack(">BIH", 1, table, 0))
    listed = b"".join(rows)
    out.write(b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >>\n" % len(listed))
    out.write(b"stream\n" + listed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table)
    return out.getvalue()
