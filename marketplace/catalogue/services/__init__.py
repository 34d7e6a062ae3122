"""What the catalogue can do for the other areas."""

from marketplace.catalogue.guard import bump, changing, version
from marketplace.catalogue.prices import gross_cents
from marketplace.catalogue.services.capacity import places_left, release, reserve
from marketplace.catalogue.services.demo import seed_demo
from marketplace.catalogue.services.dump import export_document, export_text
from marketplace.catalogue.services.load import import_document, import_file
from marketplace.catalogue.services.pages import (
    OfferPage,
    ProviderPage,
    Search,
    find,
    offer_page,
    provider_page,
    shown,
)
from marketplace.catalogue.services.snapshot import (
    labels,
    offers_by_version,
    owner_kinds,
    provider_email,
    published,
    published_offer,
    titles,
)
from marketplace.catalogue.services.sources import switched_on, version_key
from marketplace.catalogue.services.status import publish, retire
from marketplace.catalogue.services.store import Report
from marketplace.catalogue.services.tailored import Synced, sync_all, sync_tailored

__all__ = [
    "OfferPage",
    "ProviderPage",
    "Report",
    "Search",
    "Synced",
    "bump",
    "changing",
    "export_document",
    "export_text",
    "find",
    "gross_cents",
    "import_document",
    "import_file",
    "labels",
    "offer_page",
    "offers_by_version",
    "owner_kinds",
    "places_left",
    "provider_email",
    "provider_page",
    "publish",
    "published",
    "published_offer",
    "release",
    "reserve",
    "retire",
    "seed_demo",
    "shown",
    "switched_on",
    "sync_all",
    "sync_tailored",
    "titles",
    "version",
    "version_key",
]
