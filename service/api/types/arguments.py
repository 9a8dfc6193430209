"""Arguments that several fields take, each with one meaning and one description."""

from datetime import date
from typing import Annotated

import strawberry

from service.api.types import vocabulary  # noqa: F401 (makes the enums known to Strawberry)
from service.domain.vocabulary import Interval, RoleKind, TopicScope

Kind = Annotated[RoleKind | None, strawberry.argument(description="Only roles of this kind.")]
Scope = Annotated[
    TopicScope | None, strawberry.argument(description="How far from the topic counts; without a value RELATED.")
]
AsOf = Annotated[
    date | None, strawberry.argument(description="The day the question is about; without one the data set's.")
]
Every = Annotated[Interval | None, strawberry.argument(description="How long an interval is; without a value QUARTER.")]
From = Annotated[
    date | None,
    strawberry.argument(
        name="from", description="A day in the first interval; without one 24 intervals are told. At most 480 are."
    ),
]
To = Annotated[
    date | None,
    strawberry.argument(
        description="A day in the last interval, without one the data set's; nothing behind its month counts."
    ),
]
About = Annotated[strawberry.ID, strawberry.argument(description="The topic; an unknown id is NOT_FOUND.")]
TopicId = Annotated[
    strawberry.ID | None, strawberry.argument(description="The topic that matters; an unknown id is NOT_FOUND.")
]
AnyTopicId = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="Only on exactly this topic; the empty text stands for no topic in particular. "
        "An unknown id is NOT_FOUND."
    ),
]
Id = Annotated[strawberry.ID, strawberry.argument(description="The loader's own id.")]
Search = Annotated[
    str | None,
    strawberry.argument(
        description="Words to look for; all must occur, the last may be the beginning of one. Signs mean nothing."
    ),
]
