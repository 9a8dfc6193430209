// bridges_of_community: who ties a community to the others of its topic, in both directions.
/*
:params { communityId: 'dpdk~00000000' }
access:  read
params:  communityId: ID
returns: personId: ID; name: STRING; fromId: ID, the person's own community; toId: ID, the community the person is tied into; otherLabel: STRING, of the community that is not the one asked; strength: FLOAT, the person's summed ties into it
order:   strength descending, personId, fromId, toId
timeout: 20 s

Ids of communities are in topical_communities; that of the example is none.
*/
MATCH (c:Community {id: $communityId})-[:ABOUT]->(:Topic)<-[:ABOUT]-(other:Community)
CALL (c, other) {
  MATCH (p:Person)-[b:BRIDGES {fromId: c.id}]->(other)
  RETURN p, b.strength AS strength, c.id AS fromId, other.id AS toId
  UNION ALL
  MATCH (p:Person)-[b:BRIDGES {fromId: other.id}]->(c)
  RETURN p, b.strength AS strength, other.id AS fromId, c.id AS toId
}
RETURN p.id AS personId, p.name AS name, fromId, toId, other.label AS otherLabel, strength
ORDER BY strength DESC, personId, fromId, toId;
