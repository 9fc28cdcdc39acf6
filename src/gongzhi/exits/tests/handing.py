"""Scenes of a handover: plan, signers, lists, readings, confirmation."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from gongzhi.procedures.models import Item

GIVER, RECEIVER = "provider_leader", "other_provider_leader"
SIGNER = "示例签字人"


class Handing:
    """What a play of an exit says in its handover. The giver is the provider's leader."""

    now: datetime
    area: Any
    do: Any
    stand: Any
    case: Any
    go: Any
    open_tasks: Any

    def hand_over(self, receiver: str = RECEIVER, missing: tuple[str, ...] = ()) -> Self:
        """Every list of the place, signed and witnessed, and the confirmation."""
        self.plan().go(hours=2)
        self.empower(GIVER).empower(receiver)
        for step in self.lists():
            self.fill(step, missing)
            self.sign(step, receiver)
        self.go(minutes=30)
        self.confirm(receiver, missing)
        return self

    def plan(self, **more: Any) -> Any:
        """The street plans the handover, for an hour from now."""
        said = {
            "starts_at": (self.now + timedelta(hours=1)).isoformat(),
            "place": "示例物业服务用房",
            "teams": "示例：资料组、资产组",
            "attendees": ["示例甲", "示例乙"],
            "police_told": True,
            "police_note": "示例：函告派出所",
        }
        self.do("subdistrict_officer", "handover.plan.submit", "submit", **said | more)
        return self

    def lists(self) -> list[str]:
        """The lists that are open."""
        paths = [
            path for path in self.open_tasks() if path.startswith("handover.") and path.endswith(".fill")
        ]
        return [path.split(".")[1] for path in paths]

    def empower(self, name: str, signer: str = SIGNER, **more: Any) -> Any:
        """A body says who signs for it, by a power of attorney."""
        said = {
            "signer": signer,
            "basis": "power_of_attorney",
            "matter": "示例：物业项目交接",
            "scope": "示例：清点、签字",
            "from_on": "2026-01-01",
            "to_on": "2026-12-31",
            "id_last_four": "001X",
        }
        self.stand(name, "handover", "authorise_signer", **said | more)
        return self

    def read_meter(self, name: str = GIVER, **more: Any) -> None:
        """A meter is read."""
        said = {"medium": "water", "meter": "总水表", "reading": "12876.5", "read_at": self.now.isoformat()}
        self.stand(name, "handover", "record_reading", **said | more)

    def items(self, step: str) -> list[Item]:
        """The lines of a list."""
        rows = self.case("handover").row.items.filter(round__step__code=step, round__void_at=None)
        return list(rows.order_by("id"))

    def fill(
        self,
        step: str,
        missing: tuple[str, ...] = (),
        name: str = GIVER,
        task: str = "fill",
        **more: Any,
    ) -> None:
        """Each item of a list is told, then the list closed; a meter is read for the further items."""
        if step == "extra":
            self.read_meter(name)
        for item in self.items(step):
            said: dict[str, Any] = {
                "code": item.code,
                "state": "original" if step == "documents" else "present",
            }
            if step == "extra" and item.code in ("prepaid", "deposits", "lifts"):
                said["condition"] = "无"
            if item.code in missing:
                until = (self.now + timedelta(days=10)).date()
                said = {"code": item.code, "state": "missing", "reason": "示例遗失", "make_up_on": str(until)}
            self.do(name, f"handover.{step}.{task}", "record", **said)
        self.do(name, f"handover.{step}.{task}", "fill", **more)

    def sign(self, step: str, receiver: str = RECEIVER) -> None:
        """Both sides and the witnesses sign."""
        by = {
            "sign:provider": GIVER,
            "sign:receiver": receiver,
            "witness:community": "community_worker",
            "witness:owners": "committee_head",
        }
        start = f"handover.{step}."
        for path in [path for path in self.open_tasks() if path.startswith(start)]:
            task = path.removeprefix(start)
            if task in by:
                self.do(by[task], path, "sign", **signature())

    def confirm(self, receiver: str = RECEIVER, missing: tuple[str, ...] = (), **more: Any) -> None:
        """The confirmation is signed by both."""
        self.approve(receiver, missing, **more)
        self.do(GIVER, "handover.confirmation.countersign:provider", "countersign", **signature())

    def approve(self, receiver: str = RECEIVER, missing: tuple[str, ...] = (), **more: Any) -> Any:
        """The receiver confirms."""
        said = {
            "confirmed_at": self.now.isoformat(),
            "content": "示例交接内容",
            "open_issues": "示例：有缺失项目" if missing else "无",
            "resolution": "示例：限期补交" if missing else "无",
            "resolve_by": str((self.now + timedelta(days=10)).date()) if missing else None,
            **signature(),
        }
        papers = ("handover_confirmation",)
        return self.do(receiver, "handover.confirmation.decide", "approve", papers, **said | more)


def signature(signer: str = SIGNER) -> dict[str, Any]:
    """Somebody signs on paper; who keeps the account brings the scan."""
    return {"signed_way": "paper", "signer": signer, "capacity": "授权代表"}


def scan_of(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The paper that what was signed on paper brings, a power of attorney itself."""
    if facts.get("basis") == "power_of_attorney":
        return ("power_of_attorney",)
    return ("signed_page",) if facts.get("signed_way") == "paper" else ()
