"""What a correction changed, in words: the file tells the old value beside the new one, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gongzhi.values.money import yuan
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words, minute_words

from .declare import Procedure
from .hearing import CORRECT
from .models import CaseAct
from .presenting import spec_of_act

_DAY, _INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


class Before:
    """What was said last in each act of a round, as the acts of a case are gone through in their order."""

    def __init__(self, declared: type[Procedure]) -> None:
        self.declared = declared
        self._said: dict[tuple[UUID | None, str, str], Mapping[str, Any]] = {}

    def follow(self, act: CaseAct) -> str:
        """Take an act in; of a correction what it changed: （同意人数由60改为45；原因：示例）, "" for any other."""
        task = act.task.name if act.task is not None else ""
        if act.name != CORRECT:
            self._said[act.round_id, act.name, task] = act.facts
            return ""
        name, facts = str(act.facts.get("act", "")), act.facts.get("facts", {})
        wanted = str(act.facts.get("task", "")) or task
        found = [key for key in self._said if key[:2] == (act.round_id, name) and wanted in ("", key[2])]
        if not found:
            return ""
        changed = "，".join(self._changed(act, name, self._said[found[-1]], facts))
        self._said[found[-1]] = facts
        return f"（{'；'.join(filter(None, (changed, '原因：' + str(act.facts.get('reason', '')))))}）"

    def _changed(
        self, act: CaseAct, name: str, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Iterator[str]:
        spec = spec_of_act(self.declared, act.round.step.code if act.round is not None else "", name)
        if spec is None:
            return
        for field, info in spec.facts.model_fields.items():
            was, now = old.get(field), new.get(field)
            if was == now or (was in (None, "") and now in (None, "")):
                continue
            title = (info.title or field).removesuffix("（分）")
            words = [_words(field, value) for value in (was, now)]
            yield f"{title}已更正" if None in words else f"{title}由{words[0]}改为{words[1]}"


def _words(field: str, value: Any) -> str | None:
    """A plain value as the file tells it; None for a code, an answer of yes or no, and what is said in rows."""
    if value in (None, ""):
        return "空"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if not isinstance(value, str):
        return yuan(int(value)) if field.endswith("_cents") else str(value)
    if _DAY.fullmatch(value):
        return date_words(date.fromisoformat(value))
    if _INSTANT.match(value):
        return minute_words(datetime.fromisoformat(value).astimezone(ZONE))
    return None if value.isascii() and value.replace("_", "").isalpha() else f"“{value}”"
