"""Full addresses of pages, for mails and for services that send people or messages back."""

from marketplace.accounts.services.addresses import absolute

__all__ = ["absolute"]
