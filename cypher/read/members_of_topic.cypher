// members_of_topic: everybody in the communities around a topic, those with most authority on it first.
/*
:params { topicId: 'dpdk', asOf: null, first: 20 }
access:  read
params:  topicId: ID; asOf: DATE or null (the data set's, else today), for the roles; first: INTEGER
returns: personId: ID; name: STRING; communityId: ID; role: STRING, HUB, CONNECTOR, MEMBER or PERIPHERAL; share: FLOAT; rank: FLOAT; authority: FLOAT or null; brandIds: [ID], where they hold a role on the day
order:   authority descending, null last, personId
timeout: 60 s

Each in their own community. Empty where the communities of a topic are not stored, without authority where its standing
is not: stored_community_topics and stored_standing_topics list those that are.
*/
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce($asOf, d.asOf, date.transaction('UTC')) AS asOf
MATCH (topic:Topic {id: $topicId})<-[:ABOUT]-(c:Community)<-[m:MEMBER_OF {primary: true}]-(person:Person)
OPTIONAL MATCH (person)-[standing:STANDS_ON]->(topic)
RETURN person.id AS personId, person.name AS name, c.id AS communityId, m.role AS role, m.share AS share,
       m.rank AS rank, standing.authority AS authority,
       COLLECT {
         MATCH (person)-[r:HAS_ROLE]->(brand:Brand)
         WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
         RETURN DISTINCT brand.id AS brandId ORDER BY brandId
       } AS brandIds
ORDER BY coalesce(authority, -1.0) DESC, personId
LIMIT $first;
