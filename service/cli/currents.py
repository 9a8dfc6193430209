"""`currents`: how a topic changes, in the terminal."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.cli.answers import ScopeOption, person_named
from service.cli.neo4j import neo4j_in_use
from service.cli.screen import answers, say, working
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.domain.currents import Changes, Currents, CurrentsQuestion, Momentum, Riser
from service.domain.intervals import USUAL_INTERVALS
from service.domain.vocabulary import Interval, TopicScope
from service.graph.snapshot import Snapshot
from service.settings import Settings

FromOption = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE", help=f"First day; else {USUAL_INTERVALS} intervals."),
]
ToOption = Annotated[
    datetime | None,
    typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE", help="Last day; else the data set's."),
]


def currents(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's id.")],
    interval: Annotated[Interval, typer.Option(case_sensitive=False, help="How long one row is.")] = Interval.QUARTER,
    from_: FromOption = None,
    to: ToOption = None,
    scope: ScopeOption = TopicScope.RELATED,
    first: Annotated[int, typer.Option(help="How many rising people and topics are shown.")] = 5,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """How does TOPIC change? Activity, newcomers and new trust by interval; momentum, turns, and who rises."""
    question = CurrentsQuestion(topic, interval, day_of(from_), day_of(to), scope)

    async def ask(settings: Settings) -> tuple[Currents, Snapshot]:
        from service.composition import open_services  # heavy

        async with open_services(settings) as services:
            return await services.find_currents(question), services.snapshots.latest()

    with neo4j_in_use(State(state)) as settings, working("Building the snapshot and computing"):
        found, snapshot = asyncio.run(ask(settings))
    _show_intervals(found)
    _show_rising(found, snapshot, first)
    say(_momentum(found.momentum))
    say(_changes(found.changes, interval))


def day_of(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _show_intervals(found: Currents) -> None:
    table = Table("interval", "interactions", "active people", "newcomers", "new trust")
    for each in found.intervals:
        figures = each.interactions, each.active_people, each.newcomers, each.new_trust
        name = _named(each.span.start, found.question.interval) + ("" if each.span.complete else " …")
        table.add_row(name, *(f"{figure:,}" for figure in figures))
    answers.print(table)


def _show_rising(found: Currents, snapshot: Snapshot, first: int) -> None:
    table = Table("rising", "", "×", "recent", "former")
    _add(table, "people", [(riser, person_named(snapshot, riser.id)) for riser in found.rising_people[:first]])
    names, index = snapshot.topics.names, snapshot.topics.index
    _add(table, "topics", [(riser, names[index.of(riser.id)]) for riser in found.rising_topics[:first]])
    answers.print(table)


def _add(table: Table, kind: str, risers: Sequence[tuple[Riser, str]]) -> None:
    for place, (riser, name) in enumerate(risers):
        table.add_row("" if place else kind, Text(name), f"{riser.rise:.2f}", f"{riser.recent:,}", f"{riser.former:,}")
    table.add_section()


def _momentum(found: Momentum | None) -> str:
    if found is None:
        return "Momentum: too few complete intervals to tell."
    return (
        f"Momentum: {found.slope:+.1f} interactions an interval (95 %: {found.low:+.1f} to {found.high:+.1f}), "
        f"{found.trend.lower()}, over {found.intervals} complete intervals."
    )


def _changes(found: Changes, interval: Interval) -> str:
    if not found.points:
        return "No change of level."
    points = (f"{_named(p.start, interval)} from {p.before:,.1f} to {p.after:,.1f}" for p in found.points)
    return f"Changes of level: {'; '.join(points)} an interval."


def _named(start: date, interval: Interval) -> str:
    match interval:
        case Interval.MONTH:
            return f"{start:%Y-%m}"
        case Interval.QUARTER:
            return f"{start:%Y} Q{start.month // 3 + 1}"
        case Interval.YEAR:
            return f"{start:%Y}"
