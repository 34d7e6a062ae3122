"""Build marketplace/reference/data from the packages in tools/requirements-reference.txt.

Run it with a Python that has those packages: ``make reference``. A second run changes nothing.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from reference_data import calendar, codes, languages, municipalities, tables

DATA = Path(__file__).parent.parent / "marketplace" / "reference" / "data"


def main() -> int:
    """Write every table and say which ones changed."""
    for name, wanted in tables.pins().items():
        if version(name) != wanted:
            print(f"{name} {version(name)} is installed, {wanted} is asked", file=sys.stderr)
            return 1
    made = [
        codes.nace(),
        codes.joint_committees(),
        codes.legal_forms(),
        languages.languages(),
        calendar.calendar(),
        *municipalities.tables(),
    ]
    changed = tables.write(DATA, made, datetime.now(UTC).date())
    print("changed: " + ", ".join(changed) if changed else "nothing changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
