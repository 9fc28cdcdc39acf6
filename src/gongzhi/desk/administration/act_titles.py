"""What each act is called: those of the door by their own titles, those of cases by procedure and step."""

from collections.abc import Iterator
from functools import cache

from gongzhi.acts.door import ACTIONS
from gongzhi.procedures import catalogue
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.standing_acts import BASE

#: Acts of signing in, and of what goes wrong there.
SIGN_INS = (
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.fail_sign_in",
    "accounts.lock_out",
    "accounts.change_second_factor",
    "accounts.lift_lock_out",
    "accounts.reset_second_factor",
    "accounts.sign_out_everywhere",
)
#: What the clock and the tables do in the record, beside declared acts.
OTHERS = {
    "registry.import_table": "导入登记表",
    "registry.export_table": "导出登记表",
    "procedures.tick": "到期事项",
    "procedures.reassign": "任务移交",
    "procedures.watch": "跟踪日期",
    "procedures.reproject": "重算期限",
}
OPENED, BY_ITSELF = "立案", "系统到期事项"


def title_of(name: str, step: str = "") -> str:
    """The words of an act's name, never the name itself; `step`: where an act was said that is open at several."""
    declared = ACTIONS.get(name)
    if declared is not None:
        return declared.title
    own = _step_titles().get(name, {}).get(step)
    return own or OTHERS.get(name) or _case_titles().get(name, BY_ITSELF)


def title_of_task_act(name: str) -> str:
    """The words of `procedure.step.act`; "" where no procedure has it."""
    return _case_titles().get(name, "") if name.count(".") == 2 else ""


def is_of_steps(name: str) -> bool:
    """Whether the step an act was said in is no part of its name."""
    return name in _step_titles()


def names_titled(text: str) -> list[str]:
    """The names of the acts whose titles hold a text, at whatever step they were said."""
    own = {name: found.title for name, found in ACTIONS.items()}
    return sorted(name for name, title in {**_case_titles(), **OTHERS, **own}.items() if text in title)


def steps_titled(text: str) -> dict[str, list[str]]:
    """Of the other acts that are open at several steps: name → the steps where their titles hold a text."""
    whole = set(names_titled(text))
    found = {
        name: [step for step, title in titles.items() if text in title]
        for name, titles in _step_titles().items()
        if name not in whole
    }
    return {name: steps for name, steps in found.items() if steps}


@cache
def _case_titles() -> dict[str, str]:
    """The acts of every procedure, of the newest version where several have a name."""
    return {name: title for declared in catalogue.every() for name, title in _titles(declared)}


@cache
def _step_titles() -> dict[str, dict[str, str]]:
    """The acts that are open at a step as long as it runs: name → step → title."""
    found: dict[str, dict[str, str]] = {}
    for declared in catalogue.every():
        for step in declared.steps:
            for name, (spec, _) in step.standing_specs().items():
                titles = found.setdefault(f"{declared.code}.{name}", {})
                titles[step.code] = f"{declared.title}·{step.title}：{spec.title}"
    return found


def _titles(declared: type[Procedure]) -> Iterator[tuple[str, str]]:
    code = declared.code
    yield f"{code}.open", f"{declared.title}：{OPENED}"
    for step in declared.steps:
        for name, (spec, _) in step.standing_specs().items():
            yield f"{code}.{name}", f"{declared.title}：{spec.title}"
    for name, spec in BASE.items():
        yield f"{code}.{name}", f"{declared.title}：{spec.title}"
    for name, one in declared.standing.items():
        yield f"{code}.{name}", f"{declared.title}：{one.spec.title}"
    for step in declared.steps:
        for name, spec in step.act_specs().items():
            yield f"{code}.{step.code}.{name}", f"{declared.title}·{step.title}：{spec.title}"
