"""Copies of one wording and whether each says the same: the page, `proof.html` and `verify.py` answer alike."""

from datetime import UTC, datetime
from typing import Any

#: What is registered. The instant is 2 March 2026, 09:00 in Beijing.
WORDING: dict[str, Any] = {
    "number": "公示〔2026〕220602-1",
    "title": "示例公示",
    "body": (
        "截止2026年3月9日8:30，应退7,704.01元，税率6%；2/3以上业主同意。\n"
        "到会14人，表决通过。\n"
        "涉及1、2幢和101、102、1103室。\n"
        "期数：3"
    ),
    "annex": "附表　各户分摊金额\n房号　应摊　已交\n101　12.34元　—\n102　-5.00元　0元",
    "issuer_name": "示例白山甲物业有限公司",
    "posted_at": datetime(2026, 3, 2, 1, tzinfo=UTC).isoformat(),
}
_BODY = WORDING["body"]
_ALL = f"{WORDING['title']}\n{_BODY}\n{WORDING['issuer_name']}\n2026 年 3 月 2 日"


def _with(old: str, new: str) -> str:
    assert _BODY.count(old) == 1, old
    return _BODY.replace(old, new)


#: Layout, width and breaks of lines: the same.
SAME = {
    "itself": _BODY,
    "as the page shows it": f"示例公示\n公示编号 公示〔2026〕220602-1　请与墙上的文字逐句对照\n{_ALL}",
    "with its annex, as the page shows it": (
        f"{_ALL}\n附表　各户分摊金额（2 行）\n房号\t应摊\t已交\n101\t12.34元\t—\n102\t-5.00元\t0元"
    ),
    "with its annex, a cell a line": "\n".join((_BODY, *WORDING["annex"].split())),
    "of full width": _with("7,704.01", "７，７０４．０１").replace("6%", "６％").replace("2/3", "２／３"),
    "without thousands": _with("7,704.01", "7704.01"),
    "another minus": f"{_BODY}\n{WORDING['annex'].replace('-5.00', '−5.00')}",
    "without pauses": _BODY.replace("，", " ").replace("；", " ").replace("。", " "),
    "lines broken elsewhere": _with("101、102、1103", "101、\n102、\n11 03").replace("应退", "应\n退"),
    "with the numbers of pages": "\n".join(("第 1 页 共 2 页", _with("。\n涉及", "。\n— 2 —\n涉及"), "1/2")),
}
#: A sign that changes what is said: not the same.
OTHER = {
    "minus": _with("7,704.01", "-7,704.01"),
    "minus of full width": _with("7,704.01", "－7,704.01"),
    "dash for a minus": _with("7,704.01", "—7,704.01"),
    "minus at its line's beginning": _BODY.replace("期数：3", "期数：-3"),
    "minus before a count": _with("14人", "-14人"),
    "minus before a sentence": _with("到会14", "-到会14"),
    "no minus in the annex": f"{_BODY}\n{WORDING['annex'].replace('-5.00', '5.00')}",
    "slash left out": _with("2/3", "23"),
    "slash for a dash": _with("2/3", "2-3"),
    "no per cent": _with("6%", "6"),
    "per mille": _with("6%", "6‰"),
    "a cross": _with("通过", "通过×"),
    "a tick": _with("通过。", "通过√。"),
    "a cross on a line of its own": f"{_BODY}\n×",
    "a struck figure": _with("14人", "1\u03364\u0336人"),
    "no point": _with("704.01", "70401"),
    "point elsewhere": _with("7,704.01", "77.0401"),
    "point before": _with("14人", ".14人"),
    "more than": _with("14人", ">14人"),
    "less than, of full width": _with("14人", "＜14人"),
    "plus": _with("14人", "14+人"),
    "about": _with("14人", "~14人"),
    "times": _with("7,704.01", "7×704.01"),
    "two houses in one": _with("1、2幢", "12幢"),
    "two flats in one": _with("101、102", "101102"),
    "an hour": _with("8:30", "830"),
    "a figure longer at its end": _BODY.replace("期数：3", "期数：35"),
    "a count of rows nobody has": _with("14人", "14人（3 行）"),
}
