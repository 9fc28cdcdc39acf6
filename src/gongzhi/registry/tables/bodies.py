"""The organisations a table names, by name or by credit code."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gongzhi.registry.models import Organisation
from gongzhi.values.identifiers import normalise

from . import cells
from .columns import Column
from .words import key_of


def body_columns(
    name: str, title: str, note: str, example: str, *, needed: bool, also: tuple[str, ...] = ()
) -> tuple[Column, Column]:
    """Two columns that name a body: its name, and its credit code where names are not enough."""
    by_name = Column(name, title, cells.name(100), note, example, needed=needed, fills=True, also=also)
    by_code = Column(
        f"{name}_uscc",
        f"{title}信用代码",
        cells.number_text(30),
        "有同名单位时填写，18位统一社会信用代码",
        "",
        needed=False,
        fills=True,
        digits=True,
        also=(f"{title}统一社会信用代码",),
    )
    return by_name, by_code


@dataclass(slots=True)
class Bodies:
    """Registered bodies by name and by credit code; those that ceased are not found."""

    by_name: dict[str, list[Organisation]]
    by_code: dict[str, Organisation]

    @classmethod
    def of(cls, names: Iterable[str | None], codes: Iterable[str | None]) -> "Bodies":
        """Those that any of the names or codes can mean."""
        keys = {key_of(name) for name in names if name}
        wanted = {normalise(code) for code in codes if code}
        by_name: dict[str, list[Organisation]] = defaultdict(list)
        by_code: dict[str, Organisation] = {}
        if keys or wanted:
            for found in Organisation.objects.filter(to_on__isnull=True).iterator():
                if (key := key_of(found.name)) in keys:
                    by_name[key].append(found)
                if found.uscc in wanted:
                    by_code[found.uscc] = found
        return cls(by_name, by_code)

    def find(self, name: str | None, code: str | None) -> tuple[Organisation | None, str]:
        """The body, or why it is not found."""
        if code:
            found = self.by_code.get(normalise(code))
            if found is None:
                return None, f"没有登记信用代码为“{code}”的单位，请核对，或先导入单位"
            if name and key_of(found.name) != key_of(name):
                return None, f"信用代码“{code}”登记为“{found.name}”，与“{name}”不符，请核对"
            return found, ""
        named = self.by_name.get(key_of(name or ""), [])
        if len(named) > 1:
            return None, f"有{len(named)}个单位都叫“{name}”，请填写信用代码"
        return (named[0], "") if named else (None, f"没有登记单位“{name}”，请核对名称，或先导入单位")
