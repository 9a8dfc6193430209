// people_filtered: a page of the people that all filters leave, in one of three orders.
/*
:params { search: null, topicId: 'dpdk', brandId: 'intel.com', role: null, orderBy: 'TRUSTED_BY', after: null, limit: 5, withOptedOut: true }
access:  read
params:  search: STRING, a Lucene query or null; topicId: ID or null, people who take part in trust on it or hold a role on it; brandId: ID or null, people with any role there; role: STRING, a kind of role or null, at that brand if one is given; orderBy: NAME, TRUSTED_BY (most trust relationships first) or RELEVANCE (needs a search); after: [FLOAT, STRING, ID], rank, sortName and id of the last row seen, null to begin; limit: INTEGER; withOptedOut: BOOLEAN, false leaves out people who opted out
returns: id: ID; name: STRING; headline: STRING, may be null; location: STRING, may be null; optedOut: BOOLEAN; rank: FLOAT, what is sorted by, negated, 0.0 under NAME; sortName: STRING, the name under NAME, else ''
order:   rank, sortName, id
timeout: 20 s
*/
CALL () {
  WITH 1 AS one WHERE $search IS NOT NULL
  CALL db.index.fulltext.queryNodes('personNames', $search) YIELD node AS p, score
  RETURN p, score
  UNION ALL
  WITH 1 AS one WHERE $search IS NULL AND $brandId IS NOT NULL
  MATCH (p:Person)-[:HAS_ROLE]->(:Brand {id: $brandId})
  RETURN DISTINCT p, 0.0 AS score
  UNION ALL
  WITH 1 AS one WHERE $search IS NULL AND $brandId IS NULL AND $topicId IS NOT NULL
  CALL () {
    MATCH (p:Person)-[:TRUSTS {topicId: $topicId}]-(:Person) RETURN p
    UNION
    MATCH (p:Person)-[:HAS_ROLE {topicId: $topicId}]->(:Brand) RETURN p
  }
  RETURN p, 0.0 AS score
  UNION ALL
  WITH 1 AS one WHERE $search IS NULL AND $brandId IS NULL AND $topicId IS NULL AND $role IS NOT NULL
  MATCH (p:Person)-[:HAS_ROLE {kind: $role}]->(:Brand)
  RETURN DISTINCT p, 0.0 AS score
  UNION ALL
  WITH 1 AS one WHERE $search IS NULL AND $brandId IS NULL AND $topicId IS NULL AND $role IS NULL
  MATCH (p:Person)
  RETURN p, 0.0 AS score
}
WITH p, score
WHERE ($withOptedOut OR NOT coalesce(p.optedOut, false))
  AND ($role IS NULL AND $brandId IS NULL
       OR EXISTS { (p)-[r:HAS_ROLE]->(b:Brand) WHERE ($brandId IS NULL OR b.id = $brandId) AND ($role IS NULL OR r.kind = $role) })
  AND ($topicId IS NULL
       OR EXISTS { (p)-[:TRUSTS {topicId: $topicId}]-(other:Person) WHERE $withOptedOut OR NOT coalesce(other.optedOut, false) }
       OR EXISTS { (p)-[:HAS_ROLE {topicId: $topicId}]->(:Brand) })
WITH p,
     CASE
       WHEN $orderBy = 'TRUSTED_BY' AND $withOptedOut THEN -1.0 * COUNT { (p)<-[:TRUSTS]-() }
       WHEN $orderBy = 'TRUSTED_BY' THEN -1.0 * COUNT { (p)<-[:TRUSTS]-(other:Person) WHERE NOT coalesce(other.optedOut, false) }
       WHEN $orderBy = 'RELEVANCE' THEN -score
       ELSE 0.0
     END AS rank,
     CASE $orderBy WHEN 'NAME' THEN p.name ELSE '' END AS sortName
WHERE $after IS NULL OR [rank, sortName, p.id] > $after
RETURN p.id AS id, p.name AS name, p.headline AS headline, p.location AS location,
       coalesce(p.optedOut, false) AS optedOut, rank, sortName
ORDER BY rank, sortName, id
LIMIT $limit;
