"""`paths` and `communities`: both main questions, answered in the terminal."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.cli.neo4j import neo4j_in_use
from service.cli.screen import answers, say, working
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.domain.communities import CommunitiesQuestion, Community, TopicalCommunities
from service.domain.errors import InvalidInput, NotFound
from service.domain.paths import INTRODUCER_STRENGTH, Party, TrustedPaths, TrustedPathsQuestion
from service.domain.vocabulary import PaidPolicy, PurchaseStage, RoleKind, TopicScope, TrustDirection
from service.graph.snapshot import Snapshot
from service.settings import Settings

PEOPLE_SHOWN = 5

TopicOption = Annotated[
    str | None, typer.Option("--topic", metavar="ID", help="What the trust is about; none: anything.")
]
ScopeOption = Annotated[TopicScope, typer.Option(case_sensitive=False, help="How far other topics may lie and count.")]
DayOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="The day asked about; else the data set's."),
]

StageOption = Annotated[
    list[PurchaseStage] | None,
    typer.Option(case_sensitive=False, help="Only trust from this stage on the path to purchase. May be repeated."),
]


def paths(
    from_: Annotated[
        str, typer.Argument(metavar="FROM", help="A person's or brand's id; person:ID, brand:ID to be exact.")
    ],
    to: Annotated[str, typer.Argument(metavar="TO", help="The same. Of a brand, its decision-makers.")],
    topic: TopicOption = None,
    scope: ScopeOption = TopicScope.RELATED,
    direction: Annotated[
        TrustDirection, typer.Option(case_sensitive=False, help="INFLUENCE runs against trust, TRUST along it.")
    ] = TrustDirection.INFLUENCE,
    first: Annotated[int, typer.Option(help="How many of the best paths.")] = 5,
    max_hops: Annotated[int, typer.Option(help="Longest path, in steps.")] = 6,
    min_strength: Annotated[float, typer.Option(help="Weakest path still shown, 0 to 1.")] = 0.0,
    introducer_strength: Annotated[
        float, typer.Option(help="How surely an introducer passes it on, 0 to 1.")
    ] = INTRODUCER_STRENGTH,
    as_of: DayOption = None,
    via_role: Annotated[
        list[RoleKind] | None, typer.Option(case_sensitive=False, help="Whom a brand sends. May be repeated.")
    ] = None,
    exclude_person: Annotated[list[str] | None, typer.Option(metavar="ID", help="May be repeated.")] = None,
    exclude_brand: Annotated[list[str] | None, typer.Option(metavar="ID", help="May be repeated.")] = None,
    paid: Annotated[PaidPolicy, typer.Option(case_sensitive=False, help="Does paid trust count?")] = PaidPolicy.INCLUDE,
    channel: Annotated[list[str] | None, typer.Option(help="Only steps on this channel. May be repeated.")] = None,
    stage: StageOption = None,
    seen_from: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Only trust seen since.")
    ] = None,
    seen_to: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Only trust there by then.")
    ] = None,
    distinct_introducers: Annotated[
        bool, typer.Option("--distinct-introducers", help="No introducer in two paths.")
    ] = False,
    deadline_ms: Annotated[int, typer.Option(help="Longest search, in milliseconds.")] = 10_000,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Through whom can FROM reach TO? The strongest chains of trust, best first."""

    def question(snapshot: Snapshot) -> TrustedPathsQuestion:
        default = TrustedPathsQuestion(Party(), Party())
        return TrustedPathsQuestion(
            from_=party("FROM", from_, snapshot),
            to=party("TO", to, snapshot),
            topic_id=topic,
            scope=scope,
            direction=direction,
            first=first,
            max_hops=max_hops,
            min_strength=min_strength,
            introducer_strength=introducer_strength,
            as_of=as_of.date() if as_of else None,
            via_roles=tuple(via_role) if via_role else default.via_roles,
            exclude_person_ids=tuple(exclude_person or ()),
            exclude_brand_ids=tuple(exclude_brand or ()),
            paid=paid,
            channels=tuple(channel) if channel else None,
            stages=tuple(stage) if stage else None,
            seen_from=seen_from.date() if seen_from else None,
            seen_to=seen_to.date() if seen_to else None,
            distinct_introducers=distinct_introducers,
            deadline_ms=deadline_ms,
        )

    async def ask(settings: Settings) -> tuple[TrustedPaths, Snapshot]:
        from service.composition import open_services  # heavy

        async with open_services(settings) as services:
            snapshot = services.snapshots.latest()
            return await services.find_trusted_paths(question(snapshot)), snapshot

    with neo4j_in_use(State(state)) as settings, working("Building the snapshot and searching"):
        found, snapshot = asyncio.run(ask(settings))
    _show_paths(found, snapshot)


