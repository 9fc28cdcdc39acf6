"""The one typed reading of GONGZHI_*. What is unknown, missing or wrong stops the start with one sentence."""

import hashlib
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NoReturn
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from gongzhi.rehearsal import folder as cells

from .providers import IdentityProvider, read_providers

ROOT = Path(__file__).resolve().parents[3]
PREFIX = "GONGZHI_"
#: What real use may not leave to a default.
LIVE_NEEDS = ("secret_key", "personal_data_key", "hosts")
DEMONSTRATION_SECRET = "demonstration-only-" + "0" * 32
DEMONSTRATION_DATA_KEY = "00" * 32
MANUAL = "docs/reference/settings.md"
TILES = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?/[A-Za-z0-9_./?&=%{}~@+-]*")
#: Stands in the data folder of a demonstration.
NOTE, CLOCK = "demonstration.json", "clock.json"


class Environment(BaseModel):
    """What a running Gongzhi needs to know. Every name is read as GONGZHI_<NAME>, and no other is known.

    The descriptions are the reference page: `docs/reference/settings.md` is checked against them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Literal["live", "rehearsal", "test"] = Field(
        "live",
        description="`live`: real use. `rehearsal`: the clock may be moved and no message leaves. `test`.",
    )
    data: str = Field(
        str(ROOT / "var"), description="Folder of the embedded database and of what is generated."
    )
    files: str = Field("", description="Folder of stored files. Default: `files` inside `GONGZHI_DATA`.")
    fonts: str = Field(
        "",
        description="Folder of the site's own fonts (TTF, OTF, TTC), read at the start: licensed 仿宋, 小标宋, 黑体, "
        "楷体 take the place of Noto Serif and Noto Sans in papers, any other is asked for the signs these lack.",
    )
    database_url: str = Field(
        "",
        description="`postgresql://USER:PASSWORD@HOST:PORT/NAME`, `postgresql:///NAME?host=/SOCKET/FOLDER` or "
        "`sqlite:////PATH`. Default: embedded SQLite in `GONGZHI_DATA`.",
    )
    secret_key: str = Field(
        DEMONSTRATION_SECRET,
        min_length=32,
        description="Signs sessions; at least 32 characters, kept secret.",
    )
    personal_data_key: str = Field(
        DEMONSTRATION_DATA_KEY,
        pattern="^[0-9a-f]{64}$",
        description="Encrypts identity and telephone numbers: 64 hexadecimal digits, never stored in the "
        "database or its backup.",
    )
    hosts: tuple[str, ...] = Field(
        ("127.0.0.1", "localhost", "[::1]", "testserver"),
        min_length=1,
        description="Host names the site answers to, separated by commas.",
    )
    address: str = Field(
        "",
        pattern=r"^(https?://[A-Za-z0-9.:\[\]-]+)?$",
        description="Where people reach the site, without a slash at its end: `https://gongzhi.example.gov.cn`. "
        "Printed as a code on papers that are issued. Default: the first of `GONGZHI_HOSTS` that is a whole name.",
    )
    https: bool = Field(
        False, description="`true` where people reach the site by HTTPS: cookies are then sent only over it."
    )
    clock_file: str = Field(
        "", description="File with the offset of a rehearsal's clock. Not allowed in real use."
    )
    proxies: int = Field(
        0,
        ge=0,
        le=5,
        description="How many proxies of your own stand in front. The address that lock-outs count by is then the "
        "one the outermost of them wrote into `X-Forwarded-For`.",
    )
    session_idle_minutes: int = Field(
        30, ge=1, le=1440, description="After so long without a request one has to sign in again."
    )
    session_hours: int = Field(
        12, ge=1, le=168, description="So long after signing in one has to sign in again, however busy."
    )
    lockout_failures: int = Field(
        5, ge=3, le=100, description="So many failed attempts in a row lock an account for a while."
    )
    lockout_address_failures: int = Field(
        50,
        ge=3,
        le=10_000,
        description="So many failed attempts from one address lock that address for a while.",
    )
    lockout_minutes: int = Field(15, ge=1, le=1440, description="How long a lock-out lasts.")
    totp_for_officials: bool | None = Field(
        None,
        description="Whether who acts for an authority, administers or audits needs a one-time code besides the "
        "password. Default: `true` in real use, `false` else.",
    )
    oidc_providers: tuple[IdentityProvider, ...] = Field(
        (),
        description="Identity providers (OpenID Connect) one may sign in by, as a JSON list of objects with `id`, "
        "`name`, `issuer`, `client_id`, `client_secret`.",
    )

    map_tiles: str = Field(
        "",
        description="Address of background tiles for maps, with `{z}`, `{x}` and `{y}`, of one host. Default: none; "
        "maps are then outlines alone. Pages with a map may load pictures from that host, and from no other.",
    )
    map_credit: str = Field(
        "",
        max_length=200,
        description="What is written on maps that have tiles: whose they are, and the number under which the map was "
        "reviewed (审图号). Needed with `GONGZHI_MAP_TILES`.",
    )
    rehearsal_ports: str = Field(
        "8701-8708",
        pattern=r"^[0-9]{2,5}-[0-9]{2,5}$",
        description="The loopback ports rehearsals are served on, first and last.",
    )
    rehearsal_cells: int = Field(
        4,
        ge=1,
        le=50,
        description="How many rehearsals are kept at the same time; each is a process of its own.",
    )
    rehearsal_days: int = Field(
        14, ge=1, le=366, description="After so many days a rehearsal is deleted by itself."
    )
    rehearsal_address: str = Field(
        "",
        pattern=r"^(https?://[A-Za-z0-9.{}:-]*\{port\}[A-Za-z0-9.:-]*)?$",
        description="Where browsers reach a rehearsal, with `{port}` in it: `https://rehearsal-{port}.example.gov.cn`. "
        "Default: the desk's own host, where that is this very machine.",
    )

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, url: str) -> str:
        """Reject an address that names no database of a known kind; urlsplit raises for a port that is none."""
        parts = urlsplit(url)
        if url and (
            parts.scheme not in ("postgresql", "postgres", "sqlite")
            or not parts.path.strip("/")
            or (parts.scheme == "sqlite" and parts.netloc)
            or parts.port == 0
        ):
            raise ValueError(url)
        return url

    @field_validator("map_tiles")
    @classmethod
    def _are_tiles(cls, address: str) -> str:
        """Reject what is not one host's address with all three places: `{s}` would need several hosts."""
        if address and (
            not TILES.fullmatch(address) or sorted(re.findall(r"\{(.*?)\}", address)) != list("xyz")
        ):
            raise ValueError(address)
        return address

    @field_validator("rehearsal_ports")
    @classmethod
    def _are_ports(cls, text: str) -> str:
        """Reject what is no range of ports."""
        first, last = map(int, text.split("-"))
        if not 1024 <= first <= last <= 65535:
            raise ValueError(text)
        return text

    @field_validator("oidc_providers", mode="before")
    @classmethod
    def _are_providers(cls, raw: Any) -> Any:
        """Read the JSON list."""
        return read_providers(raw)

    @property
    def site(self) -> str:
        """Where people reach the site; "" where no host is a whole name."""
        whole = next((host for host in self.hosts if host[:1] not in ("*", ".")), "")
        return self.address or (f"{'https' if self.https else 'http'}://{whole}" if whole else "")

    @property
    def demands_totp(self) -> bool:
        """Whether officials need a one-time code."""
        return not self.rehearsal if self.totp_for_officials is None else self.totp_for_officials

    @property
    def ports(self) -> range:
        """The ports of rehearsals."""
        first, last = map(int, self.rehearsal_ports.split("-"))
        return range(first, last + 1)

    @property
    def cell(self) -> cells.Cell | None:
        """The rehearsal whose data folder this is."""
        return cells.cell_at(Path(self.data))

    @property
    def origins(self) -> list[str]:
        """Whence forms come where HTTPS ends at a proxy; to the server behind it the requests look like HTTP."""
        hosts = [f"*{host}" if host.startswith(".") else host for host in self.hosts if host != "*"]
        return [f"https://{host}" for host in hosts] if self.https else []

    @property
    def rehearsal(self) -> bool:
        """Whether the clock may be moved and no message leaves."""
        return self.mode != "live"

    def database(self) -> dict[str, Any]:
        """Django's DATABASES entry: PostgreSQL where GONGZHI_DATABASE_URL names one, else embedded SQLite."""
        if not self.database_url:
            return sqlite_entry(Path(self.data) / "gongzhi.sqlite3", durable=not self.rehearsal)
        parts = urlsplit(self.database_url)
        if parts.scheme == "sqlite":
            return sqlite_entry(Path("/", unquote(parts.path).lstrip("/")), durable=not self.rehearsal)
        host = parse_qs(parts.query).get("host", [unquote(parts.hostname or "")])[0]
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            # Of what is asked with values beside it (`acts.kept`) the server keeps the plan from the second time on.
            "OPTIONS": {"prepare_threshold": 1},
        }


