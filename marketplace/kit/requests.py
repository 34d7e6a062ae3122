"""Request files: the format of ``flask advise``, read strictly and written again."""

from marketplace.requests.file import FileErrors, read_text, write_request

__all__ = ["FileErrors", "read_text", "write_request"]
