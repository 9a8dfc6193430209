"""Answers that are given again whenever the graph has changed them."""

import asyncio
from collections.abc import AsyncGenerator, Hashable
from typing import Annotated

import strawberry

from service.api.context import Info
from service.api.inputs import TrustedPathsInput
from service.api.types.arguments import Id
from service.api.types.communities import Community
from service.api.types.paths import TrustedPaths
from service.api.types.snapshots import Snapshot
from service.domain import communities
from service.domain.errors import NotFound, Overloaded

BUSY_SECONDS = 1.0
"""After which a question is asked again for which there was no room."""

Asked = Annotated[TrustedPathsInput, strawberry.argument(description="The question, as `trustedPaths` takes it.")]


@strawberry.type(
    description="Answers that come again when they change, over WebSocket (graphql-transport-ws); the first at once."
)
class Subscription:
    @strawberry.subscription(description="The state of the graph that answers are computed from; then each new one.")
    async def snapshot_changed(self, info: Info) -> AsyncGenerator[Snapshot, None]:
        async for _ in info.context.services.snapshot_changes.each():
            info.context.renew()
            yield Snapshot.of(info.context.snapshot.info)

    @strawberry.subscription(
        description="The answer of `trustedPaths`; then again whenever the graph has changed it. An id that is "
        "unknown, or no longer known, ends it with NOT_FOUND."
    )
    async def path_changed(self, info: Info, input: Asked) -> AsyncGenerator[TrustedPaths, None]:
        question, told = input.question(info.context.sight), None
        async for _ in info.context.services.snapshot_changes.each():
            info.context.renew()
            while True:
                try:
                    found = await info.context.services.find_trusted_paths(question)
                    break
                except Overloaded:
                    await asyncio.sleep(BUSY_SECONDS)
            if told != (found.paths, found.complete):
                told = found.paths, found.complete
                yield TrustedPaths.of(found)

    @strawberry.subscription(
        description="A community; then again whenever the graph has changed it. Null while there is none with the id."
    )
    async def community_changed(self, info: Info, id: Id) -> AsyncGenerator[Community | None, None]:
        told: Hashable = ()
        async for _ in info.context.services.snapshot_changes.each():
            info.context.renew()
            try:
                found = await info.context.loaders.community.load(id)
            except NotFound:
                found = None
            if told != _content(found):
                told = _content(found)
                yield None if found is None else Community.of(found)


def _content(community: communities.Community | None) -> Hashable:
    """What makes one answer another: all but from when it is."""
    if community is None:
        return None
    return (
        community.label,
        community.size,
        community.cohesion,
        community.conductance,
        tuple(community.members),
        community.brands,
        community.decision_maker_ids,
        community.bridges,
    )
