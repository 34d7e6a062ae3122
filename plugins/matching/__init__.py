"""Matching: from needs and budget to a reasoned advice. docs/matching.md explains the solver."""

from __future__ import annotations

from collections.abc import Sequence

import click

from marketplace.contract.hooks import impl

from .command import match


@impl
def commands() -> Sequence[click.Command]:
    """``flask match``."""
    return [match]
