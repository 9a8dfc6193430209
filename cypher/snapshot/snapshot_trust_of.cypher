// snapshot_trust_of: the trust of the people named, gathered by what it rests on, for refreshing the service's snapshot.
/*
:params { ids: ['p00001', 'p00002'] }
access:  read
params:  ids: [ID]
returns: grounds: [[STRING or null, [STRING] or null, BOOLEAN or null, [STRING] or null, [INTEGER] or null, [ID], [ID], [ID], [INTEGER], [INTEGER]]] (channel, stages, paid, evidence kinds, evidence counts, then side by side listeners, speakers, topics, costs, days)
order:   none; the service sorts
timeout: 60 s

As snapshot_trust, but people are told by their ids.
*/
UNWIND $ids AS id
MATCH (a:Person {id: id})
WITH a
MATCH (a)-[r:TRUSTS]->(b:Person)
WHERE 0 <= r.cost < 2147483648 AND r.topicId IS :: STRING NOT NULL AND b.id IS NOT NULL
WITH a, r, b, r.since AS since, r.lastSeen AS lastSeen
WITH r.channel AS channel, r.stages AS stages, r.paid AS paid, r.evidenceKinds AS kinds, r.evidenceCounts AS counts,
     collect(a.id) AS fromPeople, collect(b.id) AS toPeople, collect(r.topicId) AS topicIds, collect(r.cost) AS costs,
     collect(
       CASE WHEN since IS :: DATE | LOCAL DATETIME | ZONED DATETIME
         THEN coalesce(since.year * 512 + since.ordinalDay, 0) ELSE 0 END * 4294967296
       + CASE WHEN lastSeen IS :: DATE | LOCAL DATETIME | ZONED DATETIME
         THEN coalesce(lastSeen.year * 512 + lastSeen.ordinalDay, 0) ELSE 0 END
     ) AS days
RETURN collect([channel, stages, paid, kinds, counts, fromPeople, toPeople, topicIds, costs, days]) AS grounds;
