"""`gongzhi serve`: the web server, gunicorn with sync workers."""

import errno
import socket
import threading
from typing import Any

from gunicorn.app.base import BaseApplication

from . import database, lifeline
from .arguments import Arguments, port, positive
from .environment import stop

HOST, PORT, WORKERS = "127.0.0.1", 8000, 2
#: Seconds a connection may be silent before a worker is given it all the same.
SILENT = 120
#: Seconds for one request: the largest tables are checked, row by row, and written within one.
TIMEOUT = 300
#: Seconds for one request of a rehearsal.
CLOCK_TIMEOUT = 600


class Server(BaseApplication):
    """gunicorn around our WSGI application, with settings given in Python."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Take over the settings; gunicorn reads no file and no command line of its own."""
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application."""
        from .wsgi import application

        database.settle()
        return application


def serve(argv: list[str]) -> int:
    """Serve until stopped. `--stop-with-stdin` is for a parent that wants no orphan."""
    options = Arguments("serve", "启动网站")
    options.add_argument("--host", default=HOST, help="监听地址")
    options.add_argument("--port", type=port, default=PORT, help="端口")
    options.add_argument("--workers", type=positive, default=WORKERS, help="进程数")
    options.add_argument("--stop-with-stdin", action="store_true", help="标准输入关闭时停止")
    given = options.parse_args(argv)
    need_free(given.host, given.port)
    database.set_up()
    database.need_current()
    collect_static()
    if given.stop_with_stdin:
        lifeline.follow_parent()
    settings = settings_of(given.host, given.port, given.workers, follow=given.stop_with_stdin)
    Server(settings | settings_of_a_cell()).run()
    return 0


def collect_static() -> None:
    """Put stylesheets and scripts where whitenoise finds them, unless just these are there: it takes seconds."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    if settings.STATIC_ROOT.is_symlink():  # a rehearsal reads what the real system collected
        return
    published = sorted(name for finder in get_finders() for name, _ in finder.list(None))
    note, told = settings.STATIC_ROOT.with_suffix(".list"), "\n".join(published)
    if settings.STATIC_ROOT.is_dir() and note.is_file() and note.read_text("utf-8") == told:
        return
    note.unlink(missing_ok=True)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    note.write_text(told, "utf-8")


def settings_of(host: str, at: int, workers: int, *, follow: bool) -> dict[str, Any]:
    """gunicorn's settings; each worker follows our parent too, lest one hold the port after a `kill -9`."""
    return {
        "bind": f"[{host}]:{at}" if ":" in host else f"{host}:{at}",
        "workers": workers,
        "worker_class": "sync",
        "preload_app": True,
        "max_requests": 10_000,
        "max_requests_jitter": 1_000,
        "timeout": TIMEOUT,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "proc_name": "gongzhi",
        "control_socket_disable": True,
        "when_ready": defer_all,
        **({"post_fork": lambda server, worker: lifeline.follow_parent()} if follow else {}),
    }


def defer_all(server: Any) -> None:
    """Every listener of the server."""
    for listener in server.LISTENERS:
        defer(listener.sock)


def defer(listener: socket.socket) -> None:
    """Hand a connection on only when something is said on it.

    Browsers open some ahead that they may never use; each would hold a worker until it is killed for being slow.
    """
    if hasattr(socket, "TCP_DEFER_ACCEPT") and listener.family in (socket.AF_INET, socket.AF_INET6):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENT)


def settings_of_a_cell() -> dict[str, Any]:
    """A rehearsal ticks by itself, beside its requests; one that moves the clock by a year takes its time."""
    from django.conf import settings

    if settings.CELL is None:
        return {}
    return {"timeout": CLOCK_TIMEOUT, "post_worker_init": lambda worker: tick_beside()}


def tick_beside() -> None:
    """What falls due is done each minute in this very process, until it ends."""
    from .worker import run_until

    threading.Thread(target=run_until, args=(threading.Event(),), name="minute", daemon=True).start()


def bind_error(host: str, at: int) -> OSError | None:
    """Why the address cannot be listened on, None where it can."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, at))
            probe.listen()
        except OSError as refused:
            return refused
    return None


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def need_free(host: str, at: int) -> None:
    """Stop with one sentence where the port is taken or the address is not ours."""
    refused = bind_error(host, at)
    if refused is None:
        return
    if refused.errno == errno.EADDRINUSE:
        stop(f"端口 {at} 已被占用，请先停止占用它的程序，或用 --port 换一个端口。")
    stop(f"无法监听 {host}:{at}（{refused.strerror}），请用 --host、--port 换一个地址。")
