"""Pages of long lists, as ``web/parts.html`` shows them."""

from marketplace.web.pages import Page, page_number, paginate

__all__ = ["Page", "page_number", "paginate"]
