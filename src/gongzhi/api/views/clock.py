"""The rehearsal's clock: moved forward by the administrator, whereupon everything that falls due happens."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from gongzhi.acts.policies import policy
from gongzhi.values import now as clock
from gongzhi.values.refusals import NotFound, NotPossible

from ..auth import Caller, caller_of
from ..schemas.basics import PROBLEMS
from ..schemas.law import ClockIn, RehearsalClock

router = Router(tags=["演练"])
Minute = Callable[[datetime], int]
_BOUND: list[Minute] = []


def bind_minute(minute: Minute) -> None:
    """Name the jobs of the minute; `config` does, which knows them. They return how many of them failed."""
    _BOUND[:] = [minute]


@router.get("/clock", response={200: RehearsalClock, **PROBLEMS}, summary="演练的时钟")
def get_clock(request: HttpRequest) -> Any:
    """What time it is in the rehearsal."""
    caller = _administrator(request)
    return {"at": caller.at, "is_moved": clock.is_moved()}


@router.put("/clock", response={200: RehearsalClock, **PROBLEMS}, summary="拨动演练的时钟")
def put_clock(request: HttpRequest, body: ClockIn) -> Any:
    """Move the clock forward and do what falls due until then."""
    caller = _administrator(request)
    if not os.environ.get("GONGZHI_CLOCK_FILE"):
        raise NotPossible("没有设置时钟文件 GONGZHI_CLOCK_FILE，请设置后重新启动再拨动时钟。")
    if body.at <= caller.at:
        raise NotPossible("演练的时钟只能向前拨动，请填写以后的时间。")
    clock.move_to(body.at)
    failed = sum(minute(body.at) for minute in _BOUND)
    return {"at": body.at, "is_moved": True, "failed": failed}


def _administrator(request: HttpRequest) -> Caller:
    """Only where the clock may be moved at all, and only the administrator."""
    if not settings.REHEARSAL:
        raise NotFound("正式使用时没有这个地址，请核对后重试。")
    caller = caller_of(request)
    policy("system_administrator").check(by=caller.actor, facts=None, at=caller.at)
    return caller
