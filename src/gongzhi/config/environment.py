"""The one typed reading of GONGZHI_*. An unknown or a missing name stops the start with one sentence."""

import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

ROOT = Path(__file__).resolve().parents[3]
PREFIX = "GONGZHI_"
LIVE_NEEDS = ("SECRET_KEY", "PERSONAL_DATA_KEY", "HOSTS")
DEMONSTRATION_SECRET = "demonstration-only-" + "0" * 32
DEMONSTRATION_DATA_KEY = "00" * 32


class Environment(BaseModel):
    """What a running Gongzhi needs to know. Every name is read as GONGZHI_<NAME>, and no other is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: str = Field(default="live", pattern="^(live|rehearsal|test)$")
    data: str = str(ROOT / "var")
    files: str = ""
    database_url: str = ""
    secret_key: str = DEMONSTRATION_SECRET
    personal_data_key: str = Field(default=DEMONSTRATION_DATA_KEY, pattern="^[0-9a-f]{64}$")
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]", "testserver")
    https: bool = False
    clock_file: str = ""

    @property
    def rehearsal(self) -> bool:
        """Whether the clock may be moved and no message leaves."""
        return self.mode != "live"

    def database(self) -> dict[str, Any]:
        """Django's DATABASES entry: PostgreSQL where GONGZHI_DATABASE_URL names one, else embedded SQLite."""
        if not self.database_url:
            return sqlite_entry(Path(self.data) / "gongzhi.sqlite3")
        parts = urlsplit(self.database_url)
        if parts.scheme == "sqlite":
            return sqlite_entry(Path(parts.path))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }


def sqlite_entry(path: Path) -> dict[str, Any]:
    """Embedded SQLite: WAL, writers queue instead of failing (`transaction_mode` IMMEDIATE)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def read_environment(source: dict[str, str] | None = None) -> Environment:
    """Read GONGZHI_* or stop the start with one sentence that names what is unknown, missing or wrong."""
    given = {k: v for k, v in (os.environ if source is None else source).items() if k.startswith(PREFIX)}
    values: dict[str, Any] = {name[len(PREFIX) :].lower(): value for name, value in given.items()}
    if "hosts" in values:
        values["hosts"] = tuple(filter(None, re.split(r"[,\s]+", values["hosts"])))
    try:
        environment = Environment.model_validate(values)
    except ValidationError as broken:
        first = broken.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        what = "没有这个配置项" if first["type"] == "extra_forbidden" else "的值不合要求"
        sys.exit(f"配置项 {name} {what}，请对照 docs/reference/settings.md 改正后再启动。")
    missing = [PREFIX + n for n in LIVE_NEEDS if environment.mode == "live" and n.lower() not in values]
    if missing:
        sys.exit(f"缺少配置项 {'、'.join(missing)}，请设置后再启动（试用请运行 ./gongzhi demo）。")
    return (
        environment
        if environment.files
        else environment.model_copy(update={"files": str(Path(environment.data) / "files")})
    )
