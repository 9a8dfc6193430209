"""`peer-influence`: whose word on a topic reaches people, in the terminal."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from service.cli.answers import DayOption, ScopeOption, person_named
from service.cli.neo4j import neo4j_in_use
from service.cli.screen import answers, say, working
from service.cli.state import DEFAULT_STATE, State, StateOption
from service.domain.peer_influence import Concentration, PeerInfluence, PeerInfluenceQuestion, PeerInfluencer
from service.domain.vocabulary import TopicScope
from service.graph.snapshot import Snapshot
from service.settings import Settings


def peer_influence(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's id.")],
    scope: ScopeOption = TopicScope.RELATED,
    as_of: DayOption = None,
    first: Annotated[int, typer.Option(help="How many people of each group are shown.")] = 5,
    state: StateOption = DEFAULT_STATE,
) -> None:
    """Whose word on TOPIC reaches people? Mass connectors, mass mavens and social broadcasters."""
    question = PeerInfluenceQuestion(topic, scope, as_of.date() if as_of else None)

    async def ask(settings: Settings) -> tuple[PeerInfluence, Snapshot]:
        from service.composition import open_services  # heavy

        async with open_services(settings) as services:
            return await services.find_peer_influence(question), services.snapshots.latest()

    with neo4j_in_use(State(state)) as settings, working("Building the snapshot and computing"):
        found, snapshot = asyncio.run(ask(settings))
    _show(found, snapshot, first)


def _show(found: PeerInfluence, snapshot: Snapshot, first: int) -> None:
    table = Table("group", "person", "impressions", "interactions", "listeners", "answered", "posts")
    groups = {
        "mass connectors": found.connectors,
        "mass mavens": found.mavens,
        "social broadcasters": found.broadcasters,
    }
    for name, members in groups.items():
        _add(table, f"{name} ({len(members):,})", members[:first], snapshot)
    answers.print(table)
    say(f"{found.people:,} people gave {found.interactions:,} interactions until {found.as_of}.")
    say(f"Impressions (interactions × listeners): {_spread(found.impressions)}.")
    say(f"Posts (interactions of content kinds): {_spread(found.posts)}.")


def _add(table: Table, group: str, members: Sequence[PeerInfluencer], snapshot: Snapshot) -> None:
    for place, member in enumerate(members):
        figures = member.impressions, member.interactions, member.listeners, member.answered, member.posts
        name = Text(person_named(snapshot, member.person_id))
        table.add_row("" if place else group, name, *(f"{figure:,}" for figure in figures))
    if not members:
        table.add_row(group, *[""] * 6)
    table.add_section()


def _spread(amount: Concentration) -> str:
    if amount.gini is None:
        return "none"
    return (
        f"{amount.total:,}; {amount.fewest:,} people ({amount.fewest / amount.people:.1%}) make 80 %, "
        f"Gini {amount.gini:.3f}"
    )