def sqlite_entry(path: Path, *, durable: bool) -> dict[str, Any]:
    """Embedded SQLite: WAL, writers queue instead of failing (`transaction_mode` IMMEDIATE).

    `durable`: an act that was acknowledged outlives a power cut too; each commit then waits for the disk. Else it
    outlives a killed process only, which is enough for a rehearsal.
    """
    synchronous = "FULL" if durable else "NORMAL"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # The fields read their own days, instants and truths; by the columns' types the driver would do it before
            # them, at each value and once more for each statement.
            "detect_types": 0,
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON; "
            "PRAGMA recursive_triggers=ON;",
        },
    }


def stop(sentence: str) -> NoReturn:
    """End the start with one sentence on stderr and exit status 2."""
    print(sentence, file=sys.stderr)
    raise SystemExit(2)


def read_environment(source: Mapping[str, str] | None = None) -> Environment:
    """Read GONGZHI_* or stop the start with one sentence that names what is unknown, missing or wrong."""
    if source is None:
        os.environ |= of_a_cell(os.environ) or of_a_demonstration(os.environ)
    given = {k: v for k, v in (os.environ if source is None else source).items() if k.startswith(PREFIX)}
    values = _named_values(given)
    try:
        environment = Environment.model_validate(values)
    except ValidationError as broken:
        name = PREFIX + str(broken.errors()[0]["loc"][0]).upper()
        stop(f"配置项 {name} 的值不合要求，请对照 {MANUAL} 改正后再启动。")
    if environment.map_tiles and not environment.map_credit:
        stop(f"配置了地图底图，请同时设置 {PREFIX}MAP_CREDIT，写明底图的来源和审图号后再启动。")
    if environment.mode == "live":
        _fit_for_real_use(environment, values)
    folders = _folders(environment)
    if folders["fonts"] and not Path(folders["fonts"]).is_dir():
        stop(f"没有 {PREFIX}FONTS 所指的字库目录，请对照 {MANUAL} 改正或删去后再启动。")
    return environment.model_copy(update=folders)


