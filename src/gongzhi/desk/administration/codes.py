"""References that are codes: places, texts to adopt, keys a place may set, identity providers."""

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from gongzhi.accounts.adapters import provider_names
from gongzhi.law import queries as law
from gongzhi.law.models import Jurisdiction
from gongzhi.law.schema import Status
from gongzhi.registry.models import REGISTRARS, TERRITORIAL, Organisation
from gongzhi.registry.policies import setters_at
from gongzhi.registry.queries import day_of

from .registers import Asking, Register
from .seeing import administers

_BELOW = ("pk", "parent", "parent__parent", "parent__parent__parent", "parent__parent__parent__parent")


def _places(asking: Asking) -> QuerySet[Jurisdiction]:
    """Every place for the administrator; one's own and those below for an authority; one's own for anybody else."""
    rows = Jurisdiction.objects.filter(to_on=None).select_related("parent")
    if administers(asking.held):
        return rows
    body = asking.held.organisation
    if body is None:
        return rows.none()
    levels = _BELOW if body.kind in REGISTRARS else _BELOW[:1]
    wanted = Q()
    for level in levels:
        wanted |= Q(**{level: body.jurisdiction_code})
    return rows.filter(wanted)


def _communities(asking: Asking) -> QuerySet[Jurisdiction]:
    return _places(asking).filter(level="community")


def _words(row: Jurisdiction, asking: Asking) -> str:
    return f"{row.parent.name}·{row.name}" if row.parent is not None else row.name


def _register(title: str, rows: Callable[[Asking], QuerySet[Jurisdiction]]) -> Register:
    return Register(
        title,
        rows,
        _words,
        lambda asking, text: rows(asking).filter(Q(name__contains=text) | Q(code__startswith=text)),
        rows,
        "名称或者区划代码的开头",
        ("code",),
    )


PLACES = {
    "jurisdiction": _register("行政区划", _places),
    "jurisdiction_code": _register("行政区划", _places),
    "community": _register("社区", _communities),
}


def _texts(asking: Asking) -> Iterable[tuple[str, str]]:
    """The texts of one's place and above that carry no date, or are drafts, and that nobody there adopted."""
    book, code = law.book(), asking.given.get("jurisdiction") or _own(asking)
    if not code:
        return
    adopted = {one.instrument for one in book.adoptions if one.jurisdiction == code}
    for place in book.chain(code):
        pack = book.packs.get(place)
        for name, text in pack.instruments.items() if pack is not None else ():
            if text.status in (Status.UNDATED, Status.DRAFT) and name not in adopted:
                yield name, f"《{text.title}》"


def _own(asking: Asking) -> str:
    return asking.held.organisation.jurisdiction_code if asking.held.organisation is not None else ""


def _keys(asking: Asking) -> Iterable[tuple[str, str]]:
    """What the law leaves to the place; one where it is settled already."""
    book, key = law.book(), asking.given.get("key", "")
    if key in book.named:
        return [(key, book.key(key).title)]
    values = book.values_at(asking.given.get("jurisdiction") or _own(asking), day_of(asking.at))
    return [(one.key, one.title) for one in values if one.local_allowed]


def _bodies(asking: Asking) -> Iterable[tuple[str, str]]:
    """The authorities of the place and above, by name; those that may set there, where a value is set."""
    code = asking.given.get("jurisdiction") or _own(asking)
    if code and "key" in asking.act.facts.model_fields:
        return [(name, name) for name in setters_at(code)]
    chain = law.book().chain(code) if code else ()
    rows = Organisation.objects.filter(kind__in=TERRITORIAL, jurisdiction_code__in=chain, to_on=None)
    found = rows.order_by("kind", "name").values_list("jurisdiction_code", "name")
    return [(name, name) for _, name in sorted(found, key=lambda one: chain.index(one[0]))]


#: Field → every choice; few enough to be listed.
LISTED: dict[str, Callable[[Asking], Iterable[tuple[str, str]]]] = {
    "instrument": _texts,
    "key": _keys,
    "authority": _bodies,
    "provider": lambda asking: provider_names(),
}
#: Written out where none of them is registered.
KNOWN_IN_PART = frozenset({"authority"})
