"""The papers of a case through HTTP: what is offered is what can be had, and a bundle proves itself."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gongzhi.api.tests.http import BASE, Web
from gongzhi.papers.tests.measure import pages

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
        docx = web.ask("community_worker", "GET", one["docx"].removeprefix(BASE))
        assert docx.status_code == 200
        assert zipfile.ZipFile(io.BytesIO(docx.content)).testzip() is None


def test_a_preview_is_marked_on_every_page_and_what_was_said_is_not(web: Web) -> None:
    web.apply("2026-06-30").arrive()
    base = f"/cases/{web.root}/documents"
    cover = web.ask("committee_head", "GET", f"{base}/case_cover.pdf")
    assert all("预览" in "".join(page.text.split()) for page in pages(cover.content))
    application = web.ask("committee_head", "GET", f"{base}/application.exit_application.pdf")
    assert not any("预览" in page.text for page in pages(application.content))


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
    assert [name for name in names if name.endswith("物业服务退出申请书.pdf")]
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
