// all_roles_of_people: every role of several people, title and strength included, in one row.
/*
:params { personIds: ['p00001', 'p00003'] }
access:  read
params:  personIds: [ID]
returns: roles: [MAP], each with its personId, brandId, kind, topicId ('' for any), title, strength, since, until
order:   none (one row)
timeout: 10 s
*/
UNWIND $personIds AS personId
MATCH (p:Person {id: personId})-[r:HAS_ROLE]->(b:Brand)
RETURN collect({
  personId: p.id, brandId: b.id, kind: r.kind, topicId: r.topicId, title: r.title, strength: r.strength,
  since: r.since, until: r.until
}) AS roles;
