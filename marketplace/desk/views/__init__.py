"""Pages of the desk: work for consultants, and the house for administrators."""

from __future__ import annotations

from . import audit, dossiers, home, jobs, orders, plugin_settings, plugins, rules
from .blueprint import blueprint

__all__ = [
    "POLICY",
    "audit",
    "blueprint",
    "dossiers",
    "home",
    "jobs",
    "orders",
    "plugin_settings",
    "plugins",
    "rules",
]

POLICY = {
    "desk.door": "desk",
    "desk.home": "desk",
    "desk.dossiers": "desk",
    "desk.dossier": "desk",
    "desk.advice": "desk",
    "desk.orders": "desk",
    "desk.order": "desk",
    "desk.confirm_order": "desk",
    "desk.deliver_order": "desk",
    "desk.cancel_order": "desk",
    "desk.referrals": "desk",
    "desk.referral": "desk",
    "desk.rules": "desk",
    "desk.rule": "desk",
    "desk.new_rule": "consultant",
    "desk.edit_rule": "consultant",
    "desk.publish_rule": "consultant",
    "desk.withdraw_rule": "consultant",
    "desk.plugins": "desk",
    "desk.plugin": "desk",
    "desk.switch_on": "administrator",
    "desk.switch_off": "administrator",
    "desk.clear_faults": "administrator",
    "desk.plugin_settings": "administrator",
    "desk.forget_settings": "administrator",
    "desk.jobs": "administrator",
    "desk.replay_job": "administrator",
    "desk.audit": "administrator",
    "desk.verify_audit": "administrator",
}
