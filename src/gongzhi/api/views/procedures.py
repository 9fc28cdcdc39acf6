"""What can be run, and every change that needs no case."""

import json
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from gongzhi.acts.door import ACTIONS, Action, Answer
from gongzhi.acts.facts import read_facts
from gongzhi.acts.policies import policy
from gongzhi.papers.signs import lacking_in_words
from gongzhi.procedures import catalogue
from gongzhi.procedures.describing import Place, describe, schema_of, told_procedure
from gongzhi.values.refusals import NotFound

from ..auth import caller_of, instant_of, key_of
from ..schemas.asked import AskedPlace
from ..schemas.basics import PROBLEMS, Done
from ..schemas.procedures import ActionIn, ActionOut, ProcedureOut, ProcedureSummary

router = Router(tags=["程序"])


@router.get("/procedures", response={200: list[ProcedureSummary], **PROBLEMS}, summary="可办的程序")
def list_procedures(request: HttpRequest) -> Any:
    """Every procedure, newest version, by code."""
    return [told_procedure(procedure) for procedure in catalogue.current()]


@router.get("/procedures/{code}", response={200: ProcedureOut, **PROBLEMS}, summary="程序的步骤、行为、期限")
def get_procedure(request: HttpRequest, code: str, wanted: Query[AskedPlace]) -> Any:
    """Variants, steps, acts, clocks; `at` resolves the keys of the law for a place."""
    return describe(catalogue.find(code), Place(instant_of(request), wanted.at))


@router.get("/acts", response={200: list[ActionOut], **PROBLEMS}, summary="无需案件的办理事项")
def list_acts(request: HttpRequest) -> Any:
    """Every public action with who may and its facts as JSON Schema."""
    public = (found for found in ACTIONS.values() if found.public)
    return [_told(found) for found in sorted(public, key=lambda found: found.name)]


@router.post("/acts/{name}", response={200: Done, **PROBLEMS}, summary="办理一项无需案件的事项")
def perform_act(request: HttpRequest, name: str, body: ActionIn) -> Any:
    """Carry out a public action through the door."""
    caller, found = caller_of(request), _public(name)
    facts = read_facts(found.facts, body.facts)
    key = key_of(request)
    return done(found(by=caller.actor, at=caller.at, facts=facts, key=key, expects=body.expects), body.facts)


def done(answer: Answer, said: Any) -> dict[str, Any]:
    """An answer of the door, with what stops nothing: of what was `said` also which signs papers cannot print."""
    words = lacking_in_words((json.dumps(said, ensure_ascii=False),))
    warnings = [*map(str, answer.value.get("warnings", ())), *filter(None, (words,))]
    told = {"act": answer.act_id, "version": answer.seq, "replayed": answer.replayed}
    return told | {"result": answer.value, "warnings": warnings}


def _public(name: str) -> Action[Any]:
    found = ACTIONS.get(name)
    if found is None or not found.public:
        raise NotFound(f"没有“{name}”这个事项，请在 /api/v1/acts 中查看可办的事项。")
    return found


def _told(found: Action[Any]) -> dict[str, Any]:
    may = policy(found.may).says
    return {"name": found.name, "title": found.title, "may": may, "facts": schema_of(found.facts)}
