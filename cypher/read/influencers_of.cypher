// influencers_of: to whom a person listens, directly or through others, by the strength of the best path.
/*
:params { personId: 'p00001', topicId: null, scope: 'RELATED', asOf: null, channels: null, stages: null, seenFrom: null, seenTo: null, location: null, communityId: null, first: 10 }
access:  read
params:  personId: ID; topicId: ID or null (no topic asked); scope: STRING, EXACT, RELATED or ANY; asOf: DATE or null (the data set's, else today); channels: [STRING] or null (all); stages: [STRING] or null (all), of the path to purchase; seenFrom: DATE or null; seenTo: DATE or null; location: STRING or null; communityId: ID or null; first: INTEGER
returns: personId: ID; cost: INTEGER, micro-nats; hops: INTEGER; strength: FLOAT; personIds: [ID], of the best path; ways: INTEGER, without a common introducer, at most 10
order:   cost, personId
timeout: 60 s

All paths of up to three steps are written out. The service does the same in one sweep.
*/
// 1. What the question admits: the day, what a day of age and an introducer cost, which topics at what cost.
OPTIONAL MATCH (dataset:Dataset)
WITH dataset ORDER BY dataset.name LIMIT 1
WITH coalesce($asOf, dataset.asOf, date.transaction('UTC')) AS asOf,
     toInteger(round(log(2) * 1000000 / coalesce(dataset.halfLifeDays, 730.0))) AS agePerDay,
     toInteger(round(-log(0.8) * 1000000)) AS handover,
     $topicId IS NULL OR $scope = 'ANY' AS everyTopic
WHERE $topicId IS NULL OR EXISTS { (:Topic {id: $topicId}) }
CALL (everyTopic) {
  CALL (everyTopic) {
    MATCH way = (asked:Topic {id: $topicId})-[:PART_OF*0..2]-(near:Topic)
    WHERE $scope <> 'EXACT' OR near = asked
    RETURN near.id AS topicId, length(way) * 350000 AS cost
    UNION ALL
    WITH '' AS topicId, 500000 AS cost
    WHERE $topicId IS NOT NULL AND $scope <> 'EXACT'
    RETURN topicId, cost
    UNION ALL
    WITH everyTopic
    WHERE everyTopic
    MATCH ()-[t:TRUSTS]->()
    RETURN DISTINCT t.topicId AS topicId, CASE WHEN $topicId IS NULL THEN 0 ELSE 1200000 END AS cost
  }
  WITH topicId, min(cost) AS cost
  RETURN collect(topicId) AS topicIds, collect({id: topicId, cost: cost}) AS topics
}

// 2. Every path of up to three open steps, each between two people at the cost of the cheapest relationship.
MATCH way = (me:Person {id: $personId})
  ((listener:Person)-[t:TRUSTS]->(speaker:Person)
    WHERE coalesce(t.since <= asOf, true) AND any(topic IN topics WHERE topic.id = t.topicId)
      AND ($channels IS NULL OR t.channel IN $channels)
      AND ($stages IS NULL OR any(stage IN t.stages WHERE stage IN $stages))
      AND coalesce(t.lastSeen >= $seenFrom, true) AND coalesce(t.since <= $seenTo, true)){1,3}
  (other:Person)
WHERE none(person IN nodes(way) WHERE coalesce(person.optedOut, false))
  AND all(person IN nodes(way) WHERE single(same IN nodes(way) WHERE same = person))
WITH asOf, everyTopic, topicIds, other, nodes(way) AS people, reduce(cost = -handover, step IN relationships(way) |
  cost + handover + step.cost + head([topic IN topics WHERE topic.id = step.topicId | topic.cost])
  + CASE WHEN step.lastSeen < asOf THEN duration.inDays(step.lastSeen, asOf).days ELSE 0 END * agePerDay) AS cost
WITH asOf, everyTopic, topicIds, other, people, min(cost) AS cost
WHERE NOT EXISTS {
  UNWIND range(1, size(people) - 1) AS place
  WITH people[place - 1] AS listener, people[place] AS speaker
  MATCH (listener)-[d:DISTRUSTS]->(speaker)
  WHERE (everyTopic OR d.topicId = '' OR d.topicId IN topicIds) AND coalesce(d.since <= asOf, true)
}

// 3. The best of each, and the ways: in the order of cost, hops and ids each path that shares no introducer with one before.
WITH other, [person IN people | person.id] AS personIds, cost
WHERE ($location IS NULL OR other.location = $location)
  AND ($communityId IS NULL OR EXISTS { (other)-[:MEMBER_OF]->(:Community {id: $communityId}) })
ORDER BY cost, size(personIds), personIds
WITH other.id AS personId, collect({personIds: personIds, cost: cost}) AS paths
WITH personId, head(paths) AS best, reduce(kept = {ways: 0, inner: []}, path IN paths |
  CASE WHEN any(id IN path.personIds[1..-1] WHERE id IN kept.inner) THEN kept
       ELSE {ways: kept.ways + 1, inner: kept.inner + path.personIds[1..-1]} END).ways AS ways
RETURN personId, best.cost AS cost, size(best.personIds) - 1 AS hops, exp(-best.cost / 1000000.0) AS strength,
       best.personIds AS personIds, CASE WHEN ways > 10 THEN 10 ELSE ways END AS ways
ORDER BY cost, personId
LIMIT $first;
