"""What an advice says of an offer that was not chosen."""

from marketplace.advice.certificates import reason_of

__all__ = ["reason_of"]
