#!/usr/bin/env python3
"""核对一份公示或者文书的留证：不联网、不信任网站、不写文件，只用 Python 标准库（3.8 以上）。

用法：
    python3 这个文件.py                        核对随文件附带的留证
    python3 verify.py 留证.json                核对另外下载的留证
    再加 --text 抄本.txt                       把您抄下的文字与登记的原文逐句对照
    再加 --file 文书.pdf                       看您手上的电子文件是不是登记的那一份（公示只核对文字，没有登记文件）
    再加 --size 条数 --root 页码印             与您以前抄下的登记簿页码印对照

Checks the proof of a public notice or an issued paper: the digest of its wording, its place in the append-only log
(RFC 9162), and that the log only grew. Exit status 0: everything holds. 1: something does not, or the proof cannot be
read. 2: what is proved holds, and a file was to be compared of which none is registered.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

#: In a file that was downloaded whole, the proof stands here.
PROOF: Any = None
#: What clocks in Beijing show.
BEIJING = datetime.fromisoformat("2000-01-01T00:00:00+08:00").tzinfo
#: Signs of another width, and the one of their width.
WIDE = re.compile("[\uff00-\uffef\ufe50-\ufe6f]")
#: Signs that look alike: every dash, slash, ratio and wave.
DASHES = re.compile("\u2014{2,}|\u2015{2,}|\u2500{2,}|[\u2010-\u2015\u2212\u2500]")
ALIKE = str.maketrans({"\u2044": "/", "\u2215": "/", "\u2236": ":", "\u301c": "~", ",": "、"})
#: What is not seen: spaces but line ends, controls, marks of direction and variation.
UNSEEN = re.compile(
    "[^\\S\\n]|[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]"
    "|[\\U000e0100-\\U000e01ef]"
)
#: What only lays a text out: brackets, quotes, pauses. Between figures, pauses and colons keep them apart and count.
LAYOUT = re.compile(
    r"[\n。;!?'\"“”‘’〝〞「」『』《》〈〉【】〔〕〖〗()\[\]{}…•・‧]|(?<![0-9])[:、·]|[:、·](?![0-9])"
)
THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
#: What ends a sentence on paper, where a line may end anywhere.
STOPS = re.compile("[。;!?；！？｡]")
#: How pages are numbered, bare: in words, or in figures on a line of their own; and rows, after a table's heading.
PAGE = re.compile("第[0-9]{1,3}页(共[0-9]{1,3}页)?")
FOLIO = re.compile("[0-9]{1,3}页?(共[0-9]{1,3}页)?|-[0-9]{1,3}-|[0-9]{1,3}/[0-9]{1,3}")
ROWS = re.compile("[0-9]{1,5}行")
#: What is left of a pause between two lines that both are known.
SEPARATORS = re.compile("[:、·]+")
#: A sign that is no word and no figure.
SIGNS = re.compile(r"[\W_]+")
#: What pages say around a wording.
SAID_AROUND = ("公示编号", "请与墙上的文字逐句对照", "请与纸上的文字逐句对照")
#: What paper has in the place of a sign that no font had, and says of it at the foot of its page.
CODE = re.compile(r"〔\s*U\+\s*([0-9A-F]{4,6})\s*〕")
CODED = re.compile(r"本页[U+0-9A-F、\s]+处的字，\s*字库里没有，\s*请按编码查明后用笔填写。")
#: What is sealed of each, and what is told of it: label and name of the field.
SEALED = {
    "gongzhi-notice-proof": ("文字：标题、内容、附表、编号、公示人、张贴时间", "公示期：起算、期满、取下"),
    "gongzhi-paper-proof": (
        "文字：文号、标题、正文、主送、发文机关、签发时间",
        "状态：电子文件、作废、被取代",
    ),
}
TOLD = {
    "gongzhi-notice-proof": (
        ("公示编号", "number"),
        ("标题", "title"),
        ("公示人", "issuer_name"),
        ("张贴时间", "posted_at"),
    ),
    "gongzhi-paper-proof": (
        *(("发文字号", "number"), ("标题", "title"), ("发文机关", "issuer_name")),
        *(("主送", "recipient"), ("签发时间", "signed_at")),
    ),
}


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def node(left: bytes, right: bytes) -> bytes:
    """An inner node of the log."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from(data: str, index: int, size: int, path: list[str]) -> str:
    """The root that a leaf's audit path leads to; "" for a path of the wrong length. RFC 9162 2.1.3.2."""
    if not 0 <= index < size:
        return ""
    at, last = index, size - 1
    value = hashlib.sha256(b"\x00" + bytes.fromhex(data)).digest()
    for sibling in map(bytes.fromhex, path):
        if last == 0:
            return ""
        if at & 1 or at == last:
            value = node(sibling, value)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            value = node(value, sibling)
        at, last = at >> 1, last >> 1
    return value.hex() if last == 0 else ""


