"""What a version would do to the example employers, beside the rules that count today."""

from __future__ import annotations

from marketplace.kit.clock import today

from .. import in_force, reader
from ..overlay import Published, lay
from . import trying
from .models import RuleVersion


def with_version(version: RuleVersion) -> list[trying.Effect]:
    """The aid of every example as it is today, and as if this version counted; nothing when it
    cannot be read with the rest.
    """
    tried = Published(version.public_id, version.rule_id, version.number, today(), version.body)
    others = [one for one in in_force.published() if one.rule_id != version.rule_id]
    after = lay(reader.bundled(), [*others, tried], today())
    if any(one.version.public_id == version.public_id for one in after.broken):
        return []
    return trying.effects(in_force.rules_in_force(), after.records)
