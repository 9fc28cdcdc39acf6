"""Who may call what: every operation of the URL table × every member of the cast × own and foreign territory.

The operations are read from the API itself: one without a rule here fails the suite.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from gongzhi.accounts.models import Account
from gongzhi.acts import log
from gongzhi.api.api import api
from gongzhi.api.tests.conftest import begin
from gongzhi.api.tests.http import BASE, Web
from gongzhi.exits.tests.play import PDF
from gongzhi.exits.tests.test_conduct import record
from gongzhi.messages.models import Message
from gongzhi.notices.models import Notice
from gongzhi.papers.actions import store_upload
from gongzhi.papers.photographs.rule import Way
from gongzhi.papers.tests import shots
from gongzhi.procedures import recurring
from gongzhi.procedures.models import Case, PaperUse
from gongzhi.procedures.standing import perform_on_case
from gongzhi.registry.tests.tables import UNITS, text, unit

pytestmark = pytest.mark.django_db

CITY = {"city_officer"}
COUNTY = {"county_officer", "county_reviewer", "county_leader"}
STREET = {"subdistrict_officer", "subdistrict_reviewer", "subdistrict_leader", "subdistrict_clerk"}
COMMUNITY = {"community_worker", "community_head"}
PROVIDER = {"provider_leader", "provider_legal_representative"}
OUTSIDERS = {"other_provider_leader", "firm_accountant", "second_accountant"}
COMMITTEE = {"committee_head", "committee_member", "second_member"}
NEIGHBOURS = {"owner", "co_owner", "tenant"}
OFFICIALS = CITY | COUNTY | STREET | COMMUNITY
LOCALS = OFFICIALS | PROVIDER | OUTSIDERS | COMMITTEE | NEIGHBOURS
ALONE = {"auditor", "administrator", "stranger"}
#: Files by their name: a paper, and a unit of the estate of 白山.
UPLOADS = {"示例.pdf": PDF, "房屋.csv": text(UNITS, unit("示例9幢", "901"))}


@dataclass(frozen=True)
class Rule:
    """Which status whom: `yes` for those named, `no` for the rest of those known, and foreigners, and nobody."""

    ask: Callable[["Scene"], tuple[str, str, Any]]
    may: frozenset[str]
    yes: int = 200
    no: int = 403
    foreign: int = 403
    alone: dict[str, int] | None = None
    anonymous: int = 401
    #: Of another area: those who get `yes` for their own.
    elsewhere: frozenset[str] = frozenset()
    #: What those get for this area, where that is another than `yes`.
    there: int | None = None

    def expected(self, name: str) -> int:
        """The status for one of the cast."""
        if name == "":
            return self.anonymous
        if name in ALONE:
            return (self.alone or {}).get(name, self.no)
        if "@" in name:
            return (self.there or self.yes) if name.split("@")[0] in self.elsewhere else self.foreign
        return self.yes if name in self.may else self.no


def table(act: str, there: int) -> Rule:
    """Whoever brings registers in; a row of a territory that is not theirs is a fault of its row, `there`."""
    able = frozenset(CITY | COUNTY | STREET)
    asked = "POST", f"/tables/units/{act}", "房屋.csv"
    return Rule(lambda s: asked, able, elsewhere=able, there=there)


@dataclass
class Scene:
    """An exit in 白山 with a notice hanging, and everybody of 白山 and 诸暨."""

    web: Web
    case: str
    estate: str
    task: str
    file: str
    picture: str
    notice: str
    conduct: str
    report: str
    message: str

    def ask(self, name: str, method: str, path: str, body: Any) -> Any:
        """One request of one of the cast; the stranger comes by a session without any post."""
        if name != "stranger":
            return self._send(self.web.client, self._headers(name), method, path, body)
        client = Client()
        client.force_login(Account.objects.get(pk=self.web.cast["stranger"].account_id))
        return self._send(client, {}, method, path, body)

    def _headers(self, name: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.web.cast.tokens[name]}"} if name else {}

    def _send(self, client: Client, headers: dict[str, str], method: str, path: str, body: Any) -> Any:
        if isinstance(body, str) and body in UPLOADS:
            upload = BytesIO(UPLOADS[body])
            upload.name = body
            return client.post(f"{BASE}{path}", {"file": upload}, headers=headers)
        send = {"data": body, "content_type": "application/json"} if body is not None else {}
        return getattr(client, method.lower())(f"{BASE}{path}", headers=headers, **send)


def everybody(status: int) -> dict[str, int]:
    """The same for those who belong to no area."""
    return dict.fromkeys(ALONE, status)


def signed_in(path: str, method: str = "GET", body: Any = None, status: int = 200) -> Rule:
    """Whoever is signed in."""
    return Rule(
        lambda s: (method, path, body), frozenset(LOCALS), status, foreign=status, alone=everybody(status)
    )


def public(path: Callable[[Scene], str]) -> Rule:
    """Anybody at all."""
    alone = everybody(200)
    return Rule(lambda s: ("GET", path(s), None), frozenset(LOCALS), foreign=200, alone=alone, anonymous=200)


def appointed(path: str, **alone: int) -> Rule:
    """Whoever acts in a post."""
    rest = {"auditor": 200, "administrator": 403, "stranger": 403} | alone
    return Rule(lambda s: ("GET", path, None), frozenset(LOCALS), foreign=200, alone=rest)


def seen(path: Callable[[Scene], str], may: set[str], **alone: int) -> Rule:
    """Whoever sees the thing; for others it is not there."""
    rest = {"auditor": 200, "administrator": 403, "stranger": 403} | alone
    return Rule(lambda s: ("GET", path(s), None), frozenset(may), no=404, foreign=404, alone=rest)


def done(
    method: str, path: Callable[[Scene], str], body: Callable[[Scene], Any], may: set[str], yes: int = 200
) -> Rule:
    """Whoever may do it; others are told who may."""
    return Rule(lambda s: (method, path(s), body(s)), frozenset(may), yes)


def register(path: str, may: set[str]) -> Rule:
    """A register of one's own territory or cases; auditors read all of it."""
    return Rule(lambda s: ("GET", path, None), frozenset(may), elsewhere=frozenset(may), alone=READS_ALL)


