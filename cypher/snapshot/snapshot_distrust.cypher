// snapshot_distrust: who distrusts whom, on what and since when, for the service's snapshot.
/*
:params {}
access:  read
params:  none
returns: fromId: ID; toId: ID; topicId: ID; since: INTEGER
order:   none; the service sorts
timeout: 300 s

Days are counted from 1970-01-01; -2147483648 stands where there is none.
*/
MATCH (a:Person)-[r:DISTRUSTS]->(b:Person)
WHERE a.id IS NOT NULL AND b.id IS NOT NULL
RETURN a.id AS fromId, b.id AS toId, coalesce(r.topicId, '') AS topicId,
       coalesce(duration.inDays(date('1970-01-01'), r.since).days, -2147483648) AS since;
