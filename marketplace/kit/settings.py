"""Settings of a plugin: federation, else deployment, else the default in its own form."""

from marketplace.host.settings import of, secret

__all__ = ["of", "secret"]
