"""An exit played through HTTP: the scenes of the cast, each act a request with the token of who acts."""

import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID

from django.test import Client

from gongzhi.exits.tests.handing import scan_of
from gongzhi.exits.tests.play import PDF, Play, application
from gongzhi.registry.tests.cast import HOME

BASE = "/api/v1"


class Clock:
    """What the API believes to be now; the play moves it."""

    def __init__(self) -> None:
        self.play: Play | None = None

    def __call__(self) -> Any:
        assert self.play is not None
        return self.play.now


@dataclass
class Web(Play):
    """A play whose every act is a request."""

    client: Client = field(default_factory=Client)

    def token(self, name: str) -> str:
        """The token of one of the cast of this area, or of who belongs to none."""
        if name in self.cast.alone or self.area.spec.key == HOME or "@" in name:
            return self.cast.tokens[name]
        return self.cast.tokens[f"{name}@{self.area.spec.key}"]

    def ask(self, name: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request; "" asks without a token. The answer as it came."""
        auth = {"Authorization": f"Bearer {self.token(name)}"} if name else {}
        send = (
            {"data": body if isinstance(body, (str, bytes)) else json.dumps(body)} if body is not None else {}
        )
        return self.client.generic(
            method, f"{BASE}{path}", content_type="application/json", headers=auth | headers, **send
        )

    def get(self, name: str, path: str) -> Any:
        """What is read."""
        answer = self.ask(name, "GET", path)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def send(self, name: str, path: str, body: Any, **headers: str) -> Any:
        """What is changed."""
        answer = self.ask(name, "POST", path, body, **headers)
        assert answer.status_code in (200, 201), answer.content.decode()
        return answer.json()

    def file(self, name: str, kind: str) -> dict[str, str]:
        """Upload a paper."""
        upload = BytesIO(PDF)
        upload.name = f"{kind}.pdf"
        auth = {"Authorization": f"Bearer {self.token(name)}"}
        answer = self.client.post(f"{BASE}/papers", {"file": upload}, headers=auth)
        assert answer.status_code == 201, answer.content.decode()
        return {"file": answer.json()["id"], "kind": kind}

    def do(self, name: str, path: str, act: str, papers: tuple[str, ...] = (), **facts: Any) -> Any:
        """Perform an act on a task."""
        body = {"facts": facts, "papers": self.papers(name, *papers, *scan_of(facts))}
        return self.send(name, f"/tasks/{self.task(path).id}/{act}", body)

    def stand(self, name: str, procedure: str, act: str, at_step: str = "", **facts: Any) -> Any:
        """A standing act of a case."""
        body = {"facts": facts, "step": at_step, "papers": self.papers(name, *scan_of(facts))}
        return self.send(name, f"/cases/{self.case(procedure).id}/{act}", body)

    def opening(self, exit_on: str, name: str = "provider_leader") -> dict[str, Any]:
        """The body that opens an exit."""
        return {
            "procedure": "exit",
            "variant": "provider_early",
            "subject": {"estate": str(self.area.estate.pk)},
            "facts": application(exit_on),
            "papers": self.papers(name, "exit_application"),
        }

    def apply(self, exit_on: str, name: str = "provider_leader") -> "Web":
        """The provider applies."""
        self.root = UUID(self.send(name, "/cases", self.opening(exit_on, name))["id"])
        return self

    def begin(self, variant: str, name: str, papers: tuple[str, ...] = (), **facts: Any) -> Any:
        """Somebody opens an exit on a ground, with the act it begins with."""
        body = {
            "procedure": "exit",
            "variant": variant,
            "subject": {"estate": str(self.area.estate.pk)},
            "facts": facts,
            "papers": self.papers(name, *papers),
        }
        answer = self.send(name, "/cases", body)
        self.root = UUID(answer["id"])
        return answer["warnings"]

    def told(self, name: str = "subdistrict_officer", procedure: str = "exit") -> Any:
        """The case as somebody reads it."""
        return self.get(name, f"/cases/{self.case(procedure).id}")
