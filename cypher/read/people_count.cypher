// people_count: how many people there are, or how many all filters leave.
/*
:params { search: null, topicId: 'dpdk', brandId: 'intel.com', role: null, withOptedOut: true }
access:  read
params:  search: STRING, a Lucene query or null; topicId: ID or null; brandId: ID or null; role: STRING, a kind of role or null (they mean what they mean in people_filtered); withOptedOut: BOOLEAN, false leaves out people who opted out
returns: total: INTEGER
order:   none (one row)
timeout: 20 s
*/
CALL () {
  WITH 1 AS one WHERE $search IS NOT NULL
  CALL db.index.fulltext.queryNodes('personNames', $search) YIELD node AS p
  WITH p
  WHERE ($withOptedOut OR NOT coalesce(p.optedOut, false))
    AND ($role IS NULL AND $brandId IS NULL
         OR EXISTS { (p)-[r:HAS_ROLE]->(b:Brand) WHERE ($brandId IS NULL OR b.id = $brandId) AND ($role IS NULL OR r.kind = $role) })
    AND ($topicId IS NULL
         OR EXISTS { (p)-[:TRUSTS {topicId: $topicId}]-(other:Person) WHERE $withOptedOut OR NOT coalesce(other.optedOut, false) }
         OR EXISTS { (p)-[:HAS_ROLE {topicId: $topicId}]->(:Brand) })
  RETURN count(p) AS found
  UNION ALL
  WITH 1 AS one WHERE $search IS NULL AND $brandId IS NOT NULL
  MATCH (p:Person)-[r:HAS_ROLE]->(:Brand {id: $brandId})
  WHERE $role IS NULL OR r.kind = $role
  WITH DISTINCT p
  WHERE ($withOptedOut OR NOT coalesce(p.optedOut, false))
    AND ($topicId IS NULL
     OR EXISTS { (p)-[:TRUSTS {topicId: $topicId}]-(other:Person) WHERE $withOptedOut OR NOT coalesce(other.optedOut, false) }
     OR EXISTS { (p)-[:HAS_ROLE {topicId: $topicId}]->(:Brand) })
  RETURN count(p) AS found
  UNION ALL
  WITH 1 AS one WHERE $search IS NULL AND $brandId IS NULL AND $topicId IS NOT NULL
  CALL () {
    MATCH (p:Person)-[:TRUSTS {topicId: $topicId}]-(other:Person)
    WHERE $withOptedOut OR NOT coalesce(other.optedOut, false)
    RETURN p
    UNION
    MATCH (p:Person)-[:HAS_ROLE {topicId: $topicId}]->(:Brand) RETURN p
  }
  WITH p
  WHERE ($withOptedOut OR NOT coalesce(p.optedOut, false))
    AND ($role IS NULL OR EXISTS { (p)-[:HAS_ROLE {kind: $role}]->(:Brand) })
  RETURN count(p) AS found
  UNION ALL
  WITH 1 AS one WHERE $search IS NULL AND $brandId IS NULL AND $topicId IS NULL AND $role IS NOT NULL
  MATCH (p:Person)-[:HAS_ROLE {kind: $role}]->(:Brand)
  WHERE $withOptedOut OR NOT coalesce(p.optedOut, false)
  RETURN count(DISTINCT p) AS found
  UNION ALL
  WITH 1 AS one WHERE $search IS NULL AND $brandId IS NULL AND $topicId IS NULL AND $role IS NULL
  CALL () { MATCH (p:Person) RETURN count(p) AS everybody }
  CALL () { MATCH (p:Person {optedOut: true}) WHERE NOT $withOptedOut RETURN count(p) AS gone }
  RETURN everybody - gone AS found
}
RETURN sum(found) AS total;
