"""The OpenAPI document against the API itself: no 500, and every answer is one that it declares."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gongzhi.acts import log
from gongzhi.api.api import api
from gongzhi.api.codes import public_actions
from gongzhi.api.tests.conftest import begin
from gongzhi.api.tests.http import BASE, Web
from gongzhi.notices.models import Notice
from gongzhi.procedures import catalogue, standing
from gongzhi.procedures.models import PaperUse

pytestmark = pytest.mark.django_db

WITHIN = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SIGNALS = (request_started, request_finished)
#: Who asks: somebody of every kind, and nobody.
ASKING = ("county_officer", "provider_leader", "owner", "administrator", "")
DOCUMENT = api.get_openapi_schema(path_prefix="/api/")


#: The acts of cases that the scene has come to: their tasks are open.
REACHED = ("application", "filing", "publicity", "hiring", "agreement")
#: Who holds a role in the scene.
HOLDERS = {"provider": "provider_leader", "owners": "committee_head", "community": "community_worker"}


def document_of_facts() -> dict[str, Any]:
    """A document in which every act is an operation of its own, with its facts as they are."""
    schemas: dict[str, Any] = {}
    paths = {f"/acts/{name}": found.facts for name, found in public_actions().items()}
    exit_ = catalogue.find("exit")
    for step in (exit_.step(code) for code in REACHED):
        paths |= {f"/tasks/{step.code}/{name}": spec.facts for name, spec in step.act_specs().items()}
        stood = step.standing_specs().items()
        paths |= {f"/cases/{step.code}/{name}": spec.facts for name, (spec, _) in stood}
    own = {name: declared.spec for name, declared in exit_.standing.items()} | standing.BASE
    paths |= {f"/cases/exit/{name}": spec.facts for name, spec in own.items()}
    told = {path: {"post": _operation(facts, schemas)} for path, facts in paths.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "facts", "version": "1"},
        "paths": told,
        "components": {"schemas": schemas},
    }


def _operation(facts: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    said = facts.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(said.pop("$defs", {}))
    body = {
        "type": "object",
        "required": ["facts"],
        "properties": {"facts": said},
        "additionalProperties": False,
    }
    content = {"application/json": {"schema": body}}
    return {
        "requestBody": {"required": True, "content": content},
        "responses": {"default": {"description": ""}},
    }


def operations(document: dict[str, Any]) -> list[Any]:
    """Every operation of a document."""
    return [found.ok() for found in schemathesis.openapi.from_dict(document).get_all_operations()]


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Web]:
    """An exit with a notice hanging; whatever is asked is taken back."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("django.conf.settings.FILES_ROOT", tmp_path_factory.mktemp("files"))
        web = begin(patch)
        web.apply("2026-06-30").arrive()
        web.post("provider_leader", "exit.publicity")
        log.seal(web.now)
        for signal in SIGNALS:
            signal.disconnect(
                close_old_connections
            )  # a served request would close the scene's own connection
        yield web
        for signal in SIGNALS:
            signal.connect(close_old_connections)
        transaction.set_rollback(True)


def headers(web: Web, name: str) -> dict[str, str]:
    """Who asks."""
    return {"Authorization": f"Bearer {web.token(name)}"} if name else {}


@pytest.mark.parametrize("operation", operations(DOCUMENT), ids=lambda found: found.label)
def test_every_answer_is_declared_and_none_is_a_fault(scene: Web, operation: Any) -> None:
    app = get_wsgi_application()
    real = {
        "case_id": str(scene.root),
        "estate_id": str(scene.area.estate.pk),
        "task_id": str(scene.task("exit.agreement.decide").pk),
        "file_id": str(PaperUse.objects.all()[0].file_id),
        "notice_id": str(Notice.objects.get().pk),
        "code": "exit",
    }

    @WITHIN
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        case.operation.app = app
        for name in ASKING:
            with transaction.atomic():
                case.call_and_validate(headers=headers(scene, name), checks=CHECKS)
                transaction.set_rollback(True)
            case.headers.pop("Acting-As", None)
            for part in set(real) & set(case.path_parameters):
                case.path_parameters[part] = real[part]

    ask()