def told(path: Callable[[Scene], str], body: Callable[[Scene], Any]) -> Rule:
    """Who was told; for others there is no such message."""
    rest = {"auditor": 404, "administrator": 403, "stranger": 403}
    return Rule(lambda s: ("POST", path(s), body(s)), frozenset(COMMUNITY), no=404, foreign=404, alone=rest)


#: The community of the home estate.
HOME = "220602001001"
READS_ALL = {"auditor": 200, "administrator": 403, "stranger": 403}
TAKING_PART = OFFICIALS | PROVIDER | COMMITTEE | {"other_provider_leader"}
READS_CASE = OFFICIALS | PROVIDER | COMMITTEE
SEES_CASE = READS_CASE | NEIGHBOURS
RECEIPT = {"arrived_at": "2026-03-02T09:00:00+08:00", "received_by": "示例签收人"}
BUILDING = {"rows": [{"name": "示例9幢"}]}
DUE = {"key": "exit.leave_within", "at": "2206", "from": "2026-03-02"}
LATER = {"at": "2030-01-01T00:00:00+08:00"}
ONLY_ADMINISTRATOR = {"administrator": 200, "auditor": 403, "stranger": 403}

RULES = {
    ("GET", "/procedures"): signed_in("/procedures"),
    ("GET", "/procedures/{code}"): signed_in("/procedures/exit"),
    ("GET", "/acts"): signed_in("/acts"),
    ("POST", "/acts/{name}"): done(
        "POST",
        lambda s: "/acts/registry.register_buildings",
        lambda s: {"facts": BUILDING | {"estate_id": s.estate}},
        CITY | COUNTY | STREET,
    ),
    # An exit is running already: who may is told that, the rest that they may not.
    ("POST", "/cases"): done(
        "POST",
        lambda s: "/cases",
        lambda s: {"procedure": "exit", "variant": "provider_early", "subject": {"estate": s.estate}},
        PROVIDER,
        409,
    ),
    ("GET", "/cases"): appointed("/cases"),
    ("GET", "/cases/{case_id}"): seen(lambda s: f"/cases/{s.case}", SEES_CASE),
    ("GET", "/cases/{case_id}/documents"): seen(lambda s: f"/cases/{s.case}/documents", SEES_CASE),
    ("GET", "/cases/{case_id}/documents/{code}.pdf"): seen(
        lambda s: f"/cases/{s.case}/documents/application.exit_application.pdf", READS_CASE, auditor=404
    ),
    ("GET", "/cases/{case_id}/documents/{code}.docx"): seen(
        lambda s: f"/cases/{s.case}/documents/application.exit_application.docx", READS_CASE, auditor=404
    ),
    ("GET", "/cases/{case_id}/bundle.zip"): seen(
        lambda s: f"/cases/{s.case}/bundle.zip", READS_CASE, auditor=404
    ),
    ("POST", "/cases/{case_id}/{act}"): done(
        "POST",
        lambda s: f"/cases/{s.case}/suspend",
        lambda s: {"facts": {"reason": "示例原因", "citation": "示例依据"}},
        {"county_leader", "subdistrict_leader"},
    ),
    ("GET", "/tasks"): appointed("/tasks"),
    ("POST", "/tasks/{task_id}/{act}"): done(
        "POST", lambda s: f"/tasks/{s.task}/receive", lambda s: {"facts": RECEIPT}, COMMITTEE
    ),
    ("POST", "/papers"): signed_in("/papers", "POST", "示例.pdf", 201),
    ("GET", "/papers/{file_id}"): seen(
        lambda s: f"/papers/{s.file}", OFFICIALS | PROVIDER | COMMITTEE, **everybody(404)
    ),
    ("GET", "/papers/{file_id}/preview"): seen(
        lambda s: f"/papers/{s.picture}/preview", OFFICIALS | PROVIDER | COMMITTEE, **everybody(404)
    ),
    # A message to the community: there for its people alone.
    ("GET", "/messages"): appointed("/messages"),
    ("POST", "/messages/read"): told(lambda s: "/messages/read", lambda s: {"up_to": s.message}),
    ("POST", "/messages/{message_id}/read"): told(lambda s: f"/messages/{s.message}/read", lambda s: {}),
    ("GET", "/me"): signed_in("/me"),
    ("GET", "/organisations"): appointed("/organisations", administrator=200),
    ("GET", "/estates"): appointed("/estates"),
    ("GET", "/estates/{estate_id}"): seen(lambda s: f"/estates/{s.estate}", SEES_CASE),
    ("GET", "/estates/{estate_id}/manager"): seen(lambda s: f"/estates/{s.estate}/manager", SEES_CASE),
    ("GET", "/estates/{estate_id}/managers"): seen(lambda s: f"/estates/{s.estate}/managers", SEES_CASE),
    ("GET", "/ledgers/exits"): Rule(
        lambda s: ("GET", "/ledgers/exits", None),
        frozenset(CITY | COUNTY | STREET),
        elsewhere=frozenset(CITY | COUNTY | STREET),
        alone=READS_ALL,
    ),
    ("GET", "/ledgers/claims"): register("/ledgers/claims", TAKING_PART),
    ("GET", "/ledgers/holdouts"): register("/ledgers/holdouts", TAKING_PART),
    ("GET", "/ledgers/watches"): register("/ledgers/watches", TAKING_PART),
    ("GET", "/ledgers/managers"): register("/ledgers/managers", OFFICIALS),
    ("GET", "/conduct"): register("/conduct", TAKING_PART),
    ("GET", "/conduct/{conduct_id}/paper"): seen(
        lambda s: f"/conduct/{s.conduct}/paper", OFFICIALS | PROVIDER | COMMITTEE, auditor=404
    ),
    ("GET", "/reports/exits"): register("/reports/exits", CITY | COUNTY),
    ("GET", "/reports/exits/{case_id}"): seen(lambda s: f"/reports/exits/{s.report}", CITY | COUNTY),
    ("GET", "/tables"): signed_in("/tables"),
    ("GET", "/tables/{kind}/template"): signed_in("/tables/units/template"),
    ("POST", "/tables/{kind}/check"): table("check", there=200),
    ("POST", "/tables/{kind}/import"): table("import", there=400),
    ("GET", "/tables/{kind}/export"): done(
        "GET",
        lambda s: f"/tables/owners/export?at={HOME}",
        lambda s: None,
        CITY | COUNTY | STREET | COMMUNITY | COMMITTEE,
    ),
    ("GET", "/estates/{estate_id}/exit-proposals"): seen(
        lambda s: f"/estates/{s.estate}/exit-proposals", OFFICIALS | PROVIDER | COMMITTEE
    ),
    ("GET", "/feeds/tasks.ics"): appointed("/feeds/tasks.ics"),
    ("GET", "/feeds/cases/{case_id}.ics"): seen(lambda s: f"/feeds/cases/{s.case}.ics", SEES_CASE),
    ("GET", "/feeds/estates/{estate_id}.ics"): seen(lambda s: f"/feeds/estates/{s.estate}.ics", SEES_CASE),
    ("GET", "/feeds/notices/{estate_id}.atom"): public(lambda s: f"/feeds/notices/{s.estate}.atom"),
    ("GET", "/feeds/notices/places/{code}.atom"): public(lambda s: "/feeds/notices/places/220602.atom"),
    ("GET", "/law/parameters"): signed_in("/law/parameters?at=2206&key=exit.leave_within"),
    ("POST", "/law/due"): signed_in("/law/due", "POST", DUE),
    ("GET", "/clock"): Rule(lambda s: ("GET", "/clock", None), frozenset(), alone=ONLY_ADMINISTRATOR),
    # No clock file is set in the tests: who may is told that.
    ("PUT", "/clock"): Rule(
        lambda s: ("PUT", "/clock", LATER), frozenset(), alone=ONLY_ADMINISTRATOR | {"administrator": 409}
    ),
    ("GET", "/public/notices"): public(lambda s: "/public/notices"),
    ("GET", "/public/notices/{notice_id}"): public(lambda s: f"/public/notices/{s.notice}"),
    ("GET", "/public/estates/{estate_id}/manager"): public(lambda s: f"/public/estates/{s.estate}/manager"),
    ("GET", "/public/log/head"): public(lambda s: "/public/log/head"),
    ("GET", "/public/log/inclusion"): public(lambda s: "/public/log/inclusion?leaf=0"),
    ("GET", "/public/log/consistency"): public(lambda s: "/public/log/consistency?old=1"),
    ("GET", "/public/law/parameters"): public(lambda s: "/public/law/parameters?at=2206"),
}


