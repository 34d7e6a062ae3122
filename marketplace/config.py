"""Settings from the environment, with safe defaults and no secret in code."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = (PACKAGE / "bundled").is_dir()
ROOT = Path.cwd() if _IN_WHEEL else PACKAGE.parent
"""Where the site's own things are: ``instance/`` and its own plugins."""
HOME = PACKAGE if _IN_WHEEL else ROOT
"""Where ``templates/`` and ``static/`` are; a wheel keeps them inside the package."""
BUNDLED = PACKAGE / "bundled" if _IN_WHEEL else ROOT / "plugins"
"""In a wheel top-level ``plugins`` would be everybody's name."""
ENVIRONMENTS = ("development", "demo", "production", "testing")
SYNCHRONOUS = ("FULL", "EXTRA", "NORMAL", "OFF")
ENGINES = ("inline", "thread", "worker")
LEAST_SECRET = 32
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class SettingsError(RuntimeError):
    """A setting is missing or wrong; the message names the variable and what it may be."""


def load(
    environ: Mapping[str, str], overrides: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Flask configuration from the environment; ``overrides`` (tests) win.

    Raises SettingsError when production lacks SECRET_KEY or a value is outside its choices.
    """
    own = dict(overrides or {})
    environment = str(
        own.get("ENVIRONMENT") or _one_of(environ, "MARKETPLACE_ENV", ENVIRONMENTS, "development")
    )
    instance = Path(environ.get("MARKETPLACE_INSTANCE", ROOT / "instance"))
    settings: dict[str, object] = (
        {
            "ENVIRONMENT": environment,
            "INSTANCE": instance,
            "SQLALCHEMY_DATABASE_URI": _database_url(environ, instance),
            "SQLITE_SYNCHRONOUS": _one_of(environ, "SQLITE_SYNCHRONOUS", SYNCHRONOUS, "FULL"),
            "PUBLIC_URL": _public_url(environ),
            "JOBS_ENGINE": _one_of(environ, "JOBS_ENGINE", ENGINES, "worker"),
            "MAIL_URL": _mail_url(environ, instance),
            "MAIL_FROM": environ.get("MAIL_FROM", "marktplaats@example.org"),
            "SITE_OWNER": environ.get("SITE_OWNER", "").strip(),
            "CONTACT_MAIL": _contact_mail(environ),
            "PLUGIN_FOLDERS": [BUNDLED, *_folders(environ.get("PLUGIN_FOLDERS", ""))],
            "PLUGIN_TRACE": environ.get("PLUGIN_TRACE", "") == "1",
            "METRICS_TOKEN": environ.get("METRICS_TOKEN", ""),
            "TRUSTED_HOSTS": _trusted_hosts(environ, environment),
            "REMIND_DAYS": _whole(environ, "REMIND_DAYS", 7, 90),
            "PROXIES": _whole(environ, "PROXIES", 0, 10),
            "SECRET_KEY_FALLBACKS": environ.get("SECRET_KEY_FALLBACKS", "").split(),
        }
        | _session(environment)
        | _limits()
    )
    settings |= own
    if "SECRET_KEY" not in settings:
        settings["SECRET_KEY"] = _secret(environ, environment, instance)
    return settings


def _session(environment: str) -> dict[str, object]:
    secure = environment == "production"
    return {
        "SESSION_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
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


def _public_url(environ: Mapping[str, str]) -> str:
    url = environ.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(f"PUBLIC_URL={url!r}: must be an address such as https://example.org")
    return url


def _mail_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("MAIL_URL", f"folder:{instance / 'mail'}")
    if not url.startswith(("folder:", "smtp://", "smtps://")):
        raise SettingsError("MAIL_URL must be folder:<path>, smtp://… or smtps://…")
    return url


def _contact_mail(environ: Mapping[str, str]) -> str:
    address = environ.get("CONTACT_MAIL", "").strip()
    if address and not re.fullmatch(r"[^@\s,]+@[^@\s,]+", address):
        raise SettingsError(f"CONTACT_MAIL={address!r}: must be one e-mail address")
    return address


def _trusted_hosts(environ: Mapping[str, str], environment: str) -> list[str] | None:
    """In production only the public name and this machine, unless the setting says otherwise."""
    named = environ.get("TRUSTED_HOSTS", "").split()
    if named or environment != "production":
        return named or None
    return [str(urlsplit(_public_url(environ)).hostname), *LOOPBACK]


def _whole(environ: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environ.get(name, str(default))
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise SettingsError(f"{name}={text!r}: must be a whole number from 0 to {most}")
    return int(text)


def _secret(environ: Mapping[str, str], environment: str, instance: Path) -> str:
    given = environ.get("SECRET_KEY", "")
    if environment != "production":
        return given or _own_secret(instance)
    if not given:
        raise SettingsError("SECRET_KEY is not set: production does not start without it")
    if len(given) < LEAST_SECRET:
        raise SettingsError(f"SECRET_KEY must have at least {LEAST_SECRET} characters")
    return given


def _own_secret(instance: Path) -> str:
    """Outside production each installation makes a secret of its own and keeps it.

    Server and worker may start at the same moment: the link fails for whoever comes second.
    """
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        fresh = instance / f"secret_key.{secrets.token_hex(8)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text()
