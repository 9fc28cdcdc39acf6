"""The door: *lock → may they → can it now → does the law allow it → write → record*."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from gongzhi.values.ids import uuid7
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Conflict, Invalid, Refusal

from . import chains, events
from .actor import SYSTEM, Actor
from .canonical import digest, keyed_digest, plain_json
from .facts import Facts, said_json
from .kept import connected
from .models import Act, Chain
from .policies import policy
from .roots import Root

__all__ = ["ACTIONS", "SYSTEM", "Action", "Actor", "Answer", "Request", "action", "enter", "present_act"]

F = TypeVar("F", bound=Facts)
KEY_LENGTH = 128
F_contra = TypeVar("F_contra", bound=Facts, contravariant=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an act. `replayed` says that the same request had been carried out before."""

    value: dict[str, Any]
    act_id: UUID
    seq: int
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One wish to change something, before anybody looked at it."""

    name: str
    root: Root
    by: Actor
    at: datetime
    said: dict[str, Any]
    subject_id: UUID | None = None
    key: str = ""
    expects: int | None = None
    personal: bool = False
    once: tuple[str, ...] = ()
    act_id: UUID = field(default_factory=uuid7)
    #: Its place in the chain, known inside the door.
    seq: int = 0

    @property
    def digest(self) -> str:
        """Tells the same request under the same key from another one, and keeps what was said provable."""
        return said_digest(self.name, self.subject_id, self.said, personal=self.personal)


def said_digest(name: str, subject_id: UUID | None, said: Any, *, personal: bool) -> str:
    """The digest the record holds of what was said; keyed where it is personal, so that nobody can guess it back."""
    whole = [name, subject_id, said]
    return keyed_digest(whole) if personal else digest(whole)


_PRESENT: ContextVar[Request | None] = ContextVar("present", default=None)


def present_act() -> Request:
    """The request now inside the door; effects take the act's id from it."""
    present = _PRESENT.get()
    if present is None:
        raise RuntimeError("this is done inside the door only")
    return present


def enter(request: Request, *, may: Callable[[], None], body: Callable[[], dict[str, Any]]) -> Answer:
    """Carry out one change, whole or not at all.

    Locks the root, answers a repeated key from the record, then `may()` (raises NotAllowed), the reader's version, and
    `body()` (raises NotPossible or RuleBroken, writes, returns a JSON answer); handles the events raised and appends
    to the chain.
    """
    _demand_key(request.key)
    try:
        with transaction.atomic(), connected():
            chain = chains.lock(request.root)
            before = _replay(request)
            if before is None:
                return _carry_out(request, chain, may, body)
            transaction.set_rollback(True)  # a root that was new begins no chain
            return before
    except (Refusal, IntegrityError):
        twin = _replay(request)  # the same request may have come a moment earlier, under a root of its own
        if twin is None:
            raise
        return twin


def _demand_key(key: str) -> None:
    """A key is short and printable: it stands in a header."""
    if len(key) > KEY_LENGTH or not (key.isascii() and key.isprintable()):
        raise Invalid(
            f"请求编号只能用字母、数字和符号，不超过{KEY_LENGTH}个字符，请换一个再提交。",
            fields={"Idempotency-Key": "写法不对"},
        )


def _carry_out(
    request: Request, chain: Chain, may: Callable[[], None], body: Callable[[], dict[str, Any]]
) -> Answer:
    """May, version, body, events, record: with the root locked."""
    present = _PRESENT.set(replace(request, seq=chain.seq + 1))
    token, raised = events.collecting()
    try:
        may()
        _check_version(request, chain)
        value = body()
        events.handle_all(raised, request.at)
    finally:
        events.stop_collecting(token)
        _PRESENT.reset(present)
    told = plain_json(value)
    kept = {name: part for name, part in told.items() if name not in request.once}
    act = chains.append(chain, request, kept)
    return Answer(told, act.id, act.seq)


def _replay(request: Request) -> Answer | None:
    """The stored answer of the same request under the same key; another body is a conflict."""
    if not request.key or request.by.account_id is None:
        return None
    act = Act.objects.filter(account_id=request.by.account_id, key=request.key).first()
    if act is None:
        return None
    if act.said_digest != request.digest:
        raise Conflict("这个请求编号已用于另一件事，请换一个编号再提交。")
    return Answer(act.answer, act.id, act.seq, replayed=True)


def carried_out(by: Actor, key: str) -> Answer | None:
    """What was answered to the account under that key, whatever was said; None where nothing was carried out."""
    if not key or by.account_id is None:
        return None
    act = Act.objects.filter(account_id=by.account_id, key=key).first()
    return Answer(act.answer, act.id, act.seq, replayed=True) if act is not None else None


def _check_version(request: Request, chain: Chain) -> None:
    """Refuse when the reader's picture is older than the history: say who was quicker, and when."""
    if request.expects is None or request.expects == chain.seq:
        return
    last = Act.objects.filter(chain=chain).order_by("-seq").first()
    if last is None:
        raise Conflict("还没有人办理过，页面上的版本不对，请刷新后再办，您填写的内容没有丢失。")
    when = last.at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")
    who = chains.name_of(last.account_id)
    raise Conflict(f"他人已办理（{who}，{when}），请刷新后再办，您填写的内容没有丢失。")


class Body(Protocol[F_contra]):
    """The function an action wraps."""

    __name__: str
    __doc__: str | None

    def __call__(self, *, by: Actor, at: datetime, facts: F_contra) -> dict[str, Any]:
        """Check, write, answer."""


@dataclass(frozen=True)
class Action(Generic[F]):
    """A change that needs no case, as `POST /acts/{name}` and every room call it."""

    name: str
    title: str
    facts: type[F]
    root: Callable[[F], Root]
    may: str
    body: Body[F]
    public: bool
    once: tuple[str, ...]

    def __call__(
        self, *, by: Actor, at: datetime, facts: F, key: str = "", expects: int | None = None
    ) -> Answer:
        """Go through the door."""
        request = Request(
            name=self.name,
            root=self.root(facts),
            by=by,
            at=at,
            said=said_json(facts),
            key=key,
            expects=expects,
            personal=self.facts.personal,
            once=self.once,
        )
        return enter(
            request,
            may=lambda: policy(self.may).check(by=by, facts=facts, at=at),
            body=lambda: self.body(by=by, at=at, facts=facts),
        )


ACTIONS: dict[str, Action[Any]] = {}


def action(
    name: str,
    *,
    title: str,
    facts: type[F],
    root: Callable[[F], Root],
    may: str,
    public: bool = True,
    once: tuple[str, ...] = (),
) -> Callable[[Body[F]], Action[F]]:
    """Declare a change. `may` names a policy; answer keys in `once` are told but never stored (a new secret)."""

    def declare(body: Body[F]) -> Action[F]:
        if name in ACTIONS:
            raise ValueError(f"action {name} is declared twice")
        declared = Action(name, title, facts, root, may, body, public, once)
        ACTIONS[name] = declared
        return declared

    return declare
