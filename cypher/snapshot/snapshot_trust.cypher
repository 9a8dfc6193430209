// snapshot_trust: the trust of a page of people as aligned lists, for the service's snapshot.
/*
:params { after: '', limit: 500 }
access:  read
params:  after: ID, '' for the first page; limit: INTEGER
returns: listeners: [LIST] (from id, to ids, topic ids, costs, since, last seen, channels, paid, evidence kinds, evidence counts); lastId: ID or null
order:   id
timeout: 60 s

Days are counted from 1970-01-01; -2147483648 stands where there is none, '' where no channel is known.
Relationships without a cost or topicId do not count (read/data_quality lists them).
*/
MATCH (a:Person)
WHERE a.id > $after
WITH a ORDER BY a.id LIMIT $limit
CALL (a) {
  MATCH (a)-[r:TRUSTS]->(b:Person)
  WHERE r.cost >= 0 AND r.topicId IS NOT NULL AND b.id IS NOT NULL
  RETURN collect(b.id) AS toIds,
         collect(r.topicId) AS topicIds,
         collect(r.cost) AS costs,
         collect(coalesce(duration.inDays(date('1970-01-01'), r.since).days, -2147483648)) AS since,
         collect(coalesce(duration.inDays(date('1970-01-01'), r.lastSeen).days, -2147483648)) AS lastSeen,
         collect(coalesce(r.channel, '')) AS channels,
         collect(coalesce(r.paid, false)) AS paid,
         collect(coalesce(r.evidenceKinds, [])) AS evidenceKinds,
         collect(coalesce(r.evidenceCounts, [])) AS evidenceCounts
}
RETURN collect([a.id, toIds, topicIds, costs, since, lastSeen, channels, paid, evidenceKinds, evidenceCounts]) AS listeners,
       max(a.id) AS lastId;
