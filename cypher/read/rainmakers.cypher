// rainmakers: who has authority on a topic and no tie to a brand yet, and the way in.
/*
:params { brandId: 'intel.com', topicId: 'dpdk', scope: 'RELATED', asOf: null, maxHops: 6, first: 20 }
access:  read
params:  brandId: ID; topicId: ID; scope: STRING, EXACT, RELATED or ANY; asOf: DATE or null (the data set's, else today); maxHops: INTEGER; first: INTEGER
returns: personId: ID; name: STRING; authority: FLOAT; cost: INTEGER, of the best path in micro-nats, or null; hops: INTEGER or null; strength: FLOAT or null; personIds: [ID], of the path, or null; stance: STRING, DETRACTOR or NEUTRAL
order:   authority descending, personId
timeout: 120 s

No tie: no role there on the day besides DETRACTOR, and no trust, either way and on whatever topic, between them and
anybody with another role there. Authority is the stored one, of scope RELATED on the usual day; scope and asOf say what
counts for paths and stance, and asOf for ties. Empty where none is stored (stored_standing_topics).
*/
// 1. What the question admits: the day, what a day of age and an introducer cost, which topics at what cost.
OPTIONAL MATCH (dataset:Dataset)
WITH dataset ORDER BY dataset.name LIMIT 1
WITH coalesce($asOf, dataset.asOf, date.transaction('UTC')) AS asOf,
     toInteger(round(log(2) * 1000000 / coalesce(dataset.halfLifeDays, 730.0))) AS agePerDay,
     toInteger(round(-log(0.8) * 1000000)) AS handover,
     $scope = 'ANY' AS everyTopic
WHERE EXISTS { (:Topic {id: $topicId}) } AND EXISTS { (:Brand {id: $brandId}) }
CALL (everyTopic) {
  CALL (everyTopic) {
    MATCH way = (asked:Topic {id: $topicId})-[:PART_OF*0..2]-(near:Topic)
    WHERE $scope <> 'EXACT' OR near = asked
    RETURN near.id AS topicId, length(way) * 350000 AS cost
    UNION ALL
    WITH '' AS topicId, 500000 AS cost
    WHERE $scope <> 'EXACT'
    RETURN topicId, cost
    UNION ALL
    WITH everyTopic
    WHERE everyTopic
    MATCH ()-[t:TRUSTS]->()
    RETURN DISTINCT t.topicId AS topicId, 1200000 AS cost
  }
  WITH topicId, min(cost) AS cost
  RETURN collect(topicId) AS topicIds, collect({id: topicId, cost: cost}) AS topics
}

// 2. Everybody who has not opted out gets a number, in the order of ids, and the open steps from those whom they listen
//    to, by number, at the cost of the cheapest relationship. Entering one of those whom the brand sends has its cost.
CALL (asOf, agePerDay, everyTopic, topicIds, topics) {
  CALL (asOf, agePerDay, everyTopic, topicIds, topics) {
    CALL (asOf, agePerDay, topics) {
      UNWIND topics AS topic
      MATCH (listener:Person)-[t:TRUSTS {topicId: topic.id}]->(speaker:Person)
      WHERE coalesce(t.since <= asOf, true)
      WITH listener, speaker, t.cost + topic.cost
           + CASE WHEN t.lastSeen < asOf THEN duration.inDays(t.lastSeen, asOf).days ELSE 0 END * agePerDay AS cost
      RETURN listener, speaker, min(cost) AS cost
    }
    WITH *
    WHERE NOT EXISTS {
      MATCH (listener)-[d:DISTRUSTS]->(speaker)
      WHERE (everyTopic OR d.topicId = '' OR d.topicId IN topicIds) AND coalesce(d.since <= asOf, true)
    }
    RETURN listener, speaker, cost
    UNION ALL
    MATCH (person:Person)
    WHERE NOT coalesce(person.optedOut, false)
    RETURN person AS listener, person AS speaker, null AS cost
  }
  WITH speaker, collect({listener: listener, cost: cost}) AS heard
  WHERE any(each IN heard WHERE each.cost IS NULL)
  ORDER BY speaker.id
  RETURN collect(heard) AS heardOf
}
CALL (asOf, heardOf) {
  UNWIND range(0, size(heardOf) - 1) AS number
  UNWIND heardOf[number] AS each
  WITH asOf, each.listener AS person, collect({to: number, cost: each.cost}) AS steps
  WHERE any(step IN steps WHERE step.cost IS NULL)
  WITH person, [step IN steps WHERE step.cost IS NOT NULL] AS hears, COLLECT {
    MATCH (person)-[r:HAS_ROLE]->(:Brand {id: $brandId})
    WHERE r.kind IN ['EMPLOYEE', 'ADVOCATE'] AND coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
    RETURN toInteger(round(-log(coalesce(r.strength, 1.0)) * 1000000)) AS entry ORDER BY entry LIMIT 1
  } AS entries
  ORDER BY person.id
  RETURN collect({id: person.id, hears: hears, entry: head(entries)}) AS people
}

