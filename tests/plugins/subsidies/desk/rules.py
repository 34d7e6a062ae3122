"""Bodies of rules for the tests, made from a bundled one."""

import copy
import json
from datetime import date

from marketplace.db import db, writing
from plugins.subsidies.desk import bodies, keeping

TODAY = date(2026, 11, 23)
FEBI = "febi-330-ouderenzorg"
VOLTA = "volta-149-01"


def body(rule_id=VOLTA, **changes):
    """The bundled rows of a rule with other values in each."""
    return [{**row, **changes} for row in copy.deepcopy(bodies.bundled_rows()[rule_id])]


def dearer(cents=1_600, rule_id=VOLTA, **changes):
    """A rule with another amount."""
    return body(rule_id, amount={"kind": "hourly", "cents": cents}, **changes)


def typed(rows):
    """Rows as they are typed into the form."""
    return json.dumps(rows, ensure_ascii=False)


def written(app, act):
    """Run something in a transaction of its own, and commit."""
    with app.app_context(), writing():
        found = act()
        db.session.commit()
        db.session.remove()
        return found


def published(app, rows, starts=TODAY, reason="Nieuwe bedragen"):
    """Publish a body; gives the public id of its version."""
    return written(app, lambda: keeping.publish_rows(rows, starts, reason)[0].public_id)
