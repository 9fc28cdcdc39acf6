"""`gongzhi import` and `gongzhi export`: every kind end to end, files of errors, who acts, a killed process."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gongzhi.accounts.models import Account
from gongzhi.acts.models import Act
from gongzhi.config import command
from gongzhi.config.environment import ROOT
from gongzhi.config.tables import Bar
from gongzhi.law.models import Jurisdiction
from gongzhi.registry.models import Organisation, Ownership, ServiceContract, Unit
from gongzhi.registry.tests.cast import Cast, build_cast, resident_id
from gongzhi.registry.tests.tables import OWNERS, UNITS, sheet, text, unit
from gongzhi.values.now import ZONE

COMMUNITY, ESTATE, COMPANY = "220602001001", "示例花园", "示例物业有限公司"


@pytest.fixture(autouse=True)
def _on_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the test is set up and current."""
    for name in ("set_up", "need_current"):
        monkeypatch.setattr(f"gongzhi.config.database.{name}", lambda: None)


def run(*words: Any) -> int:
    """The command."""
    return command.main([str(word) for word in words])


def stopped(capsys: Any, *words: Any) -> str:
    """The one sentence of a command that was not carried out."""
    with pytest.raises(SystemExit) as stop:
        run(*words)
    assert stop.value.code == 2
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    return str(printed)


def bring_in(folder: Path, kind: str, content: bytes) -> None:
    """Take one table in."""
    path = folder / f"{kind}.csv"
    path.write_bytes(content)
    assert run("import", kind, path) == 0


REGISTER = {
    "divisions": (ROOT / "src/gongzhi/law/data/divisions.csv").read_bytes(),
    "organisations": text(("类别", "名称", "行政区划代码", "成立日期"), ("物业公司", COMPANY, "220602", "2020-01-01")),
    "estates": text(
        ("社区代码", "小区名称", "管理方式", "管理起始日期", "管理单位", "依据文书"),
        (COMMUNITY, ESTATE, "合同", "2024-01-01", COMPANY, "示例合同"),
    ),
    "units": text(UNITS, (COMMUNITY, ESTATE, "1幢", "101"), (COMMUNITY, ESTATE, "1幢", "102")),
    "owners": text(
        OWNERS,
        (COMMUNITY, ESTATE, "1幢", "101", "示例甲", resident_id(9001), "13800009001", "1/2", "2024-02-01"),
        (COMMUNITY, ESTATE, "1幢", "101", "示例乙", "", "", "1/2", "2024-02-01"),
    ),
    "contracts": text(
        ("社区代码", "小区名称", "物业服务人", "签订日期", "合同起", "合同止"),
        (COMMUNITY, ESTATE, COMPANY, "2023-12-20", "2024-01-01", "2026-12-31"),
    ),
}  # fmt: skip


def test_a_register_is_brought_in_kind_by_kind_written_out_and_brought_in_again(
    db: None, tmp_path: Path, capsys: Any
) -> None:
    for kind, content in REGISTER.items():
        bring_in(tmp_path, kind, content)
    assert (Unit.objects.count(), Ownership.objects.count(), ServiceContract.objects.count()) == (2, 2, 1)
    capsys.readouterr()
    for kind in REGISTER:
        path = tmp_path / f"{kind}.xlsx"
        assert run("export", kind, path, "--at", "220602") == 0
        before = counted()
        assert run("import", kind, path) == 0
        assert counted() == before
        assert "新登记0" in capsys.readouterr().out


def counted() -> tuple[int, ...]:
    """How much is registered, and how often anything was done."""
    models: tuple[Any, ...] = (Jurisdiction, Organisation, Unit, Ownership, ServiceContract, Act)
    return tuple(model.objects.count() for model in models)


def test_errors_stand_in_a_file_beside_the_first_one(cast: Cast, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "房屋.xlsx"
    path.write_bytes(sheet(UNITS, unit("9幢", "901"), unit("9幢", None)))
    units = Unit.objects.count()
    assert run("import", "units", path) == 1
    printed = capsys.readouterr()
    made = tmp_path / "房屋-错误.xlsx"
    assert printed.err == f"有1行有误，没有登记任何一行，原因见 {made} 的“错误原因”列。\n"
    assert made.stat().st_mode & 0o077 == 0
    assert Unit.objects.count() == units
    other = tmp_path / "other.xlsx"
    assert run("import", "units", path, "--errors", other) == 1
    assert other.exists()
    assert "不能与原文件同名" in stopped(capsys_cleared(capsys), "import", "units", path, "--errors", path)


def capsys_cleared(capsys: Any) -> Any:
    """Forget what was printed."""
    capsys.readouterr()
    return capsys


def test_a_rehearsal_writes_nothing(cast: Cast, tmp_path: Path, capsys: Any) -> None:
    path, units = tmp_path / "a.csv", Unit.objects.count()
    path.write_bytes(text(UNITS, unit("9幢", "901")))
    assert run("import", "units", path, "--dry-run") == 0
    assert capsys.readouterr().out == "“房屋”表1行，可以登记1套。\n"
    assert Unit.objects.count() == units


def test_an_import_is_of_the_account_named(cast: Cast, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text(UNITS, unit("9幢", "901")))
    officer, owner = (Account.objects.get(pk=cast[name].account_id) for name in ("county_officer", "owner"))
    assert "应由小区所在地物业主管部门" in stopped(capsys, "import", "units", path, "--by", owner.username)
    assert run("import", "units", path, "--by", officer.username) == 0
    acts = Act.objects.filter(name="registry.register_units").order_by("-at", "-id")
    assert acts[0].account_id == officer.pk
    assert acts[0].appointment_id == cast["county_officer"].appointment_id


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("import", "people", "a.csv"), "命令参数有误"),
        (("import", "units", "/nowhere/a.csv"), "读不了文件"),
        (("import", "template", "units", "/nowhere/a.csv"), "写不了文件"),
        (("import", "template", "units", "a.ods"), "要以 .xlsx 或者 .csv 结尾"),
        (("export", "units", "a.xlsx"), "命令参数有误"),
        (("export", "units", "a.xlsx", "--at", "999999"), "没有行政区划代码"),
        (("export", "units", "a.xlsx", "--at", "22", "--by", "nobody"), "没有账号 nobody"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    db: None, capsys: Any, words: tuple[str, ...], says: str
) -> None:
    assert says in stopped(capsys, *words)


