"""Types that refer to each other, by name, so that their modules need not wait for each other."""

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from service.api.types.brands import Brand
    from service.api.types.communities import Community
    from service.api.types.community_history import CommunityHistory
    from service.api.types.currents import Currents, History
    from service.api.types.influencers import TopicInfluencer, Untapped
    from service.api.types.memberships import MembershipConnection
    from service.api.types.peer_influence import PeerInfluence
    from service.api.types.people import Person
    from service.api.types.roles import Role
    from service.api.types.standing import Engagement, Standing
    from service.api.types.topic_members import TopicMember
    from service.api.types.topics import Topic
    from service.api.types.trust import TrustRelationship

PersonRef = Annotated["Person", strawberry.lazy("service.api.types.people")]
BrandRef = Annotated["Brand", strawberry.lazy("service.api.types.brands")]
TopicRef = Annotated["Topic", strawberry.lazy("service.api.types.topics")]
RoleRef = Annotated["Role", strawberry.lazy("service.api.types.roles")]
CommunityRef = Annotated["Community", strawberry.lazy("service.api.types.communities")]
MembershipsRef = Annotated["MembershipConnection", strawberry.lazy("service.api.types.memberships")]
PeerInfluenceRef = Annotated["PeerInfluence", strawberry.lazy("service.api.types.peer_influence")]
CommunityHistoryRef = Annotated["CommunityHistory", strawberry.lazy("service.api.types.community_history")]
CurrentsRef = Annotated["Currents", strawberry.lazy("service.api.types.currents")]
HistoryRef = Annotated["History", strawberry.lazy("service.api.types.currents")]
TrustRef = Annotated["TrustRelationship", strawberry.lazy("service.api.types.trust")]
StandingRef = Annotated["Standing", strawberry.lazy("service.api.types.standing")]
EngagementRef = Annotated["Engagement", strawberry.lazy("service.api.types.standing")]
TopicMemberRef = Annotated["TopicMember", strawberry.lazy("service.api.types.topic_members")]
TopicInfluencerRef = Annotated["TopicInfluencer", strawberry.lazy("service.api.types.influencers")]
UntappedRef = Annotated["Untapped", strawberry.lazy("service.api.types.influencers")]
