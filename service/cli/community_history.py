"""`community-history`: how the communities around a topic came about, in the terminal."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.cli.answers import ScopeOption
from service.cli.currents import FromOption, ToOption, day_of
from service.cli.neo4j import neo4j_in_use
from service.cli.screen import answers, say, working
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.domain.community_history import CommunityHistory, CommunityHistoryQuestion, Event, Moment
from service.domain.vocabulary import CommunityChange, Interval, TopicScope
from service.settings import Settings

_QUIET = {CommunityChange.GREW, CommunityChange.SHRANK}


def community_history(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's id.")],
    every: Annotated[Interval, typer.Option(case_sensitive=False, help="How far apart the days are.")] = Interval.YEAR,
    from_: FromOption = None,
    to: ToOption = None,
    scope: ScopeOption = TopicScope.RELATED,
    growth: Annotated[bool, typer.Option("--growth", help="Also tell which only grew or shrank.")] = False,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """How did the communities around TOPIC come about? Day by day: which were born, merged, split or ended."""
    question = CommunityHistoryQuestion(topic, every, day_of(from_), day_of(to), scope)

    async def ask(settings: Settings) -> CommunityHistory:
        from service.composition import open_services  # heavy

        async with open_services(settings) as services:
            return await services.find_community_history(question)

    with neo4j_in_use(State(state)) as settings, working("Building the snapshot and computing"):
        found = asyncio.run(ask(settings))
    _show(found, set() if growth else _QUIET)


def _show(found: CommunityHistory, untold: set[CommunityChange]) -> None:
    table = Table("day", "people", "communities", "change", "before", "after")
    for stage in found.stages:
        told = [event for event in found.events if event.day == stage.day and event.change not in untold]
        first = stage.day.isoformat(), f"{stage.people:,}", str(len(stage.moments))
        for place, event in enumerate(told):
            table.add_row(*(("", "", "") if place else first), *_told(event))
        if not told:
            table.add_row(*first, "", "", "")
        table.add_section()
    answers.print(table)
    say(f"{len(found.events):,} changes, those of size alone included.")


def _told(event: Event) -> tuple[str, Text, Text]:
    return event.change.lower(), _named(event.before), _named(event.after)


def _named(moments: Sequence[Moment]) -> Text:
    return Text("\n".join(f"{moment.community.label} ({moment.community.size:,})" for moment in moments))
