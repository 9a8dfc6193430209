// snapshot_roles_of: the roles of these people, for refreshing the service's snapshot.
/*
:params { ids: ['p1', 'p2'] }
access:  read
params:  ids: [ID]
returns: roles: [[ID, ID, STRING, ID, FLOAT, INTEGER, INTEGER]] (person, brand, kind, topic, strength or null, since, until)
order:   none; the service sorts
timeout: 60 s

Days are counted from 1970-01-01; -2147483648 stands where there is none.
*/
UNWIND $ids AS id
MATCH (p:Person {id: id})
CALL (p) {
  MATCH (p)-[r:HAS_ROLE]->(b:Brand)
  WHERE b.id IS NOT NULL
    AND r.kind IN ['EMPLOYEE', 'DECISION_MAKER', 'ADVOCATE', 'CUSTOMER', 'CREATOR', 'DETRACTOR']
  RETURN collect([p.id, b.id, r.kind, coalesce(r.topicId, ''), r.strength,
                  coalesce(duration.inDays(date('1970-01-01'), r.since).days, -2147483648),
                  coalesce(duration.inDays(date('1970-01-01'), r.until).days, -2147483648)]) AS held
}
RETURN reduce(roles = [], held IN collect(held) | roles + held) AS roles;