def communities(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's id.")],
    scope: ScopeOption = TopicScope.RELATED,
    resolution: Annotated[float, typer.Option(help="Above 1: more and smaller communities.")] = 1.0,
    min_size: Annotated[int, typer.Option(help="Smallest community shown.")] = 3,
    as_of: DayOption = None,
    first: Annotated[int, typer.Option(help="How many of the largest are shown.")] = 20,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Who forms the community around TOPIC? Groups of people who trust each other on it, largest first."""
    question = CommunitiesQuestion(topic, scope, resolution, min_size, as_of.date() if as_of else None)

    async def ask(settings: Settings) -> tuple[TopicalCommunities, Snapshot]:
        from service.composition import open_services  # heavy

        async with open_services(settings) as services:
            return await services.find_communities(question), services.snapshots.latest()

    with neo4j_in_use(State(state)) as settings, working("Building the snapshot and computing"):
        found, snapshot = asyncio.run(ask(settings))
    _show_communities(found, snapshot, first)


def party(name: str, text: str, snapshot: Snapshot) -> Party:
    """Who is meant by an id: `person:ID` and `brand:ID` say so, else it is looked up.

    Raises NotFound, and InvalidInput where both a person and a brand have the id.
    """
    kind, colon, rest = text.partition(":")
    if colon and kind == "person":
        return Party(person_id=rest)
    if colon and kind == "brand":
        return Party(brand_id=rest)
    is_person, is_brand = text in snapshot.people.index, text in snapshot.brands.index
    if is_person and is_brand:
        raise InvalidInput(name, f"a person and a brand have the id {text!r}; write person:{text} or brand:{text}.")
    if is_person:
        return Party(person_id=text)
    if is_brand:
        return Party(brand_id=text)
    raise NotFound("person or brand", text)


def _show_paths(found: TrustedPaths, snapshot: Snapshot) -> None:
    if not found.complete:
        say(f"Not all was searched: {found.stopped_because}. These are the best found until then.")
    if not found.paths:
        answers.print("No path." if found.complete else "No path so far.")
        return
    table = Table("", "strength", "hops", "people", "why", show_lines=True)
    for number, path in enumerate(found.paths, start=1):
        people = Text(" → ".join(person_named(snapshot, person_id) for person_id in path.person_ids))
        table.add_row(str(number), f"{path.strength:.3f}", str(path.hops), people, Text(path.explanation))
    answers.print(table)


def _show_communities(found: TopicalCommunities, snapshot: Snapshot, first: int) -> None:
    shown = found.communities[:first]
    if not shown:
        answers.print(f"No community: {found.people} people trust each other on this topic.")
        return
    table = Table(
        "id", "label", "people", "cohesion", "conductance", "at its heart", "decision-makers", show_lines=True
    )
    for community in shown:
        figures = str(community.size), f"{community.cohesion:.2g}", f"{community.conductance:.3f}"
        deciders = [person_named(snapshot, person_id) for person_id in community.decision_maker_ids]
        table.add_row(
            community.id,
            Text(community.label),
            *figures,
            Text(_some(_heart(community, snapshot))),
            Text(_some(deciders)),
        )
    answers.print(table)
    say(f"{len(found.communities)} communities of {found.people:,} people, modularity {found.modularity:.3f}.")


def _heart(community: Community, snapshot: Snapshot) -> list[str]:
    """Its own members by PageRank."""
    own = sorted((member for member in community.members if member.primary), key=lambda member: -member.rank)
    return [person_named(snapshot, member.person_id) for member in own]


def _some(names: list[str]) -> str:
    more = len(names) - PEOPLE_SHOWN
    return ", ".join(names[:PEOPLE_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def person_named(snapshot: Snapshot, person_id: str) -> str:
    """A name with its id: names may repeat."""
    people = snapshot.people
    if person_id not in people.index:
        return person_id
    return f"{people.names[people.index.of(person_id)]} ({person_id})"