def test_what_is_no_table_is_one_sentence(cast: Cast, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"%PDF-1.7")
    assert "PDF或者图片" in stopped(capsys, "import", "units", path)


def test_a_template_is_written(tmp_path: Path) -> None:
    assert run("import", "template", "owners", tmp_path / "t.xlsx") == 0
    assert (tmp_path / "t.xlsx").read_bytes().startswith(b"PK")


def test_numbers_in_the_clear_need_somebody_and_a_purpose(cast: Cast, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "owners.csv"
    words = ("export", "owners", path, "--at", "220602", "--unmasked", "核对名册（示例）")
    assert "请指明由谁导出" in stopped(capsys, *words)
    officer = Account.objects.get(pk=cast["county_officer"].account_id)
    assert run(*words, "--by", officer.username) == 0
    assert "***" not in path.read_text("utf-8-sig")


def test_the_bar_is_for_terminals(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = Bar()
    silent("读取", 1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    bar = Bar()
    bar("读取", 1, 2)
    assert f"读取 [{'█' * 15}{'·' * 15}] 1/2" in capsys.readouterr().err
    bar.end()
    assert capsys.readouterr().err == "\r\033[K"


@pytest.fixture
def cast(db: None) -> Cast:
    """The home area."""
    return build_cast(datetime(2026, 3, 2, 9, tzinfo=ZONE), areas=())


# A process that is killed ------------------------------------------------------------------------------------------

#: Runs the command and kills itself as soon as one act of units was written, in the middle of the file.
KILLED = """
import os, signal, sys
from gongzhi.config import command, database
database.set_up()
from gongzhi.registry.tables import importing
done = importing._perform
def perform(checked, step, *rest):
    answer = done(checked, step, *rest)
    if step.action.name == "registry.register_units":
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
importing._perform = perform
command.main(sys.argv[1:])
"""


def test_a_killed_import_leaves_nothing_and_is_run_again(tmp_path: Path) -> None:
    environment = os.environ | {"GONGZHI_MODE": "rehearsal", "GONGZHI_DATA": str(tmp_path)}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "GONGZHI_DATABASE_URL": ""}
    prepare(tmp_path, environment)
    rows = [
        (COMMUNITY, name, "1幢", str(room)) for name in ("示例甲园", "示例乙园") for room in range(101, 151)
    ]
    path = tmp_path / "units.csv"
    path.write_bytes(text(UNITS, *rows))
    killed = child(environment, "-c", KILLED, "import", "units", str(path))
    assert killed.returncode == -9
    assert in_database(tmp_path) == (0, 0, 0)
    again = child(environment, "-m", "gongzhi.config.command", "import", "units", str(path))
    assert again.stdout == "“房屋”表100行，新登记100套。\n"
    assert in_database(tmp_path) == (100, 2, 1)


def prepare(folder: Path, environment: dict[str, str]) -> None:
    """Two estates in a database of their own."""
    estates = text(
        ("社区代码", "小区名称", "管理方式", "管理起始日期", "原因"),
        *[(COMMUNITY, name, "无人在管", "2024-01-01", "示例原因") for name in ("示例甲园", "示例乙园")],
    )
    (folder / "estates.csv").write_bytes(estates)
    for words in (
        ("migrate",),
        ("import", "divisions", str(ROOT / "src/gongzhi/law/data/divisions.csv")),
        ("import", "estates", str(folder / "estates.csv")),
    ):
        done = child(environment, "-m", "gongzhi.config.command", *words)
        assert done.returncode == 0, done.stderr


def child(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """A Python of its own."""
    return subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, check=False
    )


def in_database(folder: Path) -> tuple[int, ...]:
    """Units, buildings, and imports of units on record."""
    with closing(sqlite3.connect(folder / "gongzhi.sqlite3")) as connection:
        return tuple(
            connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0]
            for what in (
                "registry_unit",
                "registry_building",
                "acts_act WHERE name = 'registry.import_table' AND said LIKE '%units%'",
            )
        )
