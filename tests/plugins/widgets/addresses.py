"""The addresses for other sites, and what their content policy says."""

from plugins.widgets import script_file

SCRIPT = "/widgets/v1/widgets.js"
PINNED = f"/widgets/v1/{script_file.NEWEST.name}/widgets.js"


def offers(key):
    return f"/widgets/v1/{key}/offers.json"


def intake(key):
    return f"/widgets/v1/{key}/intake"


def directives(answer):
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)