def only_grew(old: dict[str, Any], new: dict[str, Any], path: list[str]) -> bool:
    """Whether the log of `old` is the beginning of that of `new`. RFC 9162 2.1.4.2."""
    if old["size"] == new["size"]:
        return bool(old["root"] == new["root"] and not path)
    if not 0 < old["size"] < new["size"] or not path:
        return False
    whole = old["size"] & (old["size"] - 1) == 0
    parts = [bytes.fromhex(part) for part in ([old["root"], *path] if whole else path)]
    at, last = old["size"] - 1, new["size"] - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = parts[0]
    for part in parts[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node(part, first), node(part, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node(second, part)
        at, last = at >> 1, last >> 1
    return bool(last == 0 and first.hex() == old["root"] and second.hex() == new["root"])


def sealed(said: dict[str, Any], held: dict[str, Any], log: dict[str, Any]) -> bool:
    """Whether what is said has the digest that the log holds at its place."""
    same = digest_of(said) == held["digest"]
    return bool(same and root_from(held["digest"], held["leaf"], log["size"], held["path"]) == log["root"])


def bare(text: str) -> str:
    """The text as it is compared: without spaces, width and layout, since paper and page break lines differently.

    Signs count: minus, slash, per cent, plus, ticks and crosses, the point before a figure, what keeps figures apart.
    """
    text = WIDE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), text)
    text = re.sub(r"\.(?![0-9])", "", UNSEEN.sub("", DASHES.sub("-", text))).replace("\n", "")
    return LAYOUT.sub("", THOUSANDS.sub("", text).translate(ALIKE))


def sentences(text: str) -> list[str]:
    """The sentences of a text, bare."""
    parts = (part for line in text.split("\n") for part in STOPS.split(line))
    return [one for one in map(bare, parts) if one]


def as_said(text: str, wording: dict[str, Any]) -> str:
    """A copy with the signs of the wording where the paper has their codes, without what the paper says of codes."""
    whole = "".join(map(str, wording.values()))

    def sign(code: re.Match[str]) -> str:
        number = int(code[1], 16)
        found = chr(number) if number <= sys.maxunicode else ""
        return found if found and found in whole and code[0] not in whole else code[0]

    return CODE.sub(sign, CODED.sub("", text))


def compared(
    text: str, wording: dict[str, Any], also: Sequence[str] = ()
) -> tuple[list[str], list[str], list[str], int]:
    """A copy against the wording: what it lacks, what it breaks off, what it has besides, how many sentences it has.

    `also`: what else stands on the paper, and need not be in a copy. What is left of a copy once every known sentence
    is taken out of it, the longest first, is a piece of one, or nobody's; numbers of pages are neither.
    """
    text = as_said(text, wording)
    copy, body = "\n".join(map(bare, STOPS.split(text))), list(dict.fromkeys(sentences(wording["body"])))
    missing = [one for one in body if one not in copy]
    around = [wording.get(part, "") for part in ("number", "title", "annex", "issuer_name", "recipient")]
    around += [*SAID_AROUND, *dated(wording)]
    known = {*body, *(one for words in (*around, *also) for one in (*sentences(words), bare(words)))}
    left = copy
    for one in sorted(filter(None, known), key=lambda one: (-len(one), one)):
        left = left.replace(one, "\n")
    lines = set(map(bare, text.split("\n")))
    heads = ["附表", *map(bare, wording.get("annex", "").split("\n"))] if wording.get("annex") else []

    def is_counted(one: str) -> bool:
        rows = ROWS.fullmatch(one) and any(f"{head}{one}" in lines for head in heads)
        return bool(rows or PAGE.fullmatch(one) or (FOLIO.fullmatch(one) and one in lines))

    rest = [one for one in left.split("\n") if one and not SEPARATORS.fullmatch(one) and not is_counted(one)]
    whole = bare(wording["body"] + "\n" + wording.get("annex", ""))
    broken = [one for one in rest if one in whole and not SIGNS.fullmatch(one)]
    return missing, broken, [one for one in rest if one not in broken], len(body) - len(missing)


def dated(wording: dict[str, Any]) -> list[str]:
    """The day of the wording, as it stands below it."""
    found = (wording.get(name) for name in ("posted_at", "signed_at"))
    days = [at if isinstance(at, datetime) else datetime.fromisoformat(str(at)) for at in found if at]
    local = [at.astimezone(BEIJING) for at in days]
    return [f"{at.year}年{at.month}月{at.day}日" for at in local]


def check(proof: dict[str, Any]) -> list[tuple[bool, str]]:
    """Each thing that is checked, and whether it holds."""
    log, earlier = proof["log"], proof["earlier"]
    words, state = SEALED[proof["what"]]
    found = [
        (sealed(proof["wording"], proof["wording_held"], log), words),
        (only_grew(earlier, log, proof["consistency"]), f"登记簿：第 {earlier['size']} 条以后只增不改"),
    ]
    if proof["state"] is not None:
        found.append((sealed(proof["state"], proof["state_held"], log), state))
    return found


