"""`gongzhi law prove`: takes each provision away and sees whether a test marked with it notices."""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from gongzhi.config.arguments import Arguments, positive
from gongzhi.config.environment import PREFIX, ROOT, stop
from gongzhi.law.coverage import PROOFS, proofs

PLUGIN = "proving.plugin"


def prove(argv: list[str]) -> int:
    """Try all, or the provisions named, and keep what was found; with `--sample` keep nothing. 1 where one fails."""
    options = Arguments("law prove", "去掉每条规定的实现，看标明证明它的测试是否失败")
    options.add_argument("provisions", nargs="*", help="只试这几条，例如 BS-041")
    options.add_argument("--sample", type=positive, help="从已证明的规定中试这么多条")
    options.add_argument("--json", action="store_true", help="以 JSON 输出")
    given = options.parse_args(argv)
    wanted = given.provisions or (sample(given.sample) if given.sample else [])
    if given.sample and not wanted:
        stop("还没有证明的记录，请先运行 gongzhi law prove。")
    found = tried(wanted)
    proved = {one: answer["fell"] for one, answer in sorted(found.items()) if answer["fell"]}
    if not given.sample:
        keep(proved, given.provisions)
    print(json.dumps(found, ensure_ascii=False, indent=2) if given.json else "\n".join(lines(found)))
    missing = set(wanted or proofs()) - set(proved)
    return 1 if missing else 0


def keep(proved: dict[str, str], named: list[str]) -> None:
    """Write what was found; where provisions were named, the others stay as they were found last."""
    others = {one: test for one, test in proofs().items() if one not in named} if named else {}
    kept = dict(sorted((others | proved).items()))
    PROOFS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def sample(size: int) -> list[str]:
    """As many of those proved, other ones whenever the list of proofs has changed."""
    known = proofs()
    chosen = random.Random(json.dumps(known)).sample(sorted(known), min(size, len(known)))
    return sorted(chosen)


def tried(provisions: list[str]) -> dict[str, dict[str, Any]]:
    """What pytest found of these provisions, or of all that a test is marked with."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-prove-") as folder:
        answer = Path(folder, "proved.json")
        command = [sys.executable, "-m", "pytest", "-q", "-p", PLUGIN, f"--prove={answer}"]
        command += [f"--provisions={','.join(provisions)}"] if provisions else []
        ours = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, "DJANGO_"))}
        places = {f"{PREFIX}MODE": "test", f"{PREFIX}DATA": str(Path(folder, "data"))}
        places["PYTHONPATH"] = str(ROOT / "tests")
        done = subprocess.run(command, cwd=ROOT, env=ours | places, capture_output=True, text=True)
        if not answer.exists():
            print(done.stdout[-4000:], done.stderr[-4000:], file=sys.stderr)
            raise SystemExit("没有试完，原因见上方。")
        found: dict[str, dict[str, Any]] = json.loads(answer.read_text(encoding="utf-8"))
        return found


def lines(found: dict[str, dict[str, Any]]) -> list[str]:
    """One line a provision, then the count."""
    told = [
        f"{one}  {answer['fell'] or '没有测试因此失败：' + str(len(answer['tried'])) + '项照样通过'}"
        for one, answer in sorted(found.items())
    ]
    proved = sum(bool(answer["fell"]) for answer in found.values())
    return [*told, f"试了{len(found)}条，{proved}条得到证明。"]
