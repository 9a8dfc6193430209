// snapshot_distrust_of: whom these people distrust, on what and since when, for refreshing the service's snapshot.
/*
:params { ids: ['p1', 'p2'] }
access:  read
params:  ids: [ID]
returns: distrust: [[ID, ID, ID, INTEGER]] (from id, to id, topic id, since)
order:   none; the service sorts
timeout: 60 s

Days are counted from 1970-01-01; -2147483648 stands where there is none.
*/
UNWIND $ids AS id
MATCH (a:Person {id: id})
CALL (a) {
  MATCH (a)-[r:DISTRUSTS]->(b:Person)
  WHERE b.id IS NOT NULL
  RETURN collect([a.id, b.id, coalesce(r.topicId, ''),
                  coalesce(duration.inDays(date('1970-01-01'), r.since).days, -2147483648)]) AS distrusted
}
RETURN reduce(distrust = [], distrusted IN collect(distrusted) | distrust + distrusted) AS distrust;
