// snapshot_roles_of: the roles of the people named, for refreshing the service's snapshot.
/*
:params { ids: ['p00001', 'p00002'] }
access:  read
params:  ids: [ID]
returns: personIds: [ID]; brandIds: [ID]; kinds: [STRING]; topicIds: [ID]; strengths: [FLOAT], 1.0 where none is given; since: [INTEGER]; until: [INTEGER]
order:   none; the service sorts
timeout: 60 s

Side by side; days as in snapshot_trust.
*/
UNWIND $ids AS id
MATCH (a:Person {id: id})
WITH a
MATCH (a)-[r:HAS_ROLE]->(b:Brand)
WHERE b.id IS NOT NULL
  AND r.kind IN ['EMPLOYEE', 'DECISION_MAKER', 'ADVOCATE', 'CUSTOMER', 'CREATOR', 'DETRACTOR']
WITH a, r, b, r.since AS since, r.until AS until
RETURN collect(a.id) AS personIds, collect(b.id) AS brandIds, collect(r.kind) AS kinds,
       collect(coalesce(toStringOrNull(r.topicId), '')) AS topicIds,
       collect(CASE WHEN 0 < r.strength <= 1 THEN toFloat(r.strength) ELSE 1.0 END) AS strengths,
       collect(CASE WHEN since IS :: DATE | LOCAL DATETIME | ZONED DATETIME
         THEN coalesce(since.year * 512 + since.ordinalDay, 0) ELSE 0 END) AS since,
       collect(CASE WHEN until IS :: DATE | LOCAL DATETIME | ZONED DATETIME
         THEN coalesce(until.year * 512 + until.ordinalDay, 0) ELSE 0 END) AS until;
