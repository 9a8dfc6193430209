// roles_of_brands: the roles that people hold at brands; a page for each of several brands.
/*
:params { brandIds: ['intel.com', 'dpdk-project'], kind: 'DECISION_MAKER', topicId: null, after: null, limit: 5, counted: true, withOptedOut: true }
access:  read
params:  brandIds: [ID]; kind: STRING, a kind of role, null for all; topicId: ID, '' for roles on any topic, null for all; after: [ID, STRING, ID, STRING], the key of the last row seen, null to begin; limit: INTEGER, rows a brand; counted: BOOLEAN, whether totals are wanted; withOptedOut: BOOLEAN, false leaves out people who opted out
returns: id: ID, the brand asked about; total: INTEGER, 0 unless counted; rows: [MAP], each with its key, personId, brandId, kind, topicId ('' for any), title, strength, since, until
order:   id; rows by person id, kind, topicId, since (as text, '' where none)
timeout: 10 s
*/
UNWIND $brandIds AS brandId
MATCH (b:Brand {id: brandId})
CALL (b) {
  WITH b WHERE $counted
  MATCH (p:Person)-[r:HAS_ROLE]->(b)
  WHERE ($withOptedOut OR NOT coalesce(p.optedOut, false))
    AND ($kind IS NULL OR r.kind = $kind) AND ($topicId IS NULL OR r.topicId = $topicId)
  RETURN count(r) AS total
}
CALL (b) {
  MATCH (p:Person)-[r:HAS_ROLE]->(b)
  WHERE ($withOptedOut OR NOT coalesce(p.optedOut, false))
    AND ($kind IS NULL OR r.kind = $kind) AND ($topicId IS NULL OR r.topicId = $topicId)
  WITH b, r, p, [p.id, r.kind, r.topicId, coalesce(toString(r.since), '')] AS key
  WHERE $after IS NULL OR key > $after
  WITH b, r, p, key
  ORDER BY key
  LIMIT $limit
  RETURN collect({
    key: key, personId: p.id, brandId: b.id, kind: r.kind, topicId: r.topicId, title: r.title, strength: r.strength,
    since: r.since, until: r.until
  }) AS rows
}
RETURN b.id AS id, total, rows
ORDER BY id;
