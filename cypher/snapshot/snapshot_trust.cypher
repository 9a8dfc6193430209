// snapshot_trust: everybody's trust as aligned lists, one row a listener, for the service's snapshot.
/*
:params {}
access:  read
params:  none
returns: fromId: ID; toIds: [ID]; topicIds: [ID]; costs: [INTEGER]; since: [INTEGER]; lastSeen: [INTEGER]; channels: [STRING]; paid: [BOOLEAN]; evidenceKinds: [[STRING]]; evidenceCounts: [[INTEGER]]
order:   none; the service sorts
timeout: 600 s

One row a person streams; one collect over everything would not. Days are counted from 1970-01-01; -2147483648
stands where there is none, '' where no channel is known.
*/
MATCH (a:Person)
WHERE a.id IS NOT NULL
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
WITH * WHERE size(toIds) > 0
RETURN a.id AS fromId, toIds, topicIds, costs, since, lastSeen, channels, paid, evidenceKinds, evidenceCounts;
