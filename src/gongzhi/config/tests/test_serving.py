"""The web server: a connection on which nothing is said keeps nobody waiting."""

import select
import socket
from pathlib import Path
from typing import Any

import pytest

from gongzhi.config import serving


@pytest.mark.skipif(not hasattr(socket, "TCP_DEFER_ACCEPT"), reason="只有 Linux 能让没有内容的连接等着")
def test_a_connection_is_handed_on_when_something_is_said_on_it() -> None:
    with socket.create_server((serving.HOST, 0)) as listener:
        serving.defer(listener)
        with socket.create_connection(listener.getsockname()) as client:
            assert select.select([listener], [], [], 0.2)[0] == []
            client.sendall(b"GET")
            assert select.select([listener], [], [], 10)[0] == [listener]


def test_every_listener_of_the_server_waits_so() -> None:
    class Listener:
        def __init__(self, sock: socket.socket) -> None:
            self.sock = sock

    class Server:
        LISTENERS: list[Listener]

    settings = serving.settings_of(serving.HOST, 0, 1, follow=False)
    with socket.create_server((serving.HOST, 0)) as listener:
        server = Server()
        server.LISTENERS = [Listener(listener)]
        settings["when_ready"](server)
        if hasattr(socket, "TCP_DEFER_ACCEPT"):
            assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT) > 0


def test_a_request_may_take_as_long_as_the_largest_table(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = serving.settings_of(serving.HOST, 0, 1, follow=False)
    server = serving.Server(settings)
    assert server.cfg.timeout == serving.TIMEOUT == 300


def test_what_browsers_load_is_laid_out_once_until_something_else_is_published(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    laid_out: list[str] = []
    monkeypatch.setattr("django.core.management.call_command", lambda name, **told: laid_out.append(name))
    serving.collect_static()
    serving.collect_static()
    assert laid_out == ["collectstatic"]
    monkeypatch.setattr("gongzhi.ui.published.own_files", lambda: {"ui/gongzhi-000000000000.css": b""})
    serving.collect_static()
    assert len(laid_out) == 2
    settings.STATIC_ROOT.rmdir()
    serving.collect_static()
    assert len(laid_out) == 3


def test_what_was_laid_out_by_half_is_laid_out_again(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"

    def killed(name: str, **told: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("django.core.management.call_command", killed)
        with pytest.raises(KeyboardInterrupt):
            serving.collect_static()
    laid_out: list[str] = []
    monkeypatch.setattr("django.core.management.call_command", lambda name, **told: laid_out.append(name))
    serving.collect_static()
    assert laid_out
