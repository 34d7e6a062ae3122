"""Settings from the environment, with safe defaults and no secret in code."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ("development", "demo", "production", "testing")
ENGINES = ("inline", "thread", "worker")


class SettingsError(RuntimeError):
    """A setting is missing or wrong; the message names the variable and what it may be."""


def load(
    environ: Mapping[str, str], overrides: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Flask configuration from the environment; ``overrides`` (tests) win.

    Raises SettingsError when production lacks SECRET_KEY or a value is outside its choices.
    """
    environment = _one_of(environ, "MARKETPLACE_ENV", ENVIRONMENTS, "development")
    instance = Path(environ.get("MARKETPLACE_INSTANCE", ROOT / "instance"))
    settings: dict[str, object] = (
        {
            "ENVIRONMENT": environment,
            "INSTANCE": instance,
            "SQLALCHEMY_DATABASE_URI": _database_url(environ, instance),
            "PUBLIC_URL": environ.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
            "JOBS_ENGINE": _one_of(environ, "JOBS_ENGINE", ENGINES, "worker"),
            "MAIL_URL": environ.get("MAIL_URL", f"folder:{instance / 'mail'}"),
            "MAIL_FROM": environ.get("MAIL_FROM", "marktplaats@example.org"),
            "PLUGIN_FOLDERS": [ROOT / "plugins", *_folders(environ.get("PLUGIN_FOLDERS", ""))],
            "PLUGIN_TRACE": environ.get("PLUGIN_TRACE", "") == "1",
            "METRICS_TOKEN": environ.get("METRICS_TOKEN", ""),
            "TRUSTED_HOSTS": environ.get("TRUSTED_HOSTS", "").split() or None,
        }
        | _session(environment)
        | _limits()
    )
    settings |= dict(overrides or {})
    if "SECRET_KEY" not in settings:
        settings["SECRET_KEY"] = environ.get("SECRET_KEY") or _own_secret(environment, instance)
    settings["SECRET_KEY_FALLBACKS"] = environ.get("SECRET_KEY_FALLBACKS", "").split()
    return settings


def _session(environment: str) -> dict[str, object]:
    return {
        "SESSION_COOKIE_SECURE": environment == "production",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "REMEMBER_COOKIE_HTTPONLY": True,
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _limits() -> dict[str, object]:
    return {
        "MAX_CONTENT_LENGTH": 2_000_000,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": 1_000,
        "SQLALCHEMY_TRACK_MODIFICATIONS": False,
    }


def _one_of(environ: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = environ.get(name, default)
    if value not in allowed:
        raise SettingsError(f"{name}={value!r}: must be one of {', '.join(allowed)}")
    return value


def _folders(text: str) -> list[Path]:
    return [Path(part) for part in text.split(os.pathsep) if part]


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'marketplace.db'}"
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


def _own_secret(environment: str, instance: Path) -> str:
    """Outside production each installation makes a secret of its own and keeps it."""
    if environment == "production":
        raise SettingsError("SECRET_KEY is not set: production does not start without it")
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
