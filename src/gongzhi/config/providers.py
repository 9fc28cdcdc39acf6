"""Identity providers as the settings name them."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class IdentityProvider(BaseModel):
    """One provider of OpenID Connect. `id` stands in addresses and in links to accounts: it is not changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern="^[a-z0-9][a-z0-9-]{0,29}$")
    name: str = Field(min_length=1, max_length=40)
    issuer: str = Field(min_length=1)
    client_id: str = Field(min_length=1)
    client_secret: str = Field(min_length=1, repr=False)

    @field_validator("issuer")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        """Over HTTPS, or on this machine."""
        parts = urlsplit(url)
        on_this_machine = parts.scheme == "http" and parts.hostname in LOOPBACK
        if not (parts.hostname and (parts.scheme == "https" or on_this_machine)) or re.search("[?#]", url):
            raise ValueError(url)
        return url

    def as_app(self) -> dict[str, Any]:
        """As the sign-in library reads it."""
        return {
            "provider_id": self.id,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {"server_url": self.issuer},
        }


def read_providers(raw: Any) -> Any:
    """The list in a text of JSON, each id once; raises ValueError. What is no text is left as it is."""
    if not isinstance(raw, str):
        return raw
    rows = json.loads(raw)
    if not isinstance(rows, list):
        raise ValueError(raw)
    ids = [row.get("id") for row in rows if isinstance(row, dict)]
    if len(set(ids)) != len(rows):
        raise ValueError(raw)
    return tuple(rows)
