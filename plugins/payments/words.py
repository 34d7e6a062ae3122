"""What people read of a payment."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.kit.i18n import lazy_

STATES: Mapping[str, tuple[object, str]] = {
    "free": (lazy_("Gratis"), "ok"),
    "created": (lazy_("Nog te betalen"), "caution"),
    "pending": (lazy_("Wacht op betaling"), "caution"),
    "processing": (lazy_("Betaling onderweg"), "info"),
    "failed": (lazy_("Betaling mislukt"), "danger"),
    "expired": (lazy_("Betaalpagina verlopen"), "caution"),
    "cancelled": (lazy_("Niets meer te betalen"), "neutral"),
    "paid": (lazy_("Betaald"), "ok"),
    "partially_refunded": (lazy_("Deels terugbetaald"), "info"),
    "refunded": (lazy_("Terugbetaald"), "neutral"),
    "disputed": (lazy_("Betwist"), "danger"),
    "lost": (lazy_("Verloren in een betwisting"), "danger"),
}
"""State → its words and the tone of its tag."""

FLAGS: Mapping[str, object] = {
    "late": lazy_("Er kwam geld binnen nadat de betaling afgesloten was. Beslis wat ermee moet."),
    "overpaid": lazy_("Er is meer betaald dan gevraagd. Betaal het verschil terug."),
    "cancelled-paid": lazy_("De bestelling is geannuleerd, maar er is geld. Betaal terug."),
    "disputed": lazy_("Wie betaalde, betwist dit bij de bank. Antwoord bij Stripe, op tijd."),
    "lost": lazy_("De bank nam het geld terug. Neem contact op met de werkgever."),
    "refund-undone": lazy_("Een terugbetaling is mislukt. Het geld staat weer bij ons."),
    "refund-refused": lazy_("Stripe weigert een terugbetaling. Kijk na wat er nog is."),
    "amount": lazy_("Een bedrag verschilt van wat wij boekten. Kijk na bij Stripe of de bank."),
    "currency": lazy_("Er is betaald in een andere munt dan euro. Kijk na bij Stripe."),
    "unknown": lazy_("Er kwam geld binnen dat bij geen bestelling hoort."),
}

ACCOUNTS: Mapping[str, object] = {
    "claim": lazy_("Te ontvangen van de werkgever"),
    "sales": lazy_("Verkoop"),
    "money": lazy_("Ontvangen geld"),
    "contested": lazy_("Betwist"),
    "losses": lazy_("Verloren"),
}

REFUNDS: Mapping[str, object] = {
    "asked": lazy_("gevraagd"),
    "pending": lazy_("onderweg"),
    "done": lazy_("terugbetaald"),
    "failed": lazy_("mislukt"),
}

PROVIDERS: Mapping[str, object] = {"stripe": lazy_("Stripe"), "bank": lazy_("Bank")}
