"""The papers of a case through HTTP: what is offered is what can be had, and a bundle proves itself."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import docx
import pytest

from gongzhi.api.tests.http import BASE, Web
from gongzhi.papers.tests.measure import pages
from gongzhi.procedures.documents import paper_made
from gongzhi.procedures.file_names import file_name
from gongzhi.procedures.models import Case
from gongzhi.procedures.readview import ReadView
from gongzhi.registry.models import Estate

pytestmark = pytest.mark.django_db


def test_everything_offered_comes_as_pdf_and_as_an_editable_copy(web: Web) -> None:
    web.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    offered = web.get("community_worker", f"/cases/{web.root}/documents")
    assert [one["code"] for one in offered[:2]] == [
        "application.exit_application",
        "application.application_receipt",
    ]
    assert offered == web.told("community_worker")["documents"]
    for one in offered:
        pdf = web.ask("community_worker", "GET", one["pdf"].removeprefix(BASE))
        assert (pdf.status_code, pdf["Content-Type"], pdf.content[:5]) == (
            200,
            "application/pdf",
            b"%PDF-",
        ), one
        copy = web.ask("community_worker", "GET", one["docx"].removeprefix(BASE))
        assert copy.status_code == 200
        assert zipfile.ZipFile(io.BytesIO(copy.content)).testzip() is None


def test_a_preview_is_marked_on_every_page_and_what_was_said_is_not(web: Web) -> None:
    web.apply("2026-06-30").arrive()
    base = f"/cases/{web.root}/documents"
    cover = web.ask("committee_head", "GET", f"{base}/case_cover.pdf")
    assert all("预览" in "".join(page.text.split()) for page in pages(cover.content))
    application = web.ask("committee_head", "GET", f"{base}/application.exit_application.pdf")
    assert not any("预览" in page.text for page in pages(application.content))


def test_an_editable_copy_bears_the_mark_of_its_pdf(web: Web) -> None:
    web.apply("2026-07-31").go(hours=1).arrive().stand("provider_leader", "exit", "amend", reason="示例改期")
    base = f"/cases/{web.root}/documents"
    for code, mark in (
        ("application.exit_application.round1", "历史文书"),
        ("case_cover", "预览"),
        ("case_timeline", ""),
    ):
        copy = web.ask("committee_head", "GET", f"{base}/{code}.docx")
        opened = docx.Document(io.BytesIO(copy.content))
        assert opened.sections[0].header.paragraphs[0].text == mark, code
        assert not any("【" in one.text for one in opened.paragraphs)


def test_a_saved_paper_is_named_by_estate_paper_and_number(web: Web) -> None:
    web.apply("2026-06-30").arrive()
    base = f"/cases/{web.root}/documents"
    number = Case.objects.get(pk=web.root).number
    for ending in ("pdf", "docx"):
        answer = web.ask("committee_head", "GET", f"{base}/application.exit_application.{ending}")
        name = unquote(answer["Content-Disposition"].partition("filename*=utf-8''")[2])
        assert name == f"示例白山一号小区_书面退出申请_{number}.{ending}"


def test_a_long_or_unsafe_name_is_cut_and_its_number_stays_whole(web: Web) -> None:
    web.apply("2026-06-30").arrive()
    Estate.objects.filter(cases__pk=web.root).update(name='示例/一:号\n小区"' + "示例" * 40)
    made = paper_made(
        ReadView(Case.objects.get(pk=web.root)), "application.exit_application", web.now, masked=False
    )
    name = file_name(made, ".docx")
    assert len(name.encode()) <= 180
    assert name.startswith("示例-一-号-小区-示例")
    assert name.endswith(f"_书面退出申请_{made.source.case.row.number}.docx")


def test_a_paper_that_is_not_there_is_not_found(web: Web) -> None:
    web.apply("2026-06-30")
    answer = web.ask("committee_head", "GET", f"/cases/{web.root}/documents/agreement.exit_agreement.pdf")
    assert answer.status_code == 404
    assert "文书清单" in answer.json()["detail"]


def test_neighbours_print_the_poster_and_read_nothing_that_was_said(web: Web) -> None:
    web.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    offered = web.get("owner", f"/cases/{web.root}/documents")
    assert [one["code"] for one in offered] == ["publicity.poster_a4", "publicity.poster_a3"]
    base = f"/cases/{web.root}/documents"
    assert web.ask("owner", "GET", f"{base}/publicity.poster_a4.pdf").status_code == 200
    assert web.ask("owner", "GET", f"{base}/application.exit_application.pdf").status_code == 404


def test_the_bundle_holds_files_and_papers_and_its_verifier_finds_it_whole(web: Web, tmp_path: Path) -> None:
    web.apply("2026-06-30").arrive().post("provider_leader", "exit.publicity")
    answer = web.ask("subdistrict_officer", "GET", f"/cases/{web.root}/bundle.zip")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    content = answer.getvalue()
    answer.close()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "卷")
    assert {"manifest.json", "SHA256SUMS", "办理经过.pdf", "verify.py"} <= set(names)
    assert [name for name in names if name.endswith("_物业服务退出申请书.pdf")]
    assert not [name for name in names if "案卷封面" in name]
    command = [sys.executable, "-I", "-S", str(tmp_path / "卷" / "verify.py")]
    told = subprocess.run(command, capture_output=True, check=False, cwd="/")
    assert told.returncode == 0, told.stdout.decode()
    assert answer["X-Manifest-SHA256"] in told.stdout.decode()
    changed = next(path for path in (tmp_path / "卷" / "材料").iterdir())
    changed.write_bytes(b"changed")
    assert subprocess.run(command, capture_output=True, check=False, cwd="/").returncode == 1


def test_a_neighbour_takes_no_bundle(web: Web) -> None:
    web.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    answer = web.ask("owner", "GET", f"/cases/{web.root}/bundle.zip")
    assert answer.status_code == 404
    assert "无权导出" in answer.json()["detail"]
