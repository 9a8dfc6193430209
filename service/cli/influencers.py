"""`influencers`, `rainmakers` and `untapped`: who matters on a topic to a brand, in the terminal."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.cli.answers import DayOption, ScopeOption
from service.cli.neo4j import neo4j_in_use
from service.cli.screen import answers, say, working
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.domain.held import HeldList
from service.domain.influencers import DEFAULT_HOPS, BrandOnTopicQuestion
from service.domain.paths import TrustedPath
from service.domain.vocabulary import InfluencerOrder, StandingMeasure, TopicScope
from service.graph.influence import brand_evidence
from service.settings import Settings
from service.use_cases.find_brand_on_topic import TopicInfluencers

TopicArgument = Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's id.")]
BrandArgument = Annotated[str, typer.Argument(metavar="BRAND", help="The id of the brand that looks for them.")]
HopsOption = Annotated[int, typer.Option(help="Longest path from the brand, in steps.")]
FirstOption = Annotated[int, typer.Option(min=1, max=100, help="How many people are shown.")]
Listed = Callable[[TopicInfluencers], HeldList[int]]


def influencers(
    topic: TopicArgument,
    brand: BrandArgument,
    by: Annotated[
        InfluencerOrder, typer.Option(case_sensitive=False, help="What to sort by.")
    ] = InfluencerOrder.AUTHORITY,
    scope: ScopeOption = TopicScope.RELATED,
    as_of: DayOption = None,
    max_hops: HopsOption = DEFAULT_HOPS,
    first: FirstOption = 10,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Who matters on TOPIC, and through whom does BRAND best reach each of them?"""
    question = BrandOnTopicQuestion(topic, brand, scope, _day(as_of), max_hops)
    _show_reached(question, lambda found: found.ordered(by), first, state)


def rainmakers(
    topic: TopicArgument,
    brand: BrandArgument,
    scope: ScopeOption = TopicScope.RELATED,
    as_of: DayOption = None,
    max_hops: HopsOption = DEFAULT_HOPS,
    first: FirstOption = 10,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Who has authority on TOPIC and no tie to BRAND yet, and what is the way in?"""
    question = BrandOnTopicQuestion(topic, brand, scope, _day(as_of), max_hops)
    _show_reached(question, TopicInfluencers.rainmakers, first, state)


def untapped(
    topic: TopicArgument,
    brand: BrandArgument,
    scope: ScopeOption = TopicScope.RELATED,
    as_of: DayOption = None,
    first: FirstOption = 10,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Which employees, customers and advocates of BRAND have a standing on TOPIC that it leaves unused?"""
    question = BrandOnTopicQuestion(topic, brand, scope, _day(as_of))
    found, places, _ = _asked(question, TopicInfluencers.untapped, first, state, paths=False)
    if not places:
        answers.print("Nobody.")
        return
    table = Table("person", "roles", "authority", "listeners", "of them new")
    for column in table.columns[2:]:
        column.justify = "right"
    for place in places:
        kinds = dict.fromkeys(role.kind.lower() for role in brand_evidence.roles_at_brand(found.brand, place))
        table.add_row(
            _person(found, place),
            ", ".join(kinds),
            _authority(found, place),
            f"{brand_evidence.listeners(found.brand, place).value:,.0f}",
            f"{brand_evidence.new_listeners(found.brand, place).value:,.0f}",
        )
    answers.print(table)
    say(f"{len(found.brand.untapped()):,} people. Listeners are outside the brand; new ones hear none of its voices.")


def _show_reached(question: BrandOnTopicQuestion, listed: Listed, first: int, state: Path) -> None:
    found, places, paths = _asked(question, listed, first, state, paths=True)
    if not places:
        answers.print("Nobody.")
        return
    table = Table("person", "authority", "reachable", "path", "why", show_lines=True)
    for place, path in zip(places, paths, strict=True):
        grounds = brand_evidence.stance_grounds(found.brand, place)
        why = ["A detractor.", *grounds] if grounds else []
        table.add_row(
            _person(found, place),
            _authority(found, place),
            f"{found.brand.reachable.value[place]:.3g}",
            "none" if path is None else f"{path.strength:.3f}, {path.hops} hops",
            Text(" ".join([*why, *([] if path is None else [path.explanation])])),
        )
    answers.print(table)
    say(
        f"The first of {listed(found).length:,} people. In brackets: the percentile of authority among the topic's "
        f"{len(found.standings.everybody.people):,}."
    )


def _asked(
    question: BrandOnTopicQuestion, listed: Listed, first: int, state: Path, *, paths: bool
) -> tuple[TopicInfluencers, Sequence[int], list[TrustedPath | None]]:
    """What was found, the places to show, and the paths to them where they are wanted."""

    async def ask(settings: Settings) -> tuple[TopicInfluencers, Sequence[int], list[TrustedPath | None]]:
        from service.composition import open_services  # heavy

        async with open_services(settings) as services:
            found = await services.find_brand_on_topic(question)
            places = listed(found).page(first, None).items
            page = services.find_brand_on_topic.paths(found, places)
            return found, places, [await page.of(place) for place in places] if paths else []

    with neo4j_in_use(State(state)) as settings, working("Building the snapshot and computing"):
        return asyncio.run(ask(settings))


def _day(as_of: datetime | None) -> date | None:
    return as_of.date() if as_of else None


def _person(found: TopicInfluencers, place: int) -> Text:
    id_ = found.standings.id_of(place)
    return Text(f"{found.brand.snapshot.people.names[int(found.brand.standings.people[place])]} ({id_})")


def _authority(found: TopicInfluencers, place: int) -> str:
    column = found.brand.standings.columns[StandingMeasure.AUTHORITY]
    return f"{column.value[place]:.3g} ({column.percentile[place]:.1f})"
