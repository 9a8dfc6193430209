// changed_trust: trust and distrust written since a moment, latest first.
/*
:params { since: datetime('2026-01-01T00:00:00Z'), first: 20 }
access:  read
params:  since: DATETIME; first: INTEGER
returns: updatedAt: DATETIME; kind: STRING, TRUSTS or DISTRUSTS; fromId: ID; toId: ID; topicId: ID, '' in general; strength: FLOAT
order:   updatedAt descending, kind, fromId, toId, topicId
timeout: 20 s
*/
CALL () {
  MATCH (a:Person)-[r:TRUSTS]->(b:Person)
  WHERE r.updatedAt >= $since
  RETURN a, r, b
  UNION ALL
  MATCH (a:Person)-[r:DISTRUSTS]->(b:Person)
  WHERE r.updatedAt >= $since
  RETURN a, r, b
}
RETURN r.updatedAt AS updatedAt, type(r) AS kind, a.id AS fromId, b.id AS toId, r.topicId AS topicId,
       r.strength AS strength
ORDER BY updatedAt DESC, kind, fromId, toId, topicId
LIMIT $first;
