"""Rules as data, judged one case at a time: the reference for what is compiled."""

from marketplace.kit.criteria import assumes, faults, in_force, refusal, satisfied, version

__all__ = ["assumes", "faults", "in_force", "refusal", "satisfied", "version"]