def operations() -> set[tuple[str, str]]:
    """Every operation of the API, from its own URL table."""
    document = api.get_openapi_schema(path_prefix="/api/")
    return {
        (method.upper(), path.removeprefix(BASE))
        for path, methods in document["paths"].items()
        for method in methods
    }


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Scene]:
    """Built once; every question is asked inside a transaction that is taken back."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("django.conf.settings.FILES_ROOT", tmp_path_factory.mktemp("files"))
        web = begin(patch, ("zhuji",))
        web.apply("2026-06-30")
        web.post("provider_leader", "exit.publicity")
        photographed(web)
        log.seal(web.now)
        recurring.open_due(web.now)
        file, source = PaperUse.objects.get(copy=None).file_id, web.file("county_officer", "source")
        yield Scene(
            web,
            case=str(web.root),
            estate=str(web.area.estate.pk),
            task=str(web.task("exit.application.receive").pk),
            file=str(file),
            picture=str(
                PaperUse.objects.filter(copy__isnull=False).values_list("copy__file_id", flat=True).get()
            ),
            notice=str(Notice.objects.get().pk),
            conduct=str(record(web, paper_id=source["file"], estate_id=str(web.area.estate.pk))),
            report=str(Case.objects.get(procedure="exit_report", jurisdiction="220602").pk),
            message=str(Message.objects.get(key__startswith="posted:").pk),
        )
        transaction.set_rollback(True)


def photographed(web: Web) -> None:
    """The community went to see the notice with a camera."""
    by = web.actor("community_worker")
    sent = store_upload(by=by, at=web.now, upload=BytesIO(shots.jpeg()), name="a.jpg", way=Way.CAMERA)
    perform_on_case(
        by=by,
        at=web.now,
        case_id=web.case().id,
        act="patrol",
        step="publicity",
        facts={"seen": "whole", "where": "东门"},
        papers=[{"file": sent.value["id"], "kind": "photo_during"}],
    )


def test_every_operation_has_a_rule() -> None:
    assert operations() == set(RULES)


def test_the_cast_is_whole(scene: Scene) -> None:
    home = {name for name in scene.web.cast.actors if "@" not in name}
    assert home == LOCALS | ALONE


@pytest.mark.parametrize("operation", sorted(RULES), ids=" ".join)
def test_who_may(scene: Scene, operation: tuple[str, str]) -> None:
    rule = RULES[operation]
    wrong = {}
    for name in (*scene.web.cast.actors, ""):
        with transaction.atomic():
            answer = scene.ask(name, *rule.ask(scene))
            transaction.set_rollback(True)
        if answer.status_code != rule.expected(name):
            wrong[name or "anonymous"] = (
                rule.expected(name),
                answer.status_code,
                answer.getvalue()[:200],
            )
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json"
        if answer.streaming:  # read to its end: the test client then closes it and keeps the connection
            answer.getvalue()
    assert wrong == {}


@pytest.mark.parametrize("path", ["/cases", "/estates", "/tasks", "/ledgers/exits"])
def test_a_list_shows_nothing_of_another_territory(scene: Scene, path: str) -> None:
    for name, actor in scene.web.cast.actors.items():
        if "@" not in name or actor.appointment_id is None:
            continue
        body = scene.ask(name, "GET", path, None).content.decode()
        assert scene.estate not in body
        assert scene.case not in body
