"""The first administrator of a new system: opened once, by the door, with a password one can sign in by."""

import io

import pytest
from django.test import Client

from gongzhi.accounts.models import Account
from gongzhi.acts.models import Act
from gongzhi.config import command, database
from gongzhi.registry.models import Appointment, Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "set_up", lambda: None)
    monkeypatch.setattr(database, "need_current", lambda: None)


def run(monkeypatch: pytest.MonkeyPatch, password: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return command.main(["administrator", "first", "--name", "示例管理员"])


def test_the_first_administrator_signs_in_and_begins_at_the_administration(monkeypatch, capsys):
    assert run(monkeypatch, "long-example-9") == 0
    held = Appointment.objects.get()
    assert (held.post, held.organisation, held.person.name) == (Post.ADMINISTRATOR, None, "示例管理员")
    client = Client()
    client.post("/sign-in/", {"username": "first", "password": "long-example-9"})
    assert client.get("/")["Location"] == "/administration/"
    assert "long-example-9" not in str(list(Act.objects.values()))
    assert "long-example-9" not in capsys.readouterr().out


def test_a_second_one_is_appointed_by_the_first(monkeypatch, capsys):
    run(monkeypatch, "long-example-9")
    with pytest.raises(SystemExit):
        run(monkeypatch, "long-example-9")
    assert "已经有系统管理员" in capsys.readouterr().err


def test_a_weak_password_opens_nothing(monkeypatch, capsys):
    with pytest.raises(SystemExit):
        run(monkeypatch, "short")
    assert "密码至少10位" in capsys.readouterr().err
    assert not Account.objects.exists()
    assert not Appointment.objects.exists()
