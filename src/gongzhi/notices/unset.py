"""A notice whose days the place has still to set: it may be put up, it promises no last day, it is not taken down yet.

No law forbids to hang it meanwhile; who can set its days is told by name wherever somebody runs into it.
"""

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.registry.policies import setters_at

#: So many of the bodies that may set it are named, the nearest first. Ours to choose, not law.
NAMED = 3
_WHERE = "在“本地设定”中设定"
#: What stands on a poster in the place of its last day.
ON_THE_POSTER = "公示期限本地未设定"


def is_unset(law: CaseLaw, key: str) -> bool:
    """Whether a text of the place asks for the days and leaves their number to it, and nobody has set it."""
    value = law.value(key)
    return value.is_defined and not value.is_set


def told(law: CaseLaw, key: str) -> str:
    """That its days are not set, by the title of the key, and who can set them; a clause without its end."""
    bodies = setters_at(law.code)
    named = "、".join(bodies[:NAMED]) + ("等" if len(bodies) > NAMED else "")
    who = f"{named}的负责人" if bodies else "本级或者上级物业主管部门、人民政府（尚未登记，先登记单位）"
    return f"本地未设定“{law.value(key).title}”，请由{who}{_WHERE}"


def before_posting(law: CaseLaw, key: str) -> str:
    """What who posts has to know first."""
    poster = (
        f"现在也可以贴出，张贴件只写“{ON_THE_POSTER}”，设定以前不能取下，设定后按张贴时间起算，重新打印换上"
    )
    return f"{told(law, key)}；{poster}"


def after_posting(law: CaseLaw, key: str) -> str:
    """What is to be done once it hangs."""
    return f"{told(law, key)}；设定以前不能取下，设定后请重新打印写明最后一日的张贴件换上"
