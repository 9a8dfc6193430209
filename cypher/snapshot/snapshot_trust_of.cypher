// snapshot_trust_of: the trust of these people as aligned lists, for refreshing the service's snapshot.
/*
:params { ids: ['p1', 'p2'] }
access:  read
params:  ids: [ID]
returns: listeners: [LIST] (from id, to ids, topic ids, costs, since, last seen, channels, paid, evidence kinds, evidence counts)
order:   none; the service sorts
timeout: 60 s

Days are counted from 1970-01-01; -2147483648 stands where there is none, '' where no channel is known.
Relationships without a cost or topicId do not count (read/data_quality lists them).
*/
UNWIND $ids AS id
MATCH (a:Person {id: id})
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
RETURN collect([a.id, toIds, topicIds, costs, since, lastSeen, channels, paid, evidenceKinds, evidenceCounts]) AS listeners;
