// members_of_community: who belongs to a community, its own members first.
/*
:params { communityId: 'dpdk~00000000' }
access:  read
params:  communityId: ID
returns: personId: ID; name: STRING; headline: STRING; role: STRING, HUB, CONNECTOR, MEMBER or PERIPHERAL; share: FLOAT, part of the person's weight that stays inside; rank: FLOAT, PageRank inside; primary: BOOLEAN, false where another community is the person's own
order:   primary first, rank descending, personId
timeout: 20 s

Ids of communities are in topical_communities; that of the example is none.
*/
MATCH (p:Person)-[m:MEMBER_OF]->(:Community {id: $communityId})
RETURN p.id AS personId, p.name AS name, p.headline AS headline, m.role AS role, m.share AS share, m.rank AS rank,
       m.primary AS primary
ORDER BY primary DESC, rank DESC, personId;
