"""``flask match audit``: holds the engine against what docs/audit.md promises."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TextIO

import click
from flask.cli import with_appcontext

from marketplace.contract.values import Offer, RequestFacts
from marketplace.kit import catalogue
from marketplace.kit.requests import FileErrors, read_text

from .advising import ask_aid
from .audit import Asked, Outcome, Report, Trial, decide, generated, run
from .audit.shown import GENERATED, PUBLISHED, document, lines
from .generated import requests
from .hold import current
from .house_rules import RULES

BAD_INPUT = 2


@click.command("audit")
@click.option(
    "--live/--no-live", default=None, help="Ook de gepubliceerde catalogus (als die er is)."
)
@click.option("--catalogues", type=click.IntRange(0), default=100, show_default=True)
@click.option("--offers", type=click.IntRange(0), default=500, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--request", "file", type=click.File(encoding="utf-8"), help="Deze aanvraag alleen.")
@click.option("--json", "as_json", is_flag=True, help="Eén JSON-object.")
@with_appcontext
def audit_command(
    live: bool | None,
    catalogues: int,
    offers: int,
    seed: int,
    file: TextIO | None,
    as_json: bool,
) -> None:
    """Nagaan of de rangschikking neutraal, stabiel en waar is; status 1 als iets niet klopt."""
    asked = _request_in(file)
    seeds = range(seed, seed + catalogues)
    reports = {GENERATED: run(decide, (_with(asked, generated(s, offers, RULES)) for s in seeds))}
    published = catalogue.published() if live is not False else ()
    if published or live:
        trials = (_with(asked, trial) for trial in _published_trials(seeds, published))
        reports[PUBLISHED] = run(decide_with_aid, trials)
    _show(reports, as_json)
    if not all(report.holds for report in reports.values()):
        sys.exit(1)


def _show(reports: Mapping[str, Report], as_json: bool) -> None:
    if as_json:
        found = [document(name, report) for name, report in reports.items()]
        click.echo(json.dumps({"audits": found}, ensure_ascii=False, indent=2))
    else:
        for name, report in reports.items():
            click.echo("\n".join(lines(name, report)) + "\n")


def _request_in(file: TextIO | None) -> RequestFacts | None:
    try:
        return None if file is None else read_text(file.read())
    except FileErrors as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)


def _with(asked: RequestFacts | None, trial: Trial) -> Trial:
    return trial if asked is None else replace(trial, request=asked)


def _published_trials(seeds: Sequence[int], offers: Sequence[Offer]) -> Iterator[Trial]:
    """Generated requests on the catalogue as it is, with the salt of ``flask advise``."""
    rules, left = current().book.rules, catalogue.places_left()
    labels = catalogue.labels([offer.version_id for offer in offers])
    for seed in seeds:
        asked = requests(seed, 1)[0]
        yield Trial(seed, asked, tuple(offers), rules, left, labels, salt="", published=True)


def decide_with_aid(asked: Asked) -> Outcome:
    """The engine with the aid of the plugins that are on."""
    return decide(asked, partial(ask_aid, asked.request))
