"""`standing`: who stands how on a topic, in the terminal."""

import asyncio
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.cli.answers import DayOption, ScopeOption
from service.cli.neo4j import neo4j_in_use
from service.cli.screen import answers, say, working
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.domain.standing import StandingQuestion
from service.domain.vocabulary import StandingMeasure, TopicScope
from service.settings import Settings
from service.use_cases.find_standing import TopicStandings


def standing(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's id.")],
    by: Annotated[
        StandingMeasure, typer.Option(case_sensitive=False, help="The measure to sort by.")
    ] = StandingMeasure.AUTHORITY,
    scope: ScopeOption = TopicScope.RELATED,
    as_of: DayOption = None,
    first: Annotated[int, typer.Option(help="How many people are shown.")] = 20,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Who stands how on TOPIC? Reach, resonance, relevance and authority, apart, each with its percentile."""
    question = StandingQuestion(topic, scope, as_of.date() if as_of else None)

    async def ask(settings: Settings) -> TopicStandings:
        from service.composition import open_services  # heavy

        async with open_services(settings) as services:
            return await services.find_standing(question)

    with neo4j_in_use(State(state)) as settings, working("Building the snapshot and computing"):
        found = asyncio.run(ask(settings))
    _show(found, by, first)


def _show(found: TopicStandings, by: StandingMeasure, first: int) -> None:
    everybody = found.everybody
    if not len(everybody.people):
        answers.print("Nobody trusts anybody on this topic, and nobody is active on it.")
        return
    table = Table("person", *(measure.lower() for measure in StandingMeasure), "engagement")
    for column in table.columns[1:-1]:
        column.justify = "right"
    for place in everybody.columns[by].order[:first].tolist():
        id_ = found.id_of(place)
        engagement = found.engagement_of(id_)
        table.add_row(
            Text(f"{found.snapshot.people.names[int(everybody.people[place])]} ({id_})"),
            *(_figure(found, measure, place) for measure in StandingMeasure),
            "none" if engagement is None or engagement.kind is None else engagement.kind.lower(),
        )
    answers.print(table)
    say(f"The first of {len(everybody.people):,} people by {by.lower()}. In brackets: the percentile among them.")


def _figure(found: TopicStandings, measure: StandingMeasure, place: int) -> str:
    column = found.everybody.columns[measure]
    value = f"{column.value[place]:,.0f}" if measure is StandingMeasure.REACH else f"{column.value[place]:.3g}"
    return f"{value} ({column.percentile[place]:.1f})"
