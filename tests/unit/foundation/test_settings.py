"""Settings: safe by default, and a wrong one is named before anything starts."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from marketplace.app import create_app
from marketplace.config import SettingsError, load

SECRET = "a-long-secret-for-a-test-of-production"


def production(**environ: str) -> dict[str, str]:
    return {"MARKETPLACE_ENV": "production", "SECRET_KEY": SECRET, **environ}


def test_production_does_not_start_without_a_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("MARKETPLACE_ENV", "production")
    monkeypatch.setenv("MARKETPLACE_INSTANCE", str(tmp_path))
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        create_app()
    assert not (tmp_path / "secret_key").exists()


def test_production_refuses_a_secret_that_can_be_guessed():
    with pytest.raises(SettingsError, match="SECRET_KEY must have at least"):
        load(production(SECRET_KEY="secret"))


def test_control_production_starts_with_a_secret():
    assert load(production())["SECRET_KEY"] == SECRET


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MARKETPLACE_ENV", "prod"),
        ("JOBS_ENGINE", "celery"),
        ("MAIL_URL", "mail.example.org"),
        ("PUBLIC_URL", "example.org"),
        ("PUBLIC_URL", "ftp://example.org"),
        ("SQLITE_SYNCHRONOUS", "OFF; DROP TABLE jobs"),
        ("PROXIES", "all"),
        ("PROXIES", "-1"),
        ("PROXIES", "٣"),
    ],
)
def test_a_wrong_value_names_its_variable(name, value):
    with pytest.raises(SettingsError, match=name):
        load({name: value})


def test_a_wrong_mail_setting_does_not_show_its_password():
    with pytest.raises(SettingsError) as refused:
        load({"MAIL_URL": "user:hush@mail.example.org"})
    assert "hush" not in str(refused.value)


def test_an_installation_makes_its_own_secret_once_and_only_its_owner_reads_it(tmp_path):
    environ = {"MARKETPLACE_INSTANCE": str(tmp_path)}
    first = load(environ)["SECRET_KEY"]
    assert len(str(first)) > 40
    assert load(environ)["SECRET_KEY"] == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_two_that_start_together_agree_on_the_secret(tmp_path):
    environ = {"MARKETPLACE_INSTANCE": str(tmp_path / "new")}
    with ThreadPoolExecutor(8) as together:
        found = list(together.map(lambda _: load(environ)["SECRET_KEY"], range(8)))
    assert len(set(found)) == 1


def test_cookies_travel_over_tls_only_in_production():
    assert load(production())["SESSION_COOKIE_SECURE"] is True
    assert load(production())["REMEMBER_COOKIE_SECURE"] is True
    assert load({"SECRET_KEY": SECRET})["SESSION_COOKIE_SECURE"] is False


def test_production_answers_to_its_own_name_only():
    settings = load(production(PUBLIC_URL="https://markt.example.org"))
    assert settings["TRUSTED_HOSTS"][0] == "markt.example.org"
    assert load(production(TRUSTED_HOSTS="a.example b.example"))["TRUSTED_HOSTS"] == [
        "a.example",
        "b.example",
    ]


@pytest.mark.parametrize("short", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_a_postgres_address_gets_its_driver(short):
    assert load({"DATABASE_URL": short, "SECRET_KEY": "x"})["SQLALCHEMY_DATABASE_URI"] == (
        "postgresql+psycopg://u@h/d"
    )


def test_the_defaults_are_an_embedded_database_and_mail_into_a_folder(tmp_path):
    settings = load({"MARKETPLACE_INSTANCE": str(tmp_path)})
    assert settings["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path / 'marketplace.db'}"
    assert settings["MAIL_URL"] == f"folder:{tmp_path / 'mail'}"
    assert settings["ENVIRONMENT"] == "development"


def test_requests_are_limited_in_size():
    settings = load({"SECRET_KEY": SECRET})
    assert settings["MAX_CONTENT_LENGTH"] == 2_000_000
    assert settings["MAX_FORM_PARTS"] == 1_000


def test_no_secret_stands_in_the_source():
    source = Path(load.__code__.co_filename).read_text("utf-8")
    assert "token_urlsafe" in source
    assert 'SECRET_KEY"] = "' not in source
