"""Order a line of an advice as a browser does."""

import re

from sqlalchemy import select

from marketplace.advice.models import Advice
from marketplace.db import db

NOTE = {"contact": "An Peeters, 053 00 00 00", "note": "Wij zoeken coaching in ploegen."}


def line(app, advised, owner):
    """The offer version of the first line of this owner."""
    with app.app_context():
        advice = db.session.scalars(select(Advice).where(Advice.public_id == advised)).one()
        lines = advice.document["answer"]["bundle"]["lines"]
        return next(one["version_id"] for one in lines if one["owner"] == owner)


def page_of(app, advised, owner):
    return f"/advies/{advised}/aanvragen/{line(app, advised, owner)}"


def key_of(page):
    return re.search(r'name="key"[^>]*value="([^"]+)"', page)[1]


def agree(browser, url, **more):
    key = key_of(browser.get(url).text)
    return browser.post(url, data={"key": key, **more})


def mails(app):
    folder = app.config["INSTANCE"] / "mail"
    return [file.read_text() for file in sorted(folder.glob("*.eml"))]
