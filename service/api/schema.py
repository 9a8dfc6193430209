"""The GraphQL schema: the fields of Query, the limits, and what callers see of errors."""

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionContext

from service.api.errors import tell
from service.api.limits import Limits
from service.api.queries.browsing import BrowsingQuery
from service.api.queries.communities import CommunityQuery
from service.api.queries.paths import PathQuery
from service.settings import Settings


@strawberry.type(
    description=(
        "Who forms the community around a topic (`topicalCommunities`), through whom one party can reach another "
        "(`trustedPaths`), and the people, brands and topics in between."
    )
)
class Query(BrowsingQuery, CommunityQuery, PathQuery):
    """Everything that can be asked."""


class RainmakerSchema(strawberry.Schema):
    """Strawberry's schema, with the project's own words for errors."""

    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,
    ) -> None:
        for error in errors:
            tell(error)


def make_schema(settings: Settings) -> RainmakerSchema:
    return RainmakerSchema(Query, extensions=[lambda: Limits(settings)])


def sdl() -> str:
    """The schema as text. `python -m service.api.schema > schema.graphql` renews the snapshot."""
    return make_schema(Settings()).as_str() + "\n"


if __name__ == "__main__":
    print(sdl(), end="")  # noqa: T201 (what this is for)
