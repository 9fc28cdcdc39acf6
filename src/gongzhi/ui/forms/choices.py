"""The words of a choice: an enumeration's own labels, those a field brings, else this table."""

import re
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

#: Up to so many choices are shown as boxes, more as a list to pick from.
BOXES = 4
#: Codes with their words at the end of a title.
LISTED = re.compile(r"（(?P<codes>[a-z_]+ [^，）]+(，[a-z_]+ [^，）]+)*)）$")
#: Code → words, of the literals of all rooms. A test finds the ones that are missing.
WORDS = {
    "": "不填",
    "added": "新增",
    "anew": "另行作出决定",
    "asked": "本人要求",
    "assembly": "业主大会决议",
    "blacklist": "列入黑名单",
    "city": "市",
    "code": "验证码",
    "commission": "酬金制",
    "community": "社区",
    "community_custody": "社区托管",
    "contract": "签订合同",
    "county": "县（市、区）",
    "court_enforcement": "申请法院强制执行",
    "demand": "书面催告",
    "dishonest_list": "列入失信名单",
    "dismiss": "只解聘",
    "dissolved": "解散",
    "elected": "选出新一届",
    "emergency": "应急服务",
    "entry": "表决结果不变，重新填写",
    "exiting": "办理退出",
    "grade": "降低等级",
    "hire": "选聘新企业",
    "hire_anew": "另行选聘",
    "hired": "新物业服务人接管",
    "id_number": "证件号码",
    "idle": "长时间没有操作",
    "indefinite": "转为不定期合同",
    "interim": "成立物业管理委员会",
    "judgment": "取得生效裁判",
    "lawsuit": "提起诉讼",
    "left": "已经离场",
    "lump_sum": "包干制",
    "mediation": "调解",
    "missing": "缺失",
    "not_elected": "未选出",
    "nothing": "没有作出决定",
    "original": "原件",
    "other": "其他",
    "owners": "业主共同授权",
    "paid": "已经给付",
    "password": "密码",
    "penalty": "行政处罚",
    "phone": "电话号码",
    "present": "在位",
    "province": "省",
    "removed": "取消",
    "renew": "续聘",
    "renewed": "更换",
    "rules": "议事规则授权",
    "sealed_copy": "盖章复印件",
    "self_manage": "自行管理",
    "self_managed": "自行管理",
    "signing": "办理续签",
    "street": "街道（乡镇）",
    "suit": "起诉",
    "too_long": "登录时间过长",
    "undecided": "尚未决定",
    "vote": "由业主重新表决",
}


def choices_of(annotation: Any, field: FieldInfo) -> list[tuple[str, str]]:
    """Value and words of each choice of a Literal or an Enum, in the order declared; [] for anything else."""
    if get_origin(annotation) is Literal:
        own = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        named = own.get("labels")
        labels = named if isinstance(named, dict) else listed_in(field.title or "")
        return [(str(code), str(labels.get(str(code), words_of(code)))) for code in get_args(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [(str(one.value), str(getattr(one, "label", words_of(one.value)))) for one in annotation]
    return []


def listed_in(title: str) -> dict[str, str]:
    """The words of the codes a title lists at its end: 接替安排（hire 正在选聘，emergency 应急）."""
    found = LISTED.search(title)
    parts = [part.split(" ", 1) for part in found["codes"].split("，")] if found is not None else []
    return {part[0]: part[1] for part in parts if len(part) == 2}


def without_codes(title: str) -> str:
    """A title without the codes it lists."""
    return LISTED.sub("", title)


def words_of(code: Any) -> str:
    """The words of a code; one that nobody named is shown as it is."""
    return WORDS.get(str(code), str(code))
