"""The grounds of exit, by the codes that the packs list under `exit.grounds`, and what each of them rests on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongzhi.procedures.declare import Variant

TERM_EXPIRED = "term_expired"
AT_TERM = "dismissed_at_term"
NOT_RENEWING = "provider_not_renewing"
INDEFINITE = "indefinite_ended"
IN_TERM = "dismissed_in_term"
EARLY = "provider_early"
PRELIMINARY = "preliminary_replaced"
OTHER = "other_lawful"

NORMAL = (
    Variant(TERM_EXPIRED, "合同期满，业主大会未作出续聘决定", "BS-023"),
    Variant(AT_TERM, "合同期满，业主共同决定解聘", "BS-023"),
    Variant(NOT_RENEWING, "物业服务人期满不再续约", "BS-023 ZJ-017"),
    Variant(INDEFINITE, "不定期合同经提前通知解除", "BS-023"),
    Variant(IN_TERM, "合同期内业主共同决定解聘", "BS-024"),
    Variant(EARLY, "物业服务人因自身原因提前退出", "BS-025"),
    Variant(PRELIMINARY, "另聘新物业服务人使前期合同终止", "BS-026"),
    Variant(OTHER, "法律法规规定或者合同约定的其他情形", "BS-027"),
)
FORCED = (
    Variant("grade_d", "年度物业服务质量评价不合格", "BS-028 BS-029"),
    Variant("blacklisted", "列入省级信用黑名单", "BS-030"),
    Variant("repeated_penalties", "一年内多次受到行政处罚", "BS-031"),
    Variant("misuse_of_money", "挪用、侵占公共收益或者维修资金", "BS-032"),
    Variant("cutting_supply", "以停止供应或者限制出入催交物业费", "BS-033"),
    Variant("major_incident", "因主要责任引发重大群访或者安全责任事故", "BS-034"),
    Variant("refusing_disclosure", "拒不公示，经责令仍不改正", "BS-035"),
    Variant("total_subcontract", "整体转委托或者不履行主要义务", "BS-036"),
    Variant("other_forced", "法律法规规定的其他应当退出的情形", "BS-037"),
)
FORCED_CODES = tuple(variant.code for variant in FORCED)
#: The owners dismiss, and tell the provider some time ahead. 《民法典》第946条.
DISMISSALS = (AT_TERM, IN_TERM, *FORCED_CODES)
#: Everything that rests on what the owners decide together, unless the provider itself ends an indefinite contract.
VOTED = (*DISMISSALS, INDEFINITE, PRELIMINARY)
#: The owners move it themselves; of the forced grounds the county urges them.
MOVED = (AT_TERM, IN_TERM, INDEFINITE, PRELIMINARY)

TITLES = {variant.code: variant.title for variant in (*NORMAL, *FORCED)}


class Term(StrEnum):
    """How the term of a contract stands on a day. 《民法典》第947、948条."""

    UNKNOWN = "unknown"
    RUNNING = "running"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract under which the provider manages the estate."""

    kind: str = ""
    ends_on: date | None = None

    def term(self, on: date) -> Term:
        """Whether its term runs on a day (the last day included), is over, or never was one."""
        if not self.kind:
            return Term.UNKNOWN
        if self.ends_on is None:
            return Term.OPEN
        return Term.RUNNING if on <= self.ends_on else Term.OVER


#: No contract is registered.
NOTHING_KNOWN = Contract()
