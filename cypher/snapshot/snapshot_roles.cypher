// snapshot_roles: the roles of a page of people, for the service's snapshot.
/*
:params { after: '', limit: 1000 }
access:  read
params:  after: ID, '' for the first page; limit: INTEGER
returns: roles: [[ID, ID, STRING, ID, FLOAT, INTEGER, INTEGER]] (person, brand, kind, topic, strength or null, since, until); lastId: ID or null
order:   person id
timeout: 60 s

Days are counted from 1970-01-01; -2147483648 stands where there is none.
*/
MATCH (p:Person)
WHERE p.id > $after
WITH p ORDER BY p.id LIMIT $limit
CALL (p) {
  MATCH (p)-[r:HAS_ROLE]->(b:Brand)
  WHERE b.id IS NOT NULL
    AND r.kind IN ['EMPLOYEE', 'DECISION_MAKER', 'ADVOCATE', 'CUSTOMER', 'CREATOR', 'DETRACTOR']
  RETURN collect([p.id, b.id, r.kind, coalesce(r.topicId, ''), r.strength,
                  coalesce(duration.inDays(date('1970-01-01'), r.since).days, -2147483648),
                  coalesce(duration.inDays(date('1970-01-01'), r.until).days, -2147483648)]) AS held
}
RETURN reduce(roles = [], held IN collect(held) | roles + held) AS roles, max(p.id) AS lastId;
