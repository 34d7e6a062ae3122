"""Orders as frozen facts: of the employer in hand, of a dossier, or by id for desk and worker; and
how orders and referrals stand.
"""

from marketplace.orders.services import standing
from marketplace.orders.services.facts import (
    Ordered,
    buyer_email,
    facts_of,
    facts_of_request,
    own_facts,
)

__all__ = ["Ordered", "buyer_email", "facts_of", "facts_of_request", "own_facts", "standing"]
