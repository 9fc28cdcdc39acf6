"""Who signs in a story, and by what power."""

from typing import Any

from gongzhi.acts.actor import Actor

from .telling import AGENT, Telling

#: What a power is for, and how far it goes, by the case it is shown in.
POWERS = {
    "exit": ("退出协议的协商和签订", "协商、签署退出协议，不得转委托"),
    "handover": ("物业项目交接", "清点、核对、签署移交清单和交接确认书，不得转委托"),
}


def empower(tell: Telling, procedure: str, *bodies: Actor) -> None:
    """Each body says by what somebody signs for it: it is their head, or has a power of attorney."""
    matter, scope = POWERS[procedure]
    for by in bodies:
        signed = tell.signature(by)
        said: dict[str, Any] = {"basis": "legal_representative"}
        papers: tuple[str, ...] = ()
        if signed["capacity"] == AGENT:
            until = tell.today.replace(year=tell.today.year + 1, day=1)
            said = {"basis": "power_of_attorney", "matter": matter, "scope": scope, "to_on": until}
            papers = ("power_of_attorney",)
        said |= {"signer": signed["signer"], "from_on": tell.today, "id_last_four": "001X"}
        tell.stand_with(papers, by, "authorise_signer", procedure, **said)
