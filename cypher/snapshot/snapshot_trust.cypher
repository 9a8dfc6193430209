// snapshot_trust: the trust of a span of people, gathered by what it rests on, for the service's snapshot.
/*
:params { after: '', upTo: 'p00100' }
access:  read
params:  after: ID, before all that are wanted; upTo: ID, the last one
returns: grounds: [[STRING or null, [STRING] or null, BOOLEAN or null, [STRING] or null, [INTEGER] or null, [INTEGER], [INTEGER], [ID], [INTEGER], [INTEGER]]] (channel, stages, paid, evidence kinds, evidence counts, then side by side nodes of listeners, nodes of speakers, topics, costs, days)
order:   none; the service sorts
timeout: 60 s

Few of the relationships of a span differ in channel, stages, paid and evidence, so these come once for all that share them.
Nodes are the database's own numbers, as snapshot_people gives them: cheaper than ids, and good while nothing is deleted.
Days are `year * 512 + day of the year`, 0 where there is none: a DATE's, or a DATETIME's own; whatever else stands there is
none (read/data_quality lists it). `days` holds since * 2^32 + last seen.
Relationships without a cost or topicId do not count (read/data_quality lists them).
*/
MATCH (a:Person)
WHERE a.id > $after AND a.id <= $upTo
WITH a
MATCH (a)-[r:TRUSTS]->(b)
WHERE 0 <= r.cost < 2147483648 AND r.topicId IS :: STRING NOT NULL
WITH a, r, b, r.since AS since, r.lastSeen AS lastSeen
WITH r.channel AS channel, r.stages AS stages, r.paid AS paid, r.evidenceKinds AS kinds, r.evidenceCounts AS counts,
     collect(id(a)) AS fromPeople, collect(id(b)) AS toPeople, collect(r.topicId) AS topicIds, collect(r.cost) AS costs,
     collect(
       CASE WHEN since IS :: DATE | LOCAL DATETIME | ZONED DATETIME
         THEN coalesce(since.year * 512 + since.ordinalDay, 0) ELSE 0 END * 4294967296
       + CASE WHEN lastSeen IS :: DATE | LOCAL DATETIME | ZONED DATETIME
         THEN coalesce(lastSeen.year * 512 + lastSeen.ordinalDay, 0) ELSE 0 END
     ) AS days
RETURN collect([channel, stages, paid, kinds, counts, fromPeople, toPeople, topicIds, costs, days]) AS grounds;
