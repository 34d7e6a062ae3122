"""The size of an employer with its group, as the European definition of an SME counts it.

Source: annex I to Regulation (EU) 651/2014, articles 3 to 6: a firm of which more than 50 % is held
is linked and counts in full, one of which 25 to 50 % is held is a partner and counts by its share,
and one below 25 % is autonomous and does not count.
"""

from __future__ import annotations

from marketplace.contract.values import Employer, Related

PARTNER, LINKED = 25, 50


def headcount(employer: Employer) -> int | None:
    """People at work in the group, rounded down; None when a figure that counts is unknown."""
    return _with_group(employer.headcount, [(one, one.headcount) for one in _related(employer)])


def turnover_eur(employer: Employer) -> int | None:
    """Yearly turnover of the group in euro, as ``headcount``."""
    found = [(one, one.turnover_eur) for one in _related(employer)]
    return _with_group(employer.turnover_eur, found)


def balance_eur(employer: Employer) -> int | None:
    """Balance sheet total of the group in euro, as ``headcount``."""
    return _with_group(employer.balance_eur, [(one, one.balance_eur) for one in _related(employer)])


def _related(employer: Employer) -> tuple[Related, ...]:
    """Of a group that is not known, only the employer itself counts."""
    return employer.related or ()


def counted_percent(share_percent: int) -> int:
    """How much of the figures of a firm counts, in percent."""
    if share_percent > LINKED:
        return 100
    return share_percent if share_percent >= PARTNER else 0


def _with_group(own: int | None, related: list[tuple[Related, int | None]]) -> int | None:
    hundredths = None if own is None else own * 100
    for firm, figure in related:
        percent = counted_percent(firm.share_percent)
        if percent and (figure is None or hundredths is None):
            return None
        if percent and figure is not None and hundredths is not None:
            hundredths += figure * percent
    return None if hundredths is None else hundredths // 100
