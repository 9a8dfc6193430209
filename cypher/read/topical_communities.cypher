// topical_communities: who forms the community around a topic: the stored answer, as GraphQL gives it.
/*
:params { topicId: 'dpdk', asOf: null }
access:  read
params:  topicId: ID; asOf: DATE or null (the data set's, else today), for the roles
returns: id: ID; label: STRING; size: INTEGER, primary members; cohesion: FLOAT; conductance: FLOAT; modularity: FLOAT, of all communities of the topic; members: [MAP], personId, share, rank, role, primary; brands: [MAP], brandId and people, its primary members with a role there; decisionMakerIds: [ID]; bridges: [MAP], personId, toId, strength; computedAt: DATETIME; snapshotId: STRING
order:   size descending, id; members primary first, by rank descending, personId; brands by people descending, brandId; bridges by strength descending, toId, personId
timeout: 60 s

Empty where the communities of a topic are not stored: stored_community_topics lists those that are. Stored are those
of the data set's day; those of other days, and what became of them, are in community_history and community_events.
*/
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce($asOf, d.asOf, date.transaction('UTC')) AS asOf
CALL () {
  MATCH (:Topic {id: $topicId})-[:PART_OF*0..2]-(near:Topic)
  RETURN collect(DISTINCT near.id) + '' AS topicIds
}
MATCH (c:Community)-[:ABOUT]->(:Topic {id: $topicId})
RETURN c.id AS id, c.label AS label, c.size AS size, c.cohesion AS cohesion, c.conductance AS conductance,
       c.modularity AS modularity,
       COLLECT {
         MATCH (p:Person)-[m:MEMBER_OF]->(c)
         RETURN {personId: p.id, share: m.share, rank: m.rank, role: m.role, primary: m.primary}
         ORDER BY m.primary DESC, m.rank DESC, p.id
       } AS members,
       COLLECT {
         MATCH (c)<-[:MEMBER_OF {primary: true}]-(p:Person)-[r:HAS_ROLE]->(brand:Brand)
         WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
         WITH brand, count(DISTINCT p) AS people
         RETURN {brandId: brand.id, people: people}
         ORDER BY people DESC, brand.id
       } AS brands,
       COLLECT {
         MATCH (p:Person)-[m:MEMBER_OF {primary: true}]->(c)
         WHERE EXISTS {
           MATCH (p)-[r:HAS_ROLE {kind: 'DECISION_MAKER'}]->(:Brand)
           WHERE coalesce(r.topicId, '') IN topicIds
             AND coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
         }
         RETURN p.id ORDER BY m.rank DESC, p.id
       } AS decisionMakerIds,
       COLLECT {
         MATCH (c)-[:ABOUT]->(:Topic)<-[:ABOUT]-(other:Community)<-[b:BRIDGES {fromId: c.id}]-(p:Person)
         RETURN {personId: p.id, toId: other.id, strength: b.strength}
         ORDER BY b.strength DESC, other.id, p.id
       } AS bridges,
       c.computedAt AS computedAt, c.snapshotId AS snapshotId
ORDER BY size DESC, id;
