// stale_trust: the strongest trust that nothing has renewed for long.
/*
:params { olderThanDays: 1460, asOf: null, first: 20 }
access:  read
params:  olderThanDays: INTEGER; asOf: DATE or null (the data set's, else today); first: INTEGER
returns: fromId: ID, who trusts; toId: ID; topicId: ID, '' in general; strength: FLOAT, as stored; agedStrength: FLOAT, what is left of it; days: INTEGER, since it was last seen; lastSeen: DATE
order:   strength descending, days descending, fromId, toId, topicId
timeout: 20 s
*/
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce($asOf, d.asOf, date.transaction('UTC')) AS asOf,
     toInteger(round(log(2) * 1000000 / coalesce(d.halfLifeDays, 730.0))) AS agePerDay
MATCH (a:Person)-[t:TRUSTS]->(b:Person)
WHERE t.lastSeen < asOf - duration({days: $olderThanDays})
WITH a, b, t, agePerDay, duration.inDays(t.lastSeen, asOf).days AS days
RETURN a.id AS fromId, b.id AS toId, t.topicId AS topicId, t.strength AS strength,
       exp(-(t.cost + days * agePerDay) / 1000000.0) AS agedStrength, days, t.lastSeen AS lastSeen
ORDER BY strength DESC, days DESC, fromId, toId, topicId
LIMIT $first;