@pytest.mark.parametrize("operation", operations(document_of_facts()), ids=lambda found: found.label)
def test_no_facts_whatsoever_are_a_fault(scene: Web, operation: Any) -> None:
    real = real_ids(scene)
    wishes = list(asked_for(scene, operation.path))

    @WITHIN
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        if not isinstance(case.body, dict):
            return
        for name, path in wishes:
            with transaction.atomic():
                told = scene.ask(name, "POST", path, case.body)
                assert told.status_code < 500, told.content
                transaction.set_rollback(True)
            case.body = with_real(case.body, real)

    ask()


def asked_for(web: Web, path: str) -> Iterator[tuple[str, str]]:
    """Who asks for the act, where: its holders twice (the second time with real ids), and somebody else."""
    _, kind, where, *act = path.split("/")
    if kind == "acts":
        yield from [
            (name, f"/acts/{where}") for name in ("county_officer", "county_officer", "administrator")
        ]
        return
    if kind == "cases":
        names = ("provider_leader", "subdistrict_officer", "owner")
        yield from [(name, f"/cases/{web.root}/{act[0]}") for name in names]
        return
    told = web.told()
    tasks = [task for task in told["tasks"] if task["step"] == where and task["state"] == "open"]
    tasks += [task for task in told["tasks"] if task["step"] == where]
    task = next((one for one in tasks if act[0] in {told["act"] for told in one["acts"]}), None) or tasks[0:1]
    for found in [task] if isinstance(task, dict) else task:
        holder = HOLDERS.get(found["role"]["role"], "subdistrict_officer")
        yield from [(holder, f"/tasks/{found['id']}/{act[0]}")] * 2


def real_ids(web: Web) -> dict[str, str]:
    """Things that are there, by the names facts give them."""
    area, officer = web.area, web.cast["provider_leader"]
    firm = {name: str(found.pk) for name, found in area.organisations.items()}
    return {
        "estate_id": str(area.bare_estate.pk),
        "organisation_id": firm["provider"],
        "provider_id": firm["other_provider"],
        "client_id": firm["committee"],
        "committee_id": firm["committee"],
        "principal_organisation_id": firm["provider"],
        "person_id": str(officer.person_id),
        "principal_person_id": str(officer.person_id),
        "agent_id": str(officer.person_id),
        "appointment_id": str(officer.appointment_id),
        "account_id": str(officer.account_id),
        "contract_id": str(area.contract_id),
        "building": "1幢",
        "unit": "101",
        "community": area.spec.community,
        "jurisdiction": area.spec.county,
        "jurisdiction_code": area.spec.county,
        "key": "exit.leave_within",
        "organisation": firm["other_provider"],
    }


def with_real(body: Any, real: dict[str, str]) -> Any:
    """The same with real ids wherever facts name one."""
    if isinstance(body, dict):
        return {name: real.get(name) or with_real(part, real) for name, part in body.items()}
    return [with_real(part, real) for part in body] if isinstance(body, list) else body


def test_the_document_is_served_as_it_is(scene: Web) -> None:
    served = scene.client.get("/api/openapi.json").json()
    assert set(served["paths"]) == set(DOCUMENT["paths"])
    case = served["paths"][f"{BASE}/cases/{{case_id}}"]["get"]
    assert set(case["responses"]) == {"200", "400", "401", "403", "404", "409", "422"}
    assert list(case["responses"]["403"]["content"]) == ["application/problem+json"]
    posts = [found["post"] for found in served["paths"].values() if "post" in found]
    assert all("Idempotency-Key" in {one["name"] for one in post["parameters"]} for post in posts)
