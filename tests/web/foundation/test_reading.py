"""Looking changes nothing: no address answers GET by writing."""

import hashlib

import pytest
from sqlalchemy import inspect, select

from marketplace.db import Base, db, reading

OWN_STEPS = {"sign_ins", "plugin_faults"}  # when somebody was last seen, and what failed meanwhile


def sums(app):
    with app.app_context(), reading():
        found = {}
        there = set(inspect(db.engine).get_table_names())  # other tests' plugins left their models
        for table in Base.metadata.sorted_tables:
            if table.name not in there:
                continue
            rows = db.session.execute(select(table).order_by(*table.primary_key.columns)).all()
            found[table.name] = hashlib.sha256(repr(rows).encode()).hexdigest()
        return found


def addresses(app):
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.endpoint.endswith("static"):
            filled = dict.fromkeys(rule.arguments, "bestaat-niet")
            yield app.url_map.bind("localhost").build(rule.endpoint, filled)


def changed(before, after):
    return {name for name in before if before[name] != after[name]} - OWN_STEPS


@pytest.mark.parametrize("role", [None, "employer", "consultant", "administrator"])
def test_no_address_writes_when_it_is_only_read(app, client, signed_in, role):
    browser = signed_in(role) if role else client
    before = sums(app)
    for address in addresses(app):
        browser.get(address)
        browser.head(address)
    assert changed(before, sums(app)) == set()


def test_control_a_write_is_seen(app, client):
    before = sums(app)
    client.post("/aanvraag")
    assert changed(before, sums(app))
