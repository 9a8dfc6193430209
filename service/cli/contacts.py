"""`influencers-of`, `leverage` and `next`: the questions about contacts, answered in the terminal."""

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.table import Table
from rich.text import Text

from service.cli.answers import DayOption, ScopeOption, StageOption, TopicOption, person_named
from service.cli.neo4j import neo4j_in_use
from service.cli.screen import answers, say, working
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.domain.contacts import (
    Audience,
    InfluencersQuestion,
    LeverageQuestion,
    NextQuestion,
    Situation,
    Targets,
)
from service.domain.errors import InvalidInput
from service.domain.vocabulary import ContactOrder, TopicScope
from service.graph.costs import MICRO
from service.graph.snapshot import Snapshot
from service.ports.browsing import Slice
from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from service.composition import Services

T = TypeVar("T")

DAYS = ["%Y-%m-%d"]

FirstOption = Annotated[int, typer.Option(min=1, help="How many of the best are shown.")]


def influencers_of(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The id of whose decision it is.")],
    topic: TopicOption = None,
    scope: ScopeOption = TopicScope.RELATED,
    as_of: DayOption = None,
    channel: Annotated[list[str] | None, typer.Option(help="Only trust on this channel. May be repeated.")] = None,
    stage: StageOption = None,
    location: Annotated[str | None, typer.Option(help="Only influencers who are exactly there.")] = None,
    community: Annotated[str | None, typer.Option(metavar="ID", help="Only members of this community.")] = None,
    seen_from: Annotated[
        datetime | None, typer.Option(formats=DAYS, metavar="DATE", help="Only trust seen since.")
    ] = None,
    seen_to: Annotated[
        datetime | None, typer.Option(formats=DAYS, metavar="DATE", help="Only trust there by then.")
    ] = None,
    first: FirstOption = 20,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Who moves PERSON's decision? To whom they listen, directly or through others, strongest first."""
    situation = Situation(
        channels=tuple(channel) if channel else None,
        stages=tuple(stage) if stage else None,
        seen_from=_day(seen_from),
        seen_to=_day(seen_to),
        location=location,
        community_id=community,
    )
    question = InfluencersQuestion(person, topic, scope, _day(as_of), situation)
    found, snapshot = _asked(state, lambda services: services.find_influencers_of(question, Slice(first)))
    table = Table("", "strength", "hops", "ways", "through", show_lines=True)
    for each in found.page.items:
        people = Text(" → ".join(person_named(snapshot, id_) for id_ in each.path.person_ids))
        figures = f"{each.path.strength:.3f}", str(each.path.hops), str(each.ways)
        table.add_row(Text(person_named(snapshot, each.person_id)), *figures, people)
    answers.print(table if found.page.items else "Nobody.")
    say(f"{found.total:,} people in all.")


def leverage(
    brand: Annotated[str | None, typer.Option(metavar="ID", help="The audience: this brand's customers.")] = None,
    community: Annotated[str | None, typer.Option(metavar="ID", help="The audience: this community.")] = None,
    person: Annotated[list[str] | None, typer.Option(metavar="ID", help="Of the audience. May be repeated.")] = None,
    contacts: Annotated[int, typer.Option(help="How many contacts at most.")] = 10,
    topic: TopicOption = None,
    scope: ScopeOption = TopicScope.RELATED,
    as_of: DayOption = None,
    min_strength: Annotated[float, typer.Option(help="Weakest path that influences, 0 to 1.")] = 0.1,
    max_hops: Annotated[int, typer.Option(help="Longest path that influences, in steps.")] = 2,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Which few contacts together influence most of an audience?"""
    if sum((brand is not None, community is not None, bool(person))) != 1:
        raise InvalidInput("--brand, --community, --person", "say which one the audience is.")
    audience = Audience(brand, community, tuple(person) if person else None)
    question = LeverageQuestion(audience, contacts, topic, scope, _day(as_of), min_strength, max_hops)
    found, snapshot = _asked(state, lambda services: services.find_leverage(question))
    table = Table("", "contact", "reaches", "adds", "together", "of the audience")
    for place, each in enumerate(found.contacts, start=1):
        figures = str(each.reaches), str(len(each.adds)), f"{each.together} of {found.audience}"
        table.add_row(
            str(place), Text(person_named(snapshot, each.person_id)), *figures, "yes" if each.in_audience else "no"
        )
    answers.print(table if found.contacts else "Nobody.")
    say(f"Others influence {found.reachable:,} of the {found.audience:,} people.")


def next_relationships(
    brand: Annotated[str, typer.Argument(metavar="BRAND", help="A brand's id.")],
    target_brand: Annotated[str | None, typer.Option(metavar="ID", help="Reach this brand's decision-makers.")] = None,
    target: Annotated[list[str] | None, typer.Option(metavar="ID", help="Reach this person. May be repeated.")] = None,
    topic: TopicOption = None,
    scope: ScopeOption = TopicScope.RELATED,
    as_of: DayOption = None,
    assumed_strength: Annotated[float, typer.Option(help="How strong the relationship would be, 0 to 1.")] = 0.5,
    min_strength: Annotated[float, typer.Option(help="Weakest path that counts, 0 to 1.")] = 0.0,
    max_hops: Annotated[int, typer.Option(help="Longest path, in steps.")] = 6,
    order_by: Annotated[
        ContactOrder, typer.Option(case_sensitive=False, help="What comes first.")
    ] = ContactOrder.PATHS,
    first: FirstOption = 20,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Whose trust in one of BRAND's people would open or strengthen most paths to the targets?"""
    if (target_brand is not None) == bool(target):
        raise InvalidInput("--target-brand, --target", "say which of the two the targets are.")
    question = NextQuestion(
        brand,
        Targets(target_brand, tuple(target) if target else None),
        topic,
        scope,
        _day(as_of),
        assumed_strength,
        min_strength,
        max_hops,
        order_by,
    )
    found, snapshot = _asked(state, lambda services: services.find_next_relationships(question, Slice(first)))
    table = Table("new contact", "would trust", "opens", "strengthens", "strength gained")
    for each in found.page.items:
        people = Text(person_named(snapshot, each.contact_id)), Text(person_named(snapshot, each.brand_person_id))
        table.add_row(*people, str(each.opened), str(each.strengthened), f"{each.gained / MICRO:.3f}")
    answers.print(table if found.page.items else "No new relationship would bring the brand nearer.")
    say(f"{found.total:,} relationships in all.")


def _asked(state: Path, ask: "Callable[[Services], Awaitable[T]]") -> tuple[T, Snapshot]:
    """The answer, and the snapshot that knows everybody's name."""

    async def answered(settings: Settings) -> tuple[T, Snapshot]:
        from service.composition import open_services  # heavy

        async with open_services(settings) as services:
            return await ask(services), services.snapshots.latest()

    with neo4j_in_use(State(state)) as settings, working("Building the snapshot and searching"):
        return asyncio.run(answered(settings))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