// 3. The best path to everybody, as [cost, hops, numbers], after each hop the best of at most so many: whoever is sent
//    begins at the entry cost and is not gone through. (`head([x IN [value] | …])` only gives a value the name x.)
WITH *, range(0, size(people) - 1) AS numbers
WITH *, reduce(
  best = [n IN numbers | CASE WHEN people[n].entry IS NOT NULL THEN [people[n].entry, 0, [n]] END],
  hop IN range(1, $maxHops) |
    [n IN numbers | reduce(least = best[n], step IN people[n].hears |
      head([way IN [CASE
        WHEN people[step.to].entry IS NOT NULL THEN [people[step.to].entry + step.cost, 1, [step.to, n]]
        ELSE [best[step.to][0] + step.cost + handover, best[step.to][1] + 1, best[step.to][2] + n]
      END] | CASE WHEN way[0] IS NOT NULL AND coalesce(way < least, true) THEN way ELSE least END]))]
) AS best

// 4. Who has a standing and no tie to the brand, and how each stands to it.
UNWIND numbers AS n
MATCH (person:Person {id: people[n].id})-[standing:STANDS_ON]->(:Topic {id: $topicId})
WHERE NOT EXISTS {
    MATCH (person)-[r:HAS_ROLE]->(:Brand {id: $brandId})
    WHERE r.kind <> 'DETRACTOR' AND coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
  } AND NOT EXISTS {
    MATCH (person)-[t:TRUSTS]-(own:Person)-[r:HAS_ROLE]->(:Brand {id: $brandId})
    WHERE coalesce(t.since <= asOf, true) AND NOT coalesce(own.optedOut, false)
      AND r.kind <> 'DETRACTOR' AND coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
  }
WITH asOf, everyTopic, topicIds, person, standing, best[n][0] AS cost, best[n][1] AS hops,
     [number IN best[n][2] | people[number].id] AS personIds,
     CASE WHEN EXISTS {
         MATCH (person)-[r:HAS_ROLE {kind: 'DETRACTOR'}]->(:Brand {id: $brandId})
         WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
       } OR EXISTS {
         MATCH (person)-[d:DISTRUSTS]->(own:Person)-[r:HAS_ROLE]->(:Brand {id: $brandId})
         WHERE (everyTopic OR d.topicId = '' OR d.topicId IN topicIds) AND coalesce(d.since <= asOf, true)
           AND r.kind <> 'DETRACTOR' AND coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
           AND NOT coalesce(own.optedOut, false)
       } THEN 'DETRACTOR' ELSE 'NEUTRAL' END AS stance
RETURN person.id AS personId, person.name AS name, standing.authority AS authority, cost, hops,
       exp(-cost / 1000000.0) AS strength, personIds, stance
ORDER BY authority DESC, personId
LIMIT $first;