def told(proof: dict[str, Any]) -> list[str]:
    """What the proof is about."""
    wording = proof["wording"]
    return [
        *(f"{label}：{_words(name, wording[name])}" for label, name in TOLD[proof["what"]]),
        *_voided(proof["state"] or {}),
        f"登记簿：共 {proof['log']['size']} 条，页码印 {proof['log']['root']}",
        "",
        *filter(None, (wording["body"], wording.get("annex"))),
        "",
    ]


def _words(name: str, value: str) -> str:
    """An instant as clocks in Beijing show it; anything else as it is."""
    if not name.endswith("_at"):
        return value
    local = datetime.fromisoformat(value).astimezone(BEIJING)
    return f"{local:%Y-%m-%d %H:%M:%S}（北京时间）"


def _voided(state: dict[str, Any]) -> list[str]:
    """What takes a paper out of use."""
    voided, replaced = (
        _words(name, state[name]) if state.get(name) else "" for name in ("voided_at", "replaced_at")
    )
    lines = [f"编号已于 {voided} 作废：{state['void_reason']}"] if voided else []
    return lines + ([f"已于 {replaced} 停止使用（被取代或者随案件终止作废）"] if replaced else [])


def asked(arguments: list[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="核对一份公示或者文书的留证")
    parser.add_argument("proof", nargs="?", help="留证文件（.json）")
    parser.add_argument("--text", help="您抄下的文字")
    parser.add_argument("--file", help="您手上的电子文件（.pdf）")
    parser.add_argument("--size", type=int, help="您以前抄下的登记簿条数")
    parser.add_argument("--root", help="您以前抄下的页码印")
    return parser.parse_args(arguments)


def compare(options: argparse.Namespace, proof: dict[str, Any]) -> list[tuple[bool, str]]:
    """What the reader brought along."""
    found = []
    if options.text:
        missing, broken, extra, _ = compared(Path(options.text).read_text("utf-8"), proof["wording"])
        found.append((not (missing or broken or extra), _of_a_copy(missing, broken, extra)))
    if options.file and has_file(proof):
        mark = hashlib.sha256(Path(options.file).read_bytes()).hexdigest()
        found.append((mark == proof["state"]["file"], "电子文件：与登记的是同一份"))
    if options.size is not None or options.root:
        found.append(_head_noted(options.size, (options.root or "").lower(), proof))
    return found


def has_file(proof: dict[str, Any]) -> bool:
    """Whether the proof registers a file: a notice is words, however often it is printed."""
    return bool((proof["state"] or {}).get("file"))


#: What is said of a file that nothing can be compared with, by what is proved.
NO_FILE = {
    "gongzhi-notice-proof": "公示核对的是文字，没有登记电子文件：请把纸上或者文件里的文字存成抄本，用 --text 核对",
    "gongzhi-paper-proof": "留证里没有登记电子文件：请稍后重新下载留证，或者用 --text 核对文字",
}


def _of_a_copy(missing: list[str], broken: list[str], extra: list[str]) -> str:
    """What differs, each on a line of its own under what it is."""
    parts = (
        ("抄本里这些话正文没有，留证不能证明：", extra),
        ("抄本里这些话没有说完：", broken),
        ("原文里这些话抄本没有，或者被改了：", missing),
    )
    found = ["\n".join((head, *(f"    {line}" for line in lines))) for head, lines in parts if lines]
    return "抄本：" + ("\n".join(found) or "与原文一致")


def _head_noted(size: int | None, root: str, proof: dict[str, Any]) -> tuple[bool, str]:
    """A head somebody wrote down: the file answers for the two it holds, and says how to ask for another."""
    heads = {proof[name]["size"]: proof[name]["root"] for name in ("earlier", "log")}
    if size not in heads:
        return False, f"这份留证不能回答第 {size} 条的页码印：请在留证地址后加 since={size} 重新下载，再核对"
    return heads[size] == root, f"以前抄下的页码印（第 {size} 条）"


def main(arguments: list[str]) -> int:
    """Say what was found."""
    options = asked(arguments)
    try:
        proof = json.loads(Path(options.proof).read_text("utf-8")) if options.proof else PROOF
        found = check(proof) + compare(options, proof)
        lines = told(proof) + [("相符　" if good else "不符　") + words for good, words in found]
    except OSError as broken:
        sys.stdout.write(f"文件打不开，请核对文件名：{broken.filename}\n")
        return 1
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        sys.stdout.write(f"留证无法读取，请重新下载（{type(broken).__name__}）。\n")
        return 1
    whole, is_open = all(good for good, _ in found), bool(options.file) and not has_file(proof)
    if is_open:
        lines.append(f"没有核对　电子文件：{NO_FILE[proof['what']]}")
    good = "结论：留证全部相符，电子文件没有核对。" if is_open else "结论：全部相符。"
    lines.append(good if whole else "结论：有不符之处，请不要采信，并告诉社区。")
    sys.stdout.write("\n".join(lines) + "\n")
    return (2 if is_open else 0) if whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
