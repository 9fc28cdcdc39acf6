"""GONGZHI_*: what is unknown, missing or wrong stops the start with one sentence and exit status 2."""

import json
from pathlib import Path

import pytest

from gongzhi.config.environment import (
    DEMONSTRATION_DATA_KEY,
    DEMONSTRATION_SECRET,
    ROOT,
    Environment,
    of_a_demonstration,
    read_environment,
)

LIVE = {
    "GONGZHI_SECRET_KEY": "a-secret-of-our-own-" + "7" * 20,
    "GONGZHI_PERSONAL_DATA_KEY": "7a" * 32,
    "GONGZHI_HOSTS": "gongzhi.example, www.gongzhi.example",
}


def stopped(capsys: pytest.CaptureFixture[str], **changes: str) -> str:
    """The sentence a start with these settings ends with."""
    with pytest.raises(SystemExit) as stop:
        read_environment(LIVE | changes)
    assert stop.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert printed.err.endswith("。\n")
    return printed.err


def test_real_use_is_the_default_and_starts_with_its_three_needs():
    environment = read_environment(LIVE)
    assert environment.mode == "live"
    assert not environment.rehearsal
    assert environment.hosts == ("gongzhi.example", "www.gongzhi.example")


def test_real_use_without_its_needs_names_all_of_them(capsys):
    with pytest.raises(SystemExit):
        read_environment({})
    sentence = capsys.readouterr().err
    assert all(name in sentence for name in LIVE)
    assert "./gongzhi demo" in sentence


def test_commands_beside_a_demonstration_work_in_it_unless_anything_of_real_use_is_set(tmp_path):
    here = {"GONGZHI_DATA": str(tmp_path)}
    assert of_a_demonstration(here) == {}
    (tmp_path / "demonstration.json").write_text('{"state": "complete"}')
    assert of_a_demonstration(here) == {
        "GONGZHI_MODE": "rehearsal",
        "GONGZHI_CLOCK_FILE": str(tmp_path / "clock.json"),
    }
    for name in ("GONGZHI_MODE", "GONGZHI_DATABASE_URL", *LIVE):
        assert of_a_demonstration(here | {name: "anything"}) == {}


def test_a_rehearsal_needs_nothing():
    assert read_environment({"GONGZHI_MODE": "rehearsal"}).rehearsal


@pytest.mark.parametrize("name", ["GONGZHI_COLOUR", "GONGZHI_", "GONGZHI_secret_key", "GONGZHI_MODEL_CONFIG"])
def test_an_unknown_name_is_named(capsys, name):
    assert f"没有配置项 {name}，" in stopped(capsys, **{name: "1"})


def test_names_without_the_prefix_are_none_of_our_business():
    assert read_environment(LIVE | {"PATH": "/bin", "GONGZHI": "1"}).mode == "live"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "production"),
        ("SECRET_KEY", "short"),
        ("PERSONAL_DATA_KEY", "7A" * 32),
        ("PERSONAL_DATA_KEY", "7a" * 31),
        ("HTTPS", "perhaps"),
        ("HOSTS", ", ,"),
        ("DATABASE_URL", "mysql://db/gongzhi"),
        ("DATABASE_URL", "gongzhi.sqlite3"),
        ("DATABASE_URL", "postgresql://db"),
        ("DATABASE_URL", "postgresql://db:many/gongzhi"),
        ("DATABASE_URL", "postgresql://db:99999/gongzhi"),
        ("DATABASE_URL", "postgresql://[db/gongzhi"),
        ("DATABASE_URL", "sqlite://gongzhi.sqlite3"),
        ("PROXIES", "-1"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("SESSION_HOURS", "a day"),
        ("LOCKOUT_FAILURES", "2"),
        ("LOCKOUT_MINUTES", "0.5"),
        ("TOTP_FOR_OFFICIALS", "perhaps"),
        ("OIDC_PROVIDERS", "https://id.example"),
        ("OIDC_PROVIDERS", '{"id": "city"}'),
        ("OIDC_PROVIDERS", '[{"id": "city"}]'),
    ],
)
def test_a_wrong_value_is_named_and_not_shown(capsys, name, value):
    sentence = stopped(capsys, **{f"GONGZHI_{name}": value})
    assert f"配置项 GONGZHI_{name} 的值不合要求" in sentence
    assert value not in sentence


@pytest.mark.parametrize("name", sorted(LIVE))
def test_an_empty_value_is_a_missing_one(capsys, name):
    assert f"缺少配置项 {name}，" in stopped(capsys, **{name: " "})


def test_real_use_does_not_run_on_the_keys_everybody_knows(capsys):
    assert "GONGZHI_SECRET_KEY" in stopped(capsys, GONGZHI_SECRET_KEY=DEMONSTRATION_SECRET)
    assert "GONGZHI_PERSONAL_DATA_KEY" in stopped(capsys, GONGZHI_PERSONAL_DATA_KEY=DEMONSTRATION_DATA_KEY)


def test_real_use_has_no_clock_that_can_be_moved(capsys):
    assert "GONGZHI_CLOCK_FILE" in stopped(capsys, GONGZHI_CLOCK_FILE="clock.json")


