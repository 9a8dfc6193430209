// snapshot_changed: people whose own node, or a relationship that leaves them, changed since a moment.
/*
:params { since: '2026-01-01T00:00:00Z', limit: 100 }
access:  read
params:  since: STRING, an ISO date and time with zone; limit: INTEGER, for each of the four kinds
returns: ids: [ID]
order:   none; the service sorts
timeout: 60 s

Only what has a zoned updatedAt is seen.
*/
CALL () {
  MATCH (p:Person) WHERE p.updatedAt >= datetime($since) RETURN p.id AS id LIMIT $limit
  UNION
  MATCH (p:Person)-[r:TRUSTS]->() WHERE r.updatedAt >= datetime($since) RETURN p.id AS id LIMIT $limit
  UNION
  MATCH (p:Person)-[r:DISTRUSTS]->() WHERE r.updatedAt >= datetime($since) RETURN p.id AS id LIMIT $limit
  UNION
  MATCH (p:Person)-[r:HAS_ROLE]->() WHERE r.updatedAt >= datetime($since) RETURN p.id AS id LIMIT $limit
}
RETURN collect(id) AS ids;
