// snapshot_distrust_of: whom the people named distrust, on what and since when, for refreshing the service's snapshot.
/*
:params { ids: ['p00001', 'p00002'] }
access:  read
params:  ids: [ID]
returns: fromIds: [ID]; toIds: [ID]; topicIds: [ID]; since: [INTEGER]
order:   none; the service sorts
timeout: 60 s

Side by side; days as in snapshot_trust.
*/
UNWIND $ids AS id
MATCH (a:Person {id: id})
WITH a
MATCH (a)-[r:DISTRUSTS]->(b:Person)
WHERE b.id IS NOT NULL
WITH a, r, b, r.since AS since
RETURN collect(a.id) AS fromIds, collect(b.id) AS toIds, collect(coalesce(toStringOrNull(r.topicId), '')) AS topicIds,
       collect(CASE WHEN since IS :: DATE | LOCAL DATETIME | ZONED DATETIME
         THEN coalesce(since.year * 512 + since.ordinalDay, 0) ELSE 0 END) AS since;
