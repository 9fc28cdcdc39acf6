"""The poster of a notice, filled from what is registered: A4 or A3, for anybody while it hangs."""

from datetime import date, datetime
from typing import Literal

from gongzhi.notices.models import Notice
from gongzhi.papers.contents.notices import Desk, PublicNotice
from gongzhi.papers.render import render
from gongzhi.procedures.presenting import title_of_step
from gongzhi.registry.models import Organisation
from gongzhi.registry.roles import COMMUNITY, SUBDISTRICT, Place
from gongzhi.values.citations import Citation
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible

#: Where the register has no telephone.
ASK = "见社区公示栏"


def poster_of(notice: Notice, paper: Literal["a4", "a3"], address: str, at: datetime) -> bytes:
    """The PDF. NotPossible once it was taken down, and while the place has not said how long it hangs."""
    until_on = _demand_hanging(notice)
    street, community = _organs(notice, at)
    phone = _phone(community)
    content = PublicNotice(
        paper=paper,
        number=notice.number,
        estate=notice.estate.name if notice.estate is not None else (community.name if community else ""),
        heading=title_of_step(notice.case, notice.round.step.code),
        basis="、".join(str(Citation(one["instrument"], one["article"])) for one in notice.basis) or "见内容",
        posted_on=notice.counted_from.astimezone(ZONE).date(),
        until_on=until_on,
        provisional=not notice.exact,
        places=tuple(notice.places),
        desk=_desk(notice.issuer, community),
        poster=notice.issuer.name,
        supervision=f"{street.name} {_phone(street)}" if street is not None else ASK,
        address=address,
        check_phone=f"社区电话{phone}" if phone != ASK else "社区服务站电话",
        check_place=community.name if community is not None else "社区服务站",
        title=notice.title,
        paragraphs=tuple(line.strip() for line in notice.body.splitlines() if line.strip()),
    )
    return render(content.form(), at=at)


def _demand_hanging(notice: Notice) -> date:
    if notice.ended_at is not None:
        raise NotPossible("这份公示已经取下，不能再打印张贴，请打印现在挂着的公示。")
    if notice.until_on is None:
        raise NotPossible("本地还没有设定公示多少天，请由有权机关设定后再打印。")
    return notice.until_on


def _organs(notice: Notice, at: datetime) -> tuple[Organisation | None, Organisation | None]:
    """Street and community of the estate."""
    if notice.estate is None:
        return None, None
    place = Place(notice.estate, at.astimezone(ZONE).date())
    street, community = (place.holder_of(role) for role in (SUBDISTRICT, COMMUNITY))
    return street.organisation, None if community.vacant else community.organisation


def _desk(issuer: Organisation, community: Organisation | None) -> Desk:
    """Where an objection on paper goes: who posted, else the community."""
    phone = _phone(issuer) if issuer.phone_service else _phone(community)
    places = [issuer.service_address, community.name if community is not None else ""]
    return Desk(
        person=issuer.name,
        phone=phone,
        place="、".join(dict.fromkeys(filter(None, places))) or "社区服务站",
        hours="办公时间；也可以交社区代收登记",
    )


def _phone(body: Organisation | None) -> str:
    return (body.phone_service if body is not None else "") or ASK
