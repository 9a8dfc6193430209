// decision_makers_of_brands: who decides at brands today, on a topic or on any; a page for each of several brands.
/*
:params { brandIds: ['dpdk-project'], topicId: 't0206', scope: 'RELATED', after: null, limit: 5, counted: true, withOptedOut: true }
access:  read
params:  brandIds: [ID]; topicId: ID, null for all; scope: EXACT, RELATED (up to two PART_OF steps away) or ANY; after: [STRING, ID], the key of the last row seen, null to begin; limit: INTEGER, rows a brand; counted: BOOLEAN, whether totals are wanted; withOptedOut: BOOLEAN, false leaves out people who opted out
returns: id: ID, the brand asked about; total: INTEGER, 0 unless counted; rows: [MAP], each with its key and the person's id, name, headline, location, optedOut
order:   id; rows by name, the person's id
timeout: 10 s
*/
OPTIONAL MATCH (d:Dataset)
WITH coalesce(max(d.asOf), date()) AS today
CALL () {
  OPTIONAL MATCH (:Topic {id: $topicId})-[:PART_OF*0..2]-(near:Topic)
  WHERE $scope = 'RELATED'
  RETURN ['', $topicId] + collect(DISTINCT near.id) AS topicIds
}
UNWIND $brandIds AS brandId
MATCH (b:Brand {id: brandId})
CALL (b, today, topicIds) {
  WITH b, today, topicIds WHERE $counted
  MATCH (p:Person)-[r:HAS_ROLE {kind: 'DECISION_MAKER'}]->(b)
  WHERE ($topicId IS NULL OR $scope = 'ANY' OR r.topicId IN topicIds)
    AND (r.since IS NULL OR r.since <= today) AND (r.until IS NULL OR r.until >= today)
    AND ($withOptedOut OR NOT coalesce(p.optedOut, false))
  RETURN count(DISTINCT p) AS total
}
CALL (b, today, topicIds) {
  MATCH (p:Person)-[r:HAS_ROLE {kind: 'DECISION_MAKER'}]->(b)
  WHERE ($topicId IS NULL OR $scope = 'ANY' OR r.topicId IN topicIds)
    AND (r.since IS NULL OR r.since <= today) AND (r.until IS NULL OR r.until >= today)
    AND ($withOptedOut OR NOT coalesce(p.optedOut, false))
  WITH DISTINCT p, [p.name, p.id] AS key
  WHERE $after IS NULL OR key > $after
  WITH p, key
  ORDER BY key
  LIMIT $limit
  RETURN collect({
    key: key, id: p.id, name: p.name, headline: p.headline, location: p.location, optedOut: coalesce(p.optedOut, false)
  }) AS rows
}
RETURN b.id AS id, total, rows
ORDER BY id;
