"""What a version would do beside the rules that count today: to the set, and to the examples."""

from __future__ import annotations

from marketplace.kit.clock import today
from marketplace.kit.errors import DomainError

from .. import in_force, reader
from ..overlay import Laid, Published, lay
from . import bodies, trying
from .complaints import in_dutch
from .models import RuleVersion


def fault(version: RuleVersion) -> str:
    """What stands in the way of publishing a version; '' when nothing does."""
    try:
        bodies.sound(version.body)
    except DomainError as error:
        return error.message
    return next((in_dutch(why) for why in _left_out(version, _laid(version))), "")


def with_version(version: RuleVersion) -> list[trying.Effect]:
    """The aid of every example as it is today, and as if this version counted; nothing when it
    cannot be read with the rest.
    """
    after = _laid(version)
    if _left_out(version, after):
        return []
    return trying.effects(in_force.rules_in_force(), after.records)


def _laid(version: RuleVersion) -> Laid:
    tried = Published(version.public_id, version.rule_id, version.number, today(), version.body)
    others = [one for one in in_force.published() if one.rule_id != version.rule_id]
    return lay(reader.bundled(), [*others, tried], today())


def _left_out(version: RuleVersion, laid: Laid) -> list[str]:
    return [one.why for one in laid.broken if one.version.public_id == version.public_id]
