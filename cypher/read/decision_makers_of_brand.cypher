// decision_makers_of_brand: who decides at a brand on a day, on a topic or on any.
/*
:params { brandId: 'dpdk-project', topicId: 't0206', scope: 'RELATED', asOf: null }
access:  read
params:  brandId: ID; topicId: ID or null (any); scope: STRING, EXACT, RELATED (up to two PART_OF steps away) or ANY; asOf: DATE or null (the data set's, else today)
returns: personId: ID; name: STRING; optedOut: BOOLEAN; title: STRING; topicId: ID, what the role is about, '' for everything; topic: STRING; since: DATE; until: DATE, the last day
order:   name, personId, topicId, since
timeout: 20 s

A role without a topic counts for every question, also under EXACT, as in trusted_paths.
*/
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce($asOf, d.asOf, date.transaction('UTC')) AS asOf
MATCH (p:Person)-[r:HAS_ROLE {kind: 'DECISION_MAKER'}]->(:Brand {id: $brandId})
WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
OPTIONAL MATCH (topic:Topic {id: r.topicId})
WITH p, r, topic
WHERE $topicId IS NULL OR $scope = 'ANY' OR coalesce(r.topicId, '') IN ['', $topicId]
  OR $scope = 'RELATED' AND EXISTS { (topic)-[:PART_OF*1..2]-(:Topic {id: $topicId}) }
RETURN p.id AS personId, p.name AS name, p.optedOut AS optedOut, r.title AS title, coalesce(r.topicId, '') AS topicId,
       topic.name AS topic, r.since AS since, r.until AS until
ORDER BY name, personId, topicId, since;
