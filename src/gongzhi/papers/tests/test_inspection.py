"""What may come in, what may not, and the sentence that says what to do instead."""

import io
import random
import time
import zipfile

import pikepdf
import pytest
from PIL import Image

from gongzhi.papers.inspection import inspect, safe_name
from gongzhi.papers.media import MediaType
from gongzhi.papers.tests import samples
from gongzhi.values.refusals import Invalid


def refusal(content: bytes, name: str = "材料") -> str:
    with pytest.raises(Invalid) as caught:
        inspect(content, name)
    sentence = caught.value.sentence
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert caught.value.fields == {"file": sentence}
    return sentence


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (samples.pdf(), MediaType.PDF),
        (samples.pdf(streams=True), MediaType.PDF),
        (samples.png(), MediaType.PNG),
        (samples.jpeg(), MediaType.JPEG),
        (samples.package(), MediaType.DOCX),
        (samples.package(kind=samples.SHEET), MediaType.XLSX),
        ("房号,面积\n1-101,98.76\n".encode(), MediaType.TEXT),
        ("房号,面积\n".encode("gb18030"), MediaType.TEXT),
        ("房号".encode("utf-16"), MediaType.TEXT),
        ("\ufeff房号".encode(), MediaType.TEXT),
    ],
)
def test_a_plain_file_is_known_by_its_content(content: bytes, expected: MediaType) -> None:
    assert inspect(content, "exe文件.exe").media_type is expected


def test_a_csv_is_a_text_whose_name_says_so() -> None:
    assert inspect(b"a,b\n", "units.CSV") == type(inspect(b"a", "a.txt"))(MediaType.CSV, "units.csv")


@pytest.mark.parametrize(
    ("name", "media_type", "shown"),
    [
        ("退出申请.pdf", MediaType.PDF, "退出申请.pdf"),
        ("扫描件.JPEG", MediaType.JPEG, "扫描件.jpeg"),
        ("照片.pdf", MediaType.JPEG, "照片.pdf.jpg"),
        ("run.bat", MediaType.TEXT, "run.bat.txt"),
        ("../../etc/passwd", MediaType.TEXT, "passwd.txt"),
        ("C:\\桌面\\申请.docx", MediaType.DOCX, "申请.docx"),
        ("申请\u202efdp.exe", MediaType.PDF, "申请fdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", MediaType.PDF, "aSet-Cookie x.pdf"),
        ("", MediaType.PNG, "文件.png"),
        (".pdf", MediaType.PDF, "文件.pdf"),
        ("长" * 300 + ".pdf", MediaType.PDF, "长" * 110 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, media_type: MediaType, shown: str) -> None:
    assert safe_name(name, media_type) == shown
    assert len(shown) <= 120


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为不带密码的docx"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包"),
        (b"\x1f\x8b\x08", "压缩包"),
        (b"GIF89a", "JPEG或PNG"),
        (b"BM\x00\x00\x00\x00", "JPEG或PNG"),
        (b"\x00\x00\x00\x18ftypheic", "JPEG或PNG"),
        (b"\x00\x00\x00\x18ftypmp42", "音视频"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "JPEG或PNG"),
        (b"MZ\x90\x00", "程序"),
        (b"\x7fELF\x02", "程序"),
        (bytes(range(256)), "认不出"),
    ],
)
def test_what_is_not_kept_gets_a_sentence_that_says_what_to_do(content: bytes, words: str) -> None:
    assert words in refusal(content)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>x</body></html>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
        b"  <SVG/onload=x()>",
        b"plain words <ScRiPt>x()</script>",
        b"#!/bin/sh\nrm -rf .\n",
        "<html>".encode("utf-16"),
        b"\xef\xbb\xbf<!DOCTYPE html>",
    ],
)
def test_pages_scripts_and_drawings_are_refused_even_as_text(content: bytes) -> None:
    assert "脚本" in refusal(content, "说明.txt")


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A0", "a,\"=cmd|' /c calc'!A0\"", "x\n+DDE|x!y", "@SUM|a!b"])
def test_a_table_that_calls_a_program_is_refused(cell: str) -> None:
    assert "公式" in refusal(cell.encode(), "表.csv")


@pytest.mark.parametrize("cell", ["电话,+86-000", "合计,=SUM(A1:A9)", "差额,-12.50", "甲|乙!", "a@b.example"])
def test_an_ordinary_table_comes_in(cell: str) -> None:
    assert inspect(cell.encode(), "表.csv").media_type is MediaType.CSV


JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"


