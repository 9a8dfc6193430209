// snapshot_distrust: whom a span of people distrust, on what and since when, for the service's snapshot.
/*
:params { after: '', upTo: 'p00100' }
access:  read
params:  after: ID, before all that are wanted; upTo: ID, the last one
returns: fromIds: [ID]; toIds: [ID]; topicIds: [ID]; since: [INTEGER]
order:   none; the service sorts
timeout: 60 s

Side by side; days as in snapshot_trust.
*/
MATCH (a:Person)
WHERE a.id > $after AND a.id <= $upTo
WITH a
MATCH (a)-[r:DISTRUSTS]->(b:Person)
WHERE b.id IS NOT NULL
WITH a, r, b, r.since AS since
RETURN collect(a.id) AS fromIds, collect(b.id) AS toIds, collect(coalesce(toStringOrNull(r.topicId), '')) AS topicIds,
       collect(CASE WHEN since IS :: DATE | LOCAL DATETIME | ZONED DATETIME
         THEN coalesce(since.year * 512 + since.ordinalDay, 0) ELSE 0 END) AS since;
