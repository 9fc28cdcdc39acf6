"""By whom and by which paper a place sets something: a body and a paper with names. Ours against slips, not law."""

import re
from collections.abc import Callable, Sequence

from gongzhi.values.refusals import Invalid

#: How a body's name ends; whether it exists is asked where bodies are registered.
_BODY = re.compile(
    r".{2,}(局|厅|委|委员会|政府|办|办公室|办事处|街道|部|处|科|中心|站|所|院|机关|部门|支队|大队|总队|人大常委会|小组|公司)$"
)
#: What says that there is no paper.
_NONE = re.compile(
    r"(暂?无|没有|未知|不详|待定|待补|略|空|none|null|nil|na|no|test|测试|文件|通知|文号|编号)*",
    re.IGNORECASE,
)
_BARE = re.compile(r"[^\w]|_")
#: No paper is named with fewer signs.
SHORTEST = 4


def demand_body(name: str, what: str) -> None:
    """Invalid where a text is no organisation's name at all."""
    if not _BODY.fullmatch(name.strip()):
        raise Invalid(
            f"“{name}”不是单位名称，请填写{what}的全称，例如某市住房和城乡建设局。",
            fields={"authority": "不是单位名称"},
        )


#: The bodies that may set for a place, nearest first; the law knows none by itself.
Setters = Callable[[str], Sequence[str]]
_setters: Setters = lambda place: ()  # noqa: E731


def bind_setters(setters: Setters) -> None:
    """Tell the law which registered bodies may set for a place, by its code. Called once, at start-up."""
    global _setters
    _setters = setters


def demand_setter(name: str, code: str, place: str) -> None:
    """Invalid where the body is not one of those that may set for the place; it names them, or what to register."""
    setters = _setters(code)
    if name in setters:
        return
    says = f"“{name}”不能为{place}设定，请由{place}或者上级的物业主管部门、人民政府设定"
    says += f"（已登记的有{'、'.join(setters)}）。" if setters else "，没有登记的请先登记单位。"
    raise Invalid(says, fields={"authority": "不是本级或者上级的物业主管部门、人民政府"})


def demand_paper(text: str, what: str, field: str) -> None:
    """Invalid where a text names no paper: a word for none, or too few signs to be a title or number."""
    bare = _BARE.sub("", text)
    if len(bare) < SHORTEST or _NONE.fullmatch(bare):
        raise Invalid(f"“{text}”不是文件名称或者文号，请填写{what}。", fields={field: "不是文件名称或者文号"})
