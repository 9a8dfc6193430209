// snapshot_roles: every role that people hold at brands, for the service's snapshot.
/*
:params {}
access:  read
params:  none
returns: personId: ID; brandId: ID; kind: STRING; topicId: ID; strength: FLOAT or null; since: INTEGER; until: INTEGER
order:   none; the service sorts
timeout: 300 s

Days are counted from 1970-01-01; -2147483648 stands where there is none.
*/
MATCH (p:Person)-[r:HAS_ROLE]->(b:Brand)
WHERE p.id IS NOT NULL AND b.id IS NOT NULL
  AND r.kind IN ['EMPLOYEE', 'DECISION_MAKER', 'ADVOCATE', 'CUSTOMER', 'CREATOR', 'DETRACTOR']
RETURN p.id AS personId, b.id AS brandId, r.kind AS kind, coalesce(r.topicId, '') AS topicId, r.strength AS strength,
       coalesce(duration.inDays(date('1970-01-01'), r.since).days, -2147483648) AS since,
       coalesce(duration.inDays(date('1970-01-01'), r.until).days, -2147483648) AS until;
