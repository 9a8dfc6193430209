"""Who moves a person, who moves many, and whom to get to know next."""

from typing import Annotated

import strawberry

from service.api.contact_inputs import AudienceInput, SituationInput, TargetsInput
from service.api.context import Info
from service.api.paging import slice_of
from service.api.types.arguments import AsOf, Scope, TopicId
from service.api.types.connections import After, Connection, First
from service.api.types.contacts import Leverage, NextRelationship, PersonInfluencer
from service.domain.contacts import InfluencersQuestion, LeverageQuestion, NextQuestion, Situation
from service.domain.vocabulary import ContactOrder, TopicScope

PersonId = Annotated[strawberry.ID, strawberry.argument(description="Whose decision it is; unknown: NOT_FOUND.")]
InSituation = Annotated[SituationInput | None, strawberry.argument(description="What narrows the answer.")]
ToInfluence = Annotated[AudienceInput, strawberry.argument(description="Whom to influence.")]
HowMany = Annotated[int | None, strawberry.argument(description="How many contacts at most, 1 to 100.")]
BrandId = Annotated[
    strawberry.ID,
    strawberry.argument(description="The brand, which stands for its people with the role EMPLOYEE or ADVOCATE."),
]
ToReach = Annotated[TargetsInput, strawberry.argument(description="Whom the brand wants to reach.")]
Assumed = Annotated[
    float | None,
    strawberry.argument(description="How strong the new relationship would be on the topic, above 0 up to 1."),
]
MinStrength = Annotated[float | None, strawberry.argument(description="Least strength of a path that counts, 0 to 1.")]
MaxHops = Annotated[int | None, strawberry.argument(description="How many steps a path has at most, 1 to 8.")]
OrderedBy = Annotated[ContactOrder | None, strawberry.argument(description="What comes first.")]


@strawberry.type
class ContactQuery:
    @strawberry.field(
        description="Who moves this person's decision? Everybody to whom trust leads in at most three steps, "
        "by the strength of the best path, then by id."
    )
    async def influencers_of(
        self,
        info: Info,
        person_id: PersonId,
        topic_id: TopicId = strawberry.UNSET,
        scope: Scope = TopicScope.RELATED,
        as_of: AsOf = strawberry.UNSET,
        situation: InSituation = strawberry.UNSET,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[PersonInfluencer]:
        question = InfluencersQuestion(
            person_id=person_id,
            topic_id=topic_id or None,
            scope=scope or TopicScope.RELATED,
            as_of=as_of or None,
            situation=situation.situation() if situation else Situation(),
            sight=info.context.sight,
        )
        listed = await info.context.services.find_influencers_of(question, slice_of(info, first, after))
        return Connection.of(listed.page, listed.total, PersonInfluencer.of)

    @strawberry.field(description="Which few contacts together influence most of an audience?")
    async def leverage(
        self,
        info: Info,
        audience: ToInfluence,
        contacts: HowMany = 10,
        topic_id: TopicId = strawberry.UNSET,
        scope: Scope = TopicScope.RELATED,
        as_of: AsOf = strawberry.UNSET,
        min_strength: MinStrength = 0.1,
        max_hops: MaxHops = 2,
    ) -> Leverage:
        question = LeverageQuestion(
            audience=audience.audience(),
            contacts=10 if contacts is None else contacts,
            topic_id=topic_id or None,
            scope=scope or TopicScope.RELATED,
            as_of=as_of or None,
            min_strength=0.1 if min_strength is None else min_strength,
            max_hops=2 if max_hops is None else max_hops,
            sight=info.context.sight,
        )
        return Leverage.of(await info.context.services.find_leverage(question), question)

    @strawberry.field(
        description="Whose trust in one of a brand's people would open or strengthen most paths to its targets, if it "
        "came about? Whoever trusts one of them already is left out."
    )
    async def next_relationships(
        self,
        info: Info,
        brand_id: BrandId,
        targets: ToReach,
        topic_id: TopicId = strawberry.UNSET,
        scope: Scope = TopicScope.RELATED,
        as_of: AsOf = strawberry.UNSET,
        assumed_strength: Assumed = 0.5,
        min_strength: MinStrength = 0.0,
        max_hops: MaxHops = 6,
        order_by: OrderedBy = ContactOrder.PATHS,
        first: First = 20,
        after: After = strawberry.UNSET,
    ) -> Connection[NextRelationship]:
        question = NextQuestion(
            brand_id=brand_id,
            targets=targets.targets(),
            topic_id=topic_id or None,
            scope=scope or TopicScope.RELATED,
            as_of=as_of or None,
            assumed_strength=0.5 if assumed_strength is None else assumed_strength,
            min_strength=0.0 if min_strength is None else min_strength,
            max_hops=6 if max_hops is None else max_hops,
            order_by=order_by or ContactOrder.PATHS,
            sight=info.context.sight,
        )
        listed = await info.context.services.find_next_relationships(question, slice_of(info, first, after))
        return Connection.of(listed.page, listed.total, NextRelationship.of)
