// leverage: the few contacts who together influence most of an audience, chosen greedily.
/*
:params { brandId: null, communityId: null, personIds: ['p00001', 'p00002', 'p00003'], contacts: 3, topicId: null, scope: 'RELATED', asOf: null, minStrength: 0.1, maxHops: 2 }
access:  read
params:  brandId: ID or null; communityId: ID or null; personIds: [ID] or null; contacts: INTEGER; topicId: ID or null (no topic asked); scope: STRING, EXACT, RELATED or ANY; asOf: DATE or null (the data set's, else today); minStrength: FLOAT; maxHops: INTEGER, 1 or 2
returns: personId: ID; inAudience: BOOLEAN; reaches: INTEGER; gain: INTEGER; together: INTEGER; adds: [ID], ascending; audience: INTEGER
order:   together, personId
timeout: 120 s

One of brandId, communityId and personIds says who the audience is. Every gain is computed anew at every choice (plain
greedy); the service computes those that can still matter (lazy greedy), which chooses the same. Cypher has no loop for
what aggregates, so the two rounds of step 3 are written out; longer paths only the service takes.
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

// 2. Everybody who has not opted out gets a number, in the order of ids, and the open steps to whom they listen, by
//    number, at the cost of the cheapest relationship.
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
  WITH speaker, collect({listener: listener, cost: cost}) AS heardBy
  WHERE any(each IN heardBy WHERE each.cost IS NULL)
  ORDER BY speaker.id
  RETURN collect({heardBy: heardBy}) AS numbered
}
CALL (numbered) {
  UNWIND range(0, size(numbered) - 1) AS number
  UNWIND numbered[number].heardBy AS each
  WITH each.listener AS person, collect({to: number, cost: each.cost}) AS steps
  WHERE any(step IN steps WHERE step.cost IS NULL)
  WITH person, steps ORDER BY person.id
  RETURN collect({node: person, id: person.id, steps: [step IN steps WHERE step.cost IS NOT NULL]}) AS people
}

// 3. Whom each of the audience comes to: in the first round themselves, in each further one whoever is a step away.
WITH asOf, handover, people, [n IN range(0, size(people) - 1)
  WHERE people[n].id IN $personIds
     OR EXISTS { (:Community {id: $communityId})<-[:MEMBER_OF]-(person:Person WHERE person = people[n].node) }
     OR EXISTS {
       MATCH (person:Person WHERE person = people[n].node)-[r:HAS_ROLE {kind: 'CUSTOMER'}]->(:Brand {id: $brandId})
       WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
     }] AS audience
CALL (handover, people, audience) {
  UNWIND audience AS member
  WITH handover, people, member, [{to: member, cost: 0}] AS reached0
  CALL (handover, people, member, reached0) {
    UNWIND reached0 AS known
    UNWIND [{to: known.to, cost: 0}] + [step IN people[known.to].steps | {
      to: step.to, cost: step.cost + CASE WHEN known.to = member THEN 0 ELSE handover END
    }] AS step
    WITH step.to AS to, min(known.cost + step.cost) AS cost
    WHERE exp(-cost / 1000000.0) >= $minStrength
    RETURN collect({to: to, cost: cost}) AS reached1
  }
  CALL (handover, people, member, reached1) {
    UNWIND reached1 AS known
    UNWIND [{to: known.to, cost: 0}] + [step IN people[known.to].steps WHERE $maxHops > 1 | {
      to: step.to, cost: step.cost + CASE WHEN known.to = member THEN 0 ELSE handover END
    }] AS step
    WITH step.to AS to, min(known.cost + step.cost) AS cost
    WHERE exp(-cost / 1000000.0) >= $minStrength
    RETURN collect({to: to, cost: cost}) AS reached2
  }
  UNWIND reached2 AS reached
  WITH reached.to AS contact, collect(member) AS members
  ORDER BY contact
  RETURN collect({number: contact, members: members}) AS contacts
}

// 4. Again and again the contact who adds most, the first by id where several add as much.
WITH people, audience, reduce(chosen = [], place IN range(1, $contacts) |
  head([covered IN [reduce(all = [], c IN chosen | all + c.adds)] |
  chosen + [best IN [reduce(best = {adds: []}, contact IN contacts |
    head([adds IN [[m IN contact.members WHERE NOT m IN covered]] |
      CASE WHEN size(adds) > size(best.adds)
        THEN {number: contact.number, adds: adds, reaches: size(contact.members), together: size(covered) + size(adds)}
        ELSE best
      END]))] WHERE size(best.adds) > 0]])) AS chosen
UNWIND chosen AS contact
RETURN people[contact.number].id AS personId, contact.number IN audience AS inAudience, contact.reaches AS reaches,
       size(contact.adds) AS gain, contact.together AS together,
       COLLECT { UNWIND contact.adds AS n WITH n ORDER BY n RETURN people[n].id } AS adds, size(audience) AS audience
ORDER BY together, personId;
