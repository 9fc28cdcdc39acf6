"""`gongzhi work` and `gongzhi tick`: what falls due is done each minute."""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from types import FrameType

from django.db import DatabaseError, close_old_connections

from gongzhi.values import now as clock

from . import database, lifeline
from .arguments import Arguments
from .cells import Keeper
from .environment import read_environment

#: Done in this order each minute, each called with the minute's instant. Idempotent, every one of them.
EVERY_MINUTE = (
    "gongzhi.config.minute:pass_tasks_on",
    "gongzhi.config.minute:look_ahead",
    "gongzhi.config.minute:fire_clocks",
    "gongzhi.config.minute:open_recurring",
    "gongzhi.config.minute:send_messages",
    "gongzhi.config.minute:forget_sessions",
    "gongzhi.config.minute:seal_log",
)
log = logging.getLogger("gongzhi.worker")


def work(argv: list[str]) -> int:
    """Tick each minute until stopped (SIGINT, SIGTERM)."""
    options = Arguments("work", "启动后台")
    options.add_argument("--stop-with-stdin", action="store_true", help="标准输入关闭时停止")
    given = options.parse_args(argv)
    database.set_up()
    database.need_current()
    database.settle()
    if given.stop_with_stdin:
        lifeline.follow_parent()
    stopping = threading.Event()

    def stop_soon(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGINT, stop_soon)
    signal.signal(signal.SIGTERM, stop_soon)
    keeper = keep_cells(stopping)
    run_until(stopping)
    keeper.join()
    return 0


def keep_cells(stopping: threading.Event) -> threading.Thread:
    """Look after the rehearsals beside the ticks."""
    keeper = Keeper(read_environment())
    thread = threading.Thread(target=keeper.keep, args=(stopping,), name="cells")
    thread.start()
    return thread


def run_until(stopping: threading.Event) -> None:
    """Tick now and at the start of each minute; a failing job is logged and tried again the next minute."""
    while not stopping.is_set():
        at = clock.now()
        close_old_connections()
        do_minute(at)
        stopping.wait(60 - at.second)


def tick(argv: list[str]) -> int:
    """Tick once; 1 where a job failed."""
    Arguments("tick", "立即办理一次到期事项").parse_args(argv)
    database.set_up()
    database.need_current()
    failed = do_minute(clock.now())
    print(f"已办理到期事项，{failed} 项失败，详见日志。" if failed else "已办理到期事项。")
    return 1 if failed else 0


def do_minute(at: datetime) -> int:
    """Run every job; one that fails does not keep the others from running. Returns how many failed."""
    failed = 0
    for name in EVERY_MINUTE:
        module, function = name.split(":")
        job: Callable[[datetime], object] = getattr(import_module(module), function)
        try:
            job(at)
        except Exception as fault:  # the next minute must come whatever a job did
            log.exception("minute job %s failed", name)
            _note_failure(function, at, fault)
            failed += 1
    return failed


def _note_failure(job: str, at: datetime, fault: Exception) -> None:
    """Let the administrator see it, if the database can still be written to."""
    from gongzhi.procedures.tick import note_failure

    try:
        note_failure(job, at, fault)
    except DatabaseError:
        log.exception("the failure of %s could not be written down", job)