@pytest.mark.parametrize("streams", [False, True])
@pytest.mark.parametrize(
    "catalog",
    [
        {"/OpenAction": JAVASCRIPT},
        {"/OpenAction": b"<< /S /Launch /F (calc.exe) >>"},
        {"/OpenAction": b"<< /S /URI /URI (http://x.example) >>"},
        {"/OpenAction": b"<< /S /GoTo /Next << /S /URI >> >>"},
        {"/Names": b"<< /JavaScript << /Names [] >> >>"},
        {"/Names": b"<< /EmbeddedFiles << /Names [] >> >>"},
        {"/AA": b"<< /WC << /S /URI >> >>"},
        {"/AcroForm": b"<< /XFA (<xdp/>) >>"},
        {"/Deep": b"[ [ << /A " + JAVASCRIPT + b" >> ] ]"},
        {"/Odd": b"<< /#4a#53 (x) >>"},
        {"/Form": b"<< /S /SubmitForm /F (http://x.example) >>"},
        {"/Far": b"<< /S /GoToR /F (other.pdf) >>"},
        {"/Annot": b"<< /Subtype /RichMedia >>"},
        {"/Annot": b"<< /Subtype /FileAttachment >>"},
    ],
)
def test_a_pdf_that_acts_by_itself_is_refused_wherever_it_hides(
    catalog: dict[str, bytes], streams: bool
) -> None:
    assert "打印为PDF" in refusal(samples.pdf(catalog, streams=streams))


@pytest.mark.parametrize("spelling", [b"/J#61vaScript", b"/#4aavaScript", b"/L#61unc#68", b"/Embedded#46ile"])
def test_an_escaped_name_is_read_as_what_it_means(spelling: bytes) -> None:
    hidden = b"\n99 0 obj\n<< /S " + spelling + b" >>\nendobj\n"
    assert "打印为PDF" in refusal(samples.pdf().replace(b"\nxref", hidden + b"\nxref"))


@pytest.mark.parametrize(
    "catalog",
    [
        {"/OpenAction": b"[ 0 /Fit ]"},
        {"/OpenAction": b"<< /S /GoTo /D [ 0 /Fit ] >>"},
        {"/Link": b"<< /S /URI /URI (http://x.example) >>"},
        {"/AcroForm": b"<< /SigFlags 3 /Fields [] >>"},
    ],
)
def test_a_pdf_that_only_shows_links_or_signs_comes_in(catalog: dict[str, bytes]) -> None:
    assert inspect(samples.pdf(catalog), "a.pdf").media_type is MediaType.PDF


def test_a_locked_pdf_is_refused_and_one_that_only_forbids_printing_is_not() -> None:
    locked = samples.pdf(encryption=pikepdf.Encryption(user="geheim", owner="x"))
    assert "去掉密码" in refusal(locked)
    inspect(samples.pdf(encryption=pikepdf.Encryption(user="", owner="x")), "a.pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\nhello %%EOF", samples.pdf()[:60]])
def test_a_torn_pdf_is_refused(content: bytes) -> None:
    assert "损坏" in refusal(content)


def test_a_pdf_that_unfolds_without_end_is_refused_before_it_fills_the_memory() -> None:
    inspect(samples.pdf_unfolding(1000), "a.pdf")
    bomb = samples.pdf_unfolding(200_000_000)
    assert len(bomb) < 300_000
    assert "损坏" in refusal(bomb)


@pytest.mark.parametrize("content", [samples.pdf(), samples.png(), samples.jpeg()])
def test_an_archive_behind_another_file_is_refused(content: bytes) -> None:
    assert "夹带" in refusal(content + samples.package())


@pytest.mark.parametrize(
    "hidden", [samples.pdf(), b"<script>x()</script>", b"<?php x(); ?>", b"<SVG onload=x>"]
)
def test_a_page_or_pdf_behind_a_picture_is_refused(hidden: bytes) -> None:
    assert "夹带" in refusal(samples.jpeg() + hidden)
    assert "夹带" in refusal(samples.png() + hidden)


def test_a_pdf_whose_head_is_also_a_page_is_refused() -> None:
    assert "夹带" in refusal(samples.pdf().replace(b"\n", b"\n%<html><body>\n", 1))


def test_a_telephone_may_put_a_second_picture_behind_the_first() -> None:
    assert inspect(samples.jpeg() + samples.jpeg(), "a.jpg").media_type is MediaType.JPEG


@pytest.mark.parametrize(
    "content", [samples.png_declaring(100_000, 100_000), samples.jpeg_declaring(65_000, 65_000)]
)
def test_an_image_bomb_is_refused_by_what_it_declares(content: bytes) -> None:
    assert len(content) < 2000
    assert "像素" in refusal(content)