def _named_values(given: Mapping[str, str]) -> dict[str, Any]:
    """The values by field name. An empty value is no value; a name we do not know stops the start."""
    known = {PREFIX + name.upper(): name for name in Environment.model_fields}
    unknown = sorted(set(given) - set(known))
    if unknown:
        stop(f"没有配置项 {'、'.join(unknown)}，请对照 {MANUAL} 改正或删去后再启动。")
    values: dict[str, Any] = {known[name]: value.strip() for name, value in given.items() if value.strip()}
    if "hosts" in values:
        values["hosts"] = tuple(filter(None, re.split(r"[,\s]+", values["hosts"])))
    return values


def of_a_demonstration(given: Mapping[str, str]) -> dict[str, str]:
    """Where a demonstration was built and nothing of real use is set, every command works in that demonstration."""
    real = {PREFIX + name.upper() for name in ("mode", "database_url", *LIVE_NEEDS)}
    data = Path(given.get(f"{PREFIX}DATA") or Environment.model_fields["data"].default).expanduser()
    if any(given.get(name) for name in real) or not (data / NOTE).exists():
        return {}
    return {
        f"{PREFIX}MODE": "rehearsal",
        f"{PREFIX}CLOCK_FILE": given.get(f"{PREFIX}CLOCK_FILE") or str(data / CLOCK),
    }


def of_a_cell(given: Mapping[str, str]) -> dict[str, str]:
    """Whatever works in a rehearsal's folder works in that rehearsal: with its own database, keys and clock."""
    data = Path(given.get(f"{PREFIX}DATA") or Environment.model_fields["data"].default).expanduser()
    cell = cells.cell_at(data)
    if cell is None:
        return {}
    own = {
        f"{PREFIX}MODE": "rehearsal",
        f"{PREFIX}CLOCK_FILE": str(data / cells.CLOCK),
        f"{PREFIX}SECRET_KEY": cell.secret,
        f"{PREFIX}PERSONAL_DATA_KEY": hashlib.sha256(f"{cell.id} {cell.secret}".encode()).hexdigest(),
    }
    others = (*own, f"{PREFIX}DATABASE_URL", f"{PREFIX}FILES")
    wrong = [name for name in others if given.get(name) and given[name] != own.get(name)]
    if wrong:
        stop(f"{data} 是一个演练的目录，请删去配置项 {'、'.join(wrong)} 后再运行。")
    return own


def _fit_for_real_use(environment: Environment, values: Mapping[str, Any]) -> None:
    """Stop a live start that would run on what everybody knows, or on a clock that somebody can move."""
    missing = [PREFIX + name.upper() for name in LIVE_NEEDS if name not in values]
    if missing:
        stop(f"缺少配置项 {'、'.join(missing)}，请设置后再启动（试用请运行 ./gongzhi demo）。")
    public = {"secret_key": DEMONSTRATION_SECRET, "personal_data_key": DEMONSTRATION_DATA_KEY}
    for name, value in public.items():
        if values[name] == value:
            stop(f"配置项 {PREFIX}{name.upper()} 用的是演示密钥，请换成本单位自己的密钥后再启动。")
    if environment.clock_file:
        stop(f"正式使用时不能拨动时钟，请删去配置项 {PREFIX}CLOCK_FILE 后再启动。")


def _folders(environment: Environment) -> dict[str, str]:
    """The folders as absolute paths, so that no process depends on where it was started."""
    data = Path(environment.data).expanduser().absolute()
    files = Path(environment.files).expanduser().absolute() if environment.files else data / "files"
    fonts = str(Path(environment.fonts).expanduser().absolute()) if environment.fonts else ""
    return {"data": str(data), "files": str(files), "fonts": fonts}