def test_folders_do_not_depend_on_where_a_process_was_started(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    environment = read_environment(LIVE | {"GONGZHI_DATA": "data"})
    assert environment.data == str(tmp_path / "data")
    assert environment.files == str(tmp_path / "data" / "files")
    assert read_environment(LIVE | {"GONGZHI_FILES": "/srv/files"}).files == "/srv/files"
    (tmp_path / "fonts").mkdir()
    assert read_environment(LIVE | {"GONGZHI_FONTS": "fonts"}).fonts == str(tmp_path / "fonts")
    assert environment.fonts == ""


def test_a_folder_of_fonts_that_is_not_there_stops_the_start(capsys, tmp_path):
    assert "GONGZHI_FONTS" in stopped(capsys, GONGZHI_FONTS=str(tmp_path / "nowhere"))


def test_without_an_address_the_database_is_embedded():
    database = read_environment(LIVE | {"GONGZHI_DATA": "/srv/gongzhi"}).database()
    assert database["NAME"] == "/srv/gongzhi/gongzhi.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_sqlite_address_names_a_file():
    database = Environment(database_url="sqlite:////srv/a%20b/c.sqlite3").database()
    assert database["NAME"] == "/srv/a b/c.sqlite3"


def test_a_postgresql_address_is_read_to_its_parts():
    database = Environment(database_url="postgresql://clerk:p%40ss@db.example:5433/gong%20zhi").database()
    assert database["ENGINE"] == "django.db.backends.postgresql"
    expected = {"NAME": "gong zhi", "USER": "clerk", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433"}
    assert expected.items() <= database.items()


def test_a_postgresql_address_may_name_a_socket_folder():
    database = Environment(database_url="postgresql://clerk@/gongzhi?host=/run/Socket").database()
    assert (database["HOST"], database["USER"], database["NAME"]) == ("/run/Socket", "clerk", "gongzhi")


PROVIDER = {
    "id": "city",
    "name": "示例认证",
    "issuer": "https://id.example",
    "client_id": "gongzhi",
    "client_secret": "example",
}


def test_identity_providers_are_a_list_of_json():
    given = json.dumps([PROVIDER, PROVIDER | {"id": "county", "issuer": "http://127.0.0.1:9000/realm"}])
    first, second = read_environment(LIVE | {"GONGZHI_OIDC_PROVIDERS": given}).oidc_providers
    assert (first.id, first.name, first.issuer) == ("city", "示例认证", "https://id.example")
    assert second.issuer == "http://127.0.0.1:9000/realm"
    assert "example" not in repr(first).replace("https://id.example", "")


@pytest.mark.parametrize(
    "wrong",
    [
        [PROVIDER | {"issuer": "http://id.example"}],
        [PROVIDER | {"issuer": "ftp://127.0.0.1"}],
        [PROVIDER | {"issuer": "https://id.example/?realm=1"}],
        [PROVIDER | {"id": "市"}],
        [PROVIDER | {"id": "identity_provider"}],
        [PROVIDER | {"colour": "red"}],
        [PROVIDER, PROVIDER | {"name": "示例认证二"}],
        ["city"],
    ],
    ids=str,
)
def test_an_identity_provider_that_is_none_stops_the_start(capsys, wrong):
    assert "GONGZHI_OIDC_PROVIDERS" in stopped(capsys, GONGZHI_OIDC_PROVIDERS=json.dumps(wrong))


def test_forms_over_https_are_known_by_the_hosts_of_the_settings():
    hosts = {"GONGZHI_HOSTS": "gongzhi.example, .city.example, *"}
    over_https = read_environment(LIVE | hosts | {"GONGZHI_HTTPS": "true"})
    assert over_https.origins == ["https://gongzhi.example", "https://*.city.example"]
    assert read_environment(LIVE | hosts).origins == []


def test_officials_need_codes_in_real_use_and_in_a_rehearsal_where_asked():
    rehearsal = {"GONGZHI_MODE": "rehearsal"}
    asked = {name: {"GONGZHI_TOTP_FOR_OFFICIALS": name} for name in ("true", "false")}
    assert read_environment(LIVE).demands_totp
    assert not read_environment(LIVE | asked["false"]).demands_totp
    assert not read_environment(rehearsal).demands_totp
    assert read_environment(rehearsal | asked["true"]).demands_totp


def test_tiles_are_of_one_host_and_name_their_credit(capsys):
    tiles = {"GONGZHI_MAP_TILES": "https://tiles.city.example:8443/wmts/{z}/{y}/{x}.png?k=1"}
    credit = {"GONGZHI_MAP_CREDIT": "示例市自然资源局，审图号：示例S(2026)001号"}
    assert read_environment(LIVE).map_tiles == ""
    assert read_environment(LIVE | tiles | credit).map_tiles == tiles["GONGZHI_MAP_TILES"]
    assert "GONGZHI_MAP_CREDIT" in stopped(capsys, **tiles)
    for bad in (
        "http://tiles.city.example/{z}/{x}/{y}.png",
        "https://{s}.city.example/{z}/{x}/{y}.png",
        "https://tiles.city.example/{z}/{x}.png",
        "https://tiles.city.example/{z}/{x}/{y}.png; script-src *",
        "https://tiles.city.example, https://other.example/{z}/{x}/{y}.png",
        "https://*.example/{z}/{x}/{y}.png",
    ):
        assert "GONGZHI_MAP_TILES" in stopped(capsys, GONGZHI_MAP_TILES=bad, **credit)


def test_the_manual_has_a_line_for_every_setting_and_no_other():
    manual = Path(ROOT, "docs/reference/settings.md").read_text("utf-8")
    rows = {line.split("`")[1]: line for line in manual.splitlines() if line.startswith("| `GONGZHI_")}
    assert set(rows) == {f"GONGZHI_{name.upper()}" for name in Environment.model_fields}
    for name, field in Environment.model_fields.items():
        assert field.description in rows[f"GONGZHI_{name.upper()}"]