@pytest.mark.parametrize(
    "content", [samples.png()[:40], samples.jpeg()[:20], samples.png()[:-4], b"\xff\xd8\xff"]
)
def test_a_torn_picture_is_refused(content: bytes) -> None:
    assert "损坏" in refusal(content)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"word/vbaProject.bin": b"x"}, "宏"),
        ({"xl/macrosheets/sheet1.xml": "<a/>"}, "宏"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "嵌有"),
        ({"word/activeX/activeX1.xml": "<a/>"}, "嵌有"),
        ({"word/evil.exe": b"MZ"}, "嵌有"),
        ({"word/afchunk.mht": b"x"}, "嵌有"),
        ({"word/media/a.svg": "<svg/>"}, "嵌有"),
        ({"xl/externalLinks/externalLink1.xml": "<a/>"}, "外部"),
        ({"xl/connections.xml": "<a/>"}, "外部"),
        (
            {"word/_rels/settings.xml.rels": samples.relation("attachedTemplate", "http://x.example/t")},
            "外部",
        ),
        ({"word/_rels/document.xml.rels": samples.relation("image", "http://x.example/p.png")}, "外部"),
        ({"word/_rels/document.xml.rels": samples.relation("hyperlink", "file:////x.example/s")}, "外部"),
        ({"main.xml": samples.BODY.format("<w:instrText>DDEAUTO c:\\x</w:instrText>")}, "外部"),
        (
            {
                "main.xml": samples.BODY.format(
                    '<w:fldChar w:t="begin"/><w:instrText> DD</w:instrText><w:instrText>E x</w:instrText>'
                )
            },
            "外部",
        ),
        ({"main.xml": samples.BODY.format('<w:fldSimple w:instr="INCLUDEPICTURE http://x"/>')}, "外部"),
        ({"main.xml": samples.BODY.format("<w:instrText>QUOTE 68 68 69</w:instrText>")}, "外部"),
        ({"main.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "夹带"),
        ({"main.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16")}, "夹带"),
        ({"../../outside.xml": "<a/>"}, "夹带"),
        ({"MAIN.XML": "<a/>"}, "夹带"),
        ({"main.xml": "<a>"}, "损坏"),
        ({"word/a.xml": b" " * 40_000_000 + b"<a/>"}, "过大"),
    ],
)
def test_an_office_file_that_reaches_out_or_hides_something_is_refused(
    parts: dict[str, str], words: str
) -> None:
    assert words in refusal(samples.package(parts))


@pytest.mark.parametrize(
    "parts",
    [
        {"word/_rels/document.xml.rels": samples.relation("hyperlink", "https://x.example")},
        {"word/_rels/document.xml.rels": samples.relation("hyperlink", "mailto:a@x.example")},
        {"main.xml": samples.BODY.format('<w:instrText>HYPERLINK "http://x.example/link"</w:instrText>')},
        {"main.xml": samples.BODY.format("<w:t>文中写到 DDE 和 LINK 无妨</w:t>")},
        {"xl/printerSettings/printerSettings1.bin": b"\x00"},
        {"word/media/image1.png": samples.png()},
    ],
)
def test_an_ordinary_office_file_comes_in(parts: dict[str, str]) -> None:
    assert inspect(samples.package(parts), "a.docx").media_type is MediaType.DOCX


def test_macros_are_known_by_the_declared_kind_too() -> None:
    assert "宏" in refusal(samples.package(kind=samples.MACRO_WORD))


def test_an_archive_is_no_office_file() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    assert "压缩包" in refusal(out.getvalue(), "a.docx")
    assert "压缩包" in refusal(samples.package(kind="text/plain"))


def test_an_office_file_with_something_before_or_behind_is_refused() -> None:
    assert "夹带" in refusal(samples.package() + b"<html>")
    with zipfile.ZipFile(io.BytesIO(samples.package())) as whole:
        assert whole.testzip() is None
    assert "损坏" in refusal(samples.package()[:200])


def test_an_office_file_of_too_many_parts_is_refused() -> None:
    assert "过大" in refusal(samples.package({f"word/{n}.xml": "<a/>" for n in range(5001)}))


def test_real_writers_files_come_in() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["房号", "=SUM(1,2)"])
    out = io.BytesIO()
    book.save(out)
    assert inspect(out.getvalue(), "表.xlsx").media_type is MediaType.XLSX


@pytest.mark.parametrize(
    "content", [b"\n" * 2_000_000, b"= " * 1_000_000, b"< " * 1_000_000, b'"=' * 1_000_000, b",=a|" * 500_000]
)
def test_a_hostile_text_does_not_make_the_search_slow(content: bytes) -> None:
    began = time.process_time()
    inspect(content, "a.csv")
    assert time.process_time() - began < 3


def test_a_large_photograph_does_not_look_like_a_page_by_chance() -> None:
    out = io.BytesIO()
    noise = random.Random(7).randbytes(1200 * 1200 * 3)
    Image.frombytes("RGB", (1200, 1200), noise).save(out, "PNG")
    assert inspect(out.getvalue(), "a.png").media_type is MediaType.PNG


def test_each_kind_has_its_own_size(settings) -> None:
    settings.FILE_LIMITS = {"image": 50, "pdf": 50, "office": 50, "text": 50}
    for content in (samples.png(), samples.pdf(), samples.package(), "甲".encode() * 20):
        assert "不能超过" in refusal(content)
