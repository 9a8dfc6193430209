// brokers_between_brands: people at neither brand through whom one could reach the other.
/*
:params { fromBrandId: 'intel.com', toBrandId: 'dpdk-project', topicId: null, asOf: null, first: 20 }
access:  read
params:  fromBrandId: ID; toBrandId: ID; topicId: ID or null (trust on any topic); asOf: DATE or null (the data set's, else today); first: INTEGER
returns: personId: ID, the broker; name: STRING; listensTo: INTEGER, people of the one brand whom the broker trusts; heardBy: INTEGER, people of the other who trust the broker; fromId: ID, whom the broker trusts most; toId: ID, who trusts the broker most; cost: INTEGER, of both steps with age, in micro-nats; strength: FLOAT, exp(-cost / 1000000)
order:   cost, personId
timeout: 60 s
*/
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce($asOf, d.asOf, date.transaction('UTC')) AS asOf,
     toInteger(round(log(2) * 1000000 / coalesce(d.halfLifeDays, 730.0))) AS agePerDay
CALL (asOf) {
  MATCH (p:Person)-[r:HAS_ROLE]->(:Brand {id: $fromBrandId})
  WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
  RETURN collect(DISTINCT p) AS fromPeople
}
CALL (asOf) {
  MATCH (p:Person)-[r:HAS_ROLE]->(:Brand {id: $toBrandId})
  WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
  RETURN collect(DISTINCT p) AS toPeople
}
CALL (asOf, agePerDay, fromPeople, toPeople) {
  UNWIND fromPeople AS speaker
  MATCH (broker:Person)-[t:TRUSTS]->(speaker)
  WHERE ($topicId IS NULL OR t.topicId = $topicId) AND coalesce(t.since <= asOf, true)
    AND NOT coalesce(broker.optedOut, false) AND NOT coalesce(speaker.optedOut, false)
    AND NOT EXISTS { (broker)-[:DISTRUSTS]->(speaker) }
  WITH broker, fromPeople, toPeople, asOf, agePerDay, speaker,
       t.cost + agePerDay * CASE WHEN t.lastSeen < asOf THEN duration.inDays(t.lastSeen, asOf).days ELSE 0 END AS cost
  WITH broker, fromPeople, toPeople, asOf, agePerDay, count(DISTINCT speaker) AS listensTo, min([cost, speaker.id]) AS hears
  WHERE NOT broker IN fromPeople AND NOT broker IN toPeople
  MATCH (listener:Person)-[t:TRUSTS]->(broker)
  WHERE listener IN toPeople AND NOT listener IN fromPeople
    AND ($topicId IS NULL OR t.topicId = $topicId) AND coalesce(t.since <= asOf, true)
    AND NOT coalesce(listener.optedOut, false)
    AND NOT EXISTS { (listener)-[:DISTRUSTS]->(broker) }
  WITH broker, listensTo, hears, listener,
       t.cost + agePerDay * CASE WHEN t.lastSeen < asOf THEN duration.inDays(t.lastSeen, asOf).days ELSE 0 END AS cost
  RETURN broker, listensTo, hears, count(DISTINCT listener) AS heardBy, min([cost, listener.id]) AS heard
}
WITH broker, listensTo, heardBy, hears, heard, hears[0] + heard[0] AS cost
RETURN broker.id AS personId, broker.name AS name, listensTo, heardBy, hears[1] AS fromId, heard[1] AS toId, cost,
       exp(-cost / 1000000.0) AS strength
ORDER BY cost, personId
LIMIT $first;
