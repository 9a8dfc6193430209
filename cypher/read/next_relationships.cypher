// next_relationships: whose trust in one of a brand's people would bring the brand nearest to its targets.
/*
:params { brandId: 'arm.com', targetBrandId: 'coreboot-project', targetPersonIds: null, topicId: null, scope: 'RELATED', asOf: null, assumedStrength: 0.5, minStrength: 0.0, maxHops: 6, orderBy: 'PATHS', first: 5 }
access:  read
params:  brandId: ID; targetBrandId: ID or null; targetPersonIds: [ID] or null; topicId: ID or null (no topic asked); scope: STRING, EXACT, RELATED or ANY; asOf: DATE or null (the data set's, else today); assumedStrength: FLOAT; minStrength: FLOAT; maxHops: INTEGER; orderBy: STRING, PATHS or STRENGTH; first: INTEGER
returns: contactId: ID; brandPersonId: ID; opened: INTEGER; strengthened: INTEGER; gained: INTEGER, millionths of strength; gains: [[ID, INTEGER or null, INTEGER]], target, cost before, cost then
order:   orderBy: opened + strengthened or gained, descending; the other; contactId
timeout: 120 s

One of targetBrandId and targetPersonIds says who the targets are.
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

// 2. Everybody who has not opted out gets a number, in the order of ids, and the open steps to those who listen to them,
//    by number, at the cost of the cheapest relationship.
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
  WITH listener, collect({speaker: speaker, cost: cost}) AS hears
  WHERE any(each IN hears WHERE each.cost IS NULL)
  ORDER BY listener.id
  RETURN collect({hears: hears}) AS numbered
}
CALL (numbered) {
  UNWIND range(0, size(numbered) - 1) AS number
  UNWIND numbered[number].hears AS each
  WITH each.speaker AS person, collect({by: number, cost: each.cost}) AS heard
  WHERE any(step IN heard WHERE step.cost IS NULL)
  WITH person, heard ORDER BY person.id
  RETURN collect({node: person, id: person.id, heard: [step IN heard WHERE step.cost IS NOT NULL]}) AS people
}

// 3. The ends: what entering the brand's people costs; who the targets are.
CALL (asOf, everyTopic, topicIds, people) {
  UNWIND range(0, size(people) - 1) AS n
  WITH asOf, everyTopic, topicIds, n, people[n].node AS person
  WITH n, person,
    COLLECT {
      MATCH (person)-[r:HAS_ROLE]->(:Brand {id: $brandId})
      WHERE r.kind IN ['EMPLOYEE', 'ADVOCATE'] AND coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
      RETURN toInteger(round(-log(coalesce(r.strength, 1.0)) * 1000000)) AS entry ORDER BY entry LIMIT 1
    } AS entries,
    person.id IN $targetPersonIds OR EXISTS {
      MATCH (person)-[r:HAS_ROLE {kind: 'DECISION_MAKER'}]->(:Brand {id: $targetBrandId})
      WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
        AND (everyTopic OR coalesce(r.topicId, '') = '' OR r.topicId IN topicIds)
    } AS target
  ORDER BY n
  RETURN collect({entry: head(entries), target: coalesce(target, false)}) AS ends
}
WITH asOf, everyTopic, topicIds, handover, people, ends,
     toInteger(round(-log($assumedStrength) * 1000000)) AS assumed,
     COLLECT {
       UNWIND range(0, size(ends) - 1) AS n
       WITH n WHERE ends[n].entry IS NOT NULL
       RETURN {number: n, node: people[n].node, entry: ends[n].entry} ORDER BY ends[n].entry, n
     } AS own

// 4. Who could come to trust whom of the brand: nobody of its own, nobody who trusts one of them already; of those whom
//    they do not distrust, the one entered at the least cost.
WITH *, reduce(all = [], each IN own | all + [step IN people[each.number].heard | step.by]) AS tied
CALL (asOf, everyTopic, topicIds, people, ends, own, tied) {
  UNWIND range(0, size(people) - 1) AS n
  WITH asOf, everyTopic, topicIds, own, n, people[n].node AS person
  WHERE ends[n].entry IS NULL AND NOT n IN tied
  WITH n, head(COLLECT {
    UNWIND own AS each
    WITH each, each.node AS speaker
    WHERE NOT EXISTS {
      MATCH (person)-[d:DISTRUSTS]->(speaker)
      WHERE (everyTopic OR d.topicId = '' OR d.topicId IN topicIds) AND coalesce(d.since <= asOf, true)
    }
    RETURN each ORDER BY each.entry, each.number LIMIT 1
  }) AS via
  WHERE via IS NOT NULL
  RETURN collect({contact: n, via: via.number, entry: via.entry}) AS could
}

// 5. costs[h][n]: what the best way from person n to the target costs in at most h steps; null where there is none.
//    Nobody of the brand is gone through.
WITH handover, assumed, people, ends, could, range(0, size(people) - 1) AS numbers
UNWIND [n IN numbers WHERE ends[n].target] AS target
WITH handover, assumed, people, ends, could, target,
  reduce(costs = [[n IN numbers | CASE WHEN n = target THEN 0 END]], h IN range(1, $maxHops) |
    costs + [[n IN numbers | reduce(best = costs[h - 1][n], step IN people[n].heard |
      head([cost IN [costs[h - 1][step.by] + step.cost + CASE WHEN step.by = target THEN 0 ELSE handover END] |
        CASE WHEN (step.by = target OR ends[step.by].entry IS NULL) AND cost < coalesce(best, 9223372036854775807)
          THEN cost ELSE best END]))]]) AS costs
CALL (ends, costs) {
  UNWIND range(0, size(ends) - 1) AS n
  WITH costs[$maxHops][n] + ends[n].entry AS cost
  WHERE exp(-cost / 1000000.0) >= $minStrength
  RETURN min(cost) AS before
}
UNWIND could AS each
WITH people, target, before, each, each.entry + assumed + costs[$maxHops - 1][each.contact]
     + CASE WHEN each.contact = target THEN 0 ELSE handover END AS cost
WHERE cost < coalesce(before, cost + 1) AND exp(-cost / 1000000.0) >= $minStrength
WITH people, each, before, cost, people[target].id AS targetId,
     toInteger(round(exp(-cost / 1000000.0) * 1000000))
     - CASE WHEN before IS NULL THEN 0 ELSE toInteger(round(exp(-before / 1000000.0) * 1000000)) END AS gained
ORDER BY targetId
WITH people[each.contact].id AS contactId, people[each.via].id AS brandPersonId,
     sum(CASE WHEN before IS NULL THEN 1 ELSE 0 END) AS opened,
     sum(CASE WHEN before IS NULL THEN 0 ELSE 1 END) AS strengthened,
     sum(gained) AS gained, collect([targetId, before, cost]) AS gains
RETURN contactId, brandPersonId, opened, strengthened, gained, gains
ORDER BY CASE $orderBy WHEN 'PATHS' THEN opened + strengthened ELSE gained END DESC,
         CASE $orderBy WHEN 'PATHS' THEN gained ELSE opened + strengthened END DESC, contactId
LIMIT $first;
