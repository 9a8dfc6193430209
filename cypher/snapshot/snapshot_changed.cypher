// snapshot_changed: people whose own node, or a relationship that leaves them, changed since a moment.
/*
:params { since: '2026-01-01T00:00:00Z', limit: 100 }
access:  read
params:  since: STRING, an ISO date and time with zone; limit: INTEGER, for each of the four kinds
returns: ids: [ID]
order:   none; the service sorts
timeout: 60 s

Only what has a zoned updatedAt is seen. Left to itself the planner walks all relationships of everybody: 17 s at ten million
instead of milliseconds.
*/
CALL () {
  MATCH (p:Person) USING INDEX p:Person(updatedAt) WHERE p.updatedAt >= datetime($since) RETURN p.id AS id LIMIT $limit
  UNION
  MATCH (p:Person)-[r:TRUSTS]->() USING INDEX r:TRUSTS(updatedAt) WHERE r.updatedAt >= datetime($since) RETURN p.id AS id LIMIT $limit
  UNION
  MATCH (p:Person)-[r:DISTRUSTS]->() USING INDEX r:DISTRUSTS(updatedAt) WHERE r.updatedAt >= datetime($since) RETURN p.id AS id LIMIT $limit
  UNION
  MATCH (p:Person)-[r:HAS_ROLE]->() USING INDEX r:HAS_ROLE(updatedAt) WHERE r.updatedAt >= datetime($since) RETURN p.id AS id LIMIT $limit
}
RETURN collect(id) AS ids;
