// snapshot_distrust: whom a page of people distrust, on what and since when, for the service's snapshot.
/*
:params { after: '', limit: 1000 }
access:  read
params:  after: ID, '' for the first page; limit: INTEGER
returns: distrust: [[ID, ID, ID, INTEGER]] (from id, to id, topic id, since); lastId: ID or null
order:   from id
timeout: 60 s

Days are counted from 1970-01-01; -2147483648 stands where there is none.
*/
MATCH (a:Person)
WHERE a.id > $after
WITH a ORDER BY a.id LIMIT $limit
CALL (a) {
  MATCH (a)-[r:DISTRUSTS]->(b:Person)
  WHERE b.id IS NOT NULL
  RETURN collect([a.id, b.id, coalesce(r.topicId, ''),
                  coalesce(duration.inDays(date('1970-01-01'), r.since).days, -2147483648)]) AS distrusted
}
RETURN reduce(distrust = [], distrusted IN collect(distrusted) | distrust + distrusted) AS distrust, max(a.id) AS lastId;
