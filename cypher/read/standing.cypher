// standing: who stands how on a topic: reach, resonance, relevance and engagement, from the database alone.
/*
:params { topicId: 'dpdk', scope: 'RELATED', asOf: null, orderBy: 'RESONANCE', first: 20 }
access:  read
params:  topicId: ID; scope: STRING, EXACT, RELATED or ANY; asOf: DATE or null (the data set's, else today); orderBy: STRING, REACH, RESONANCE or RELEVANCE; first: INTEGER
returns: personId: ID; name: STRING; reach: INTEGER; resonance: FLOAT; relevance: FLOAT; given: INTEGER, interactions in scope; received: INTEGER; everywhere: INTEGER, both on all topics; engagedBy: INTEGER, people whose trust rests on interactions; answered: INTEGER, of these; reciprocity: FLOAT or null; class: STRING or null
order:   the measure asked for descending, personId
timeout: 120 s

Authority is no sum over neighbours but the outcome of many steps: stored_standing has it, as the service wrote it back.
*/
// 1. What the question admits: the day, what a day of age and an introducer cost, which topics at what cost.
OPTIONAL MATCH (dataset:Dataset)
WITH dataset ORDER BY dataset.name LIMIT 1
WITH coalesce($asOf, dataset.asOf, date.transaction('UTC')) AS asOf,
     toInteger(round(log(2) * 1000000 / coalesce(dataset.halfLifeDays, 730.0))) AS agePerDay,
     $scope = 'ANY' AS everyTopic
WHERE EXISTS { (:Topic {id: $topicId}) }
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

// 2. The network: who listens to whom, each pair once at the cost of its cheapest trust, and whether any trust between
//    them rests on interactions.
CALL (asOf, agePerDay, everyTopic, topicIds, topics) {
  CALL (asOf, agePerDay, topics) {
    UNWIND topics AS topic
    MATCH (listener:Person)-[t:TRUSTS {topicId: topic.id}]->(speaker:Person)
    WHERE coalesce(t.since <= asOf, true) AND listener <> speaker
      AND NOT coalesce(listener.optedOut, false) AND NOT coalesce(speaker.optedOut, false)
    WITH listener, speaker, t, t.cost + topic.cost + agePerDay *
         CASE WHEN t.lastSeen < asOf THEN duration.inDays(t.lastSeen, asOf).days ELSE 0 END AS cost
    WHERE exp(-cost / 1000000.0) > 0
    RETURN listener, speaker, min(cost) AS cost,
           max(reduce(counted = 0, n IN coalesce(t.evidenceCounts, []) | counted + n)) > 0 AS engaged
  }
  WITH *
  WHERE NOT EXISTS {
    MATCH (listener)-[d:DISTRUSTS]->(speaker)
    WHERE (everyTopic OR d.topicId = '' OR d.topicId IN topicIds) AND coalesce(d.since <= asOf, true)
  }
  RETURN collect({listener: listener, speaker: speaker, cost: cost, engaged: engaged}) AS ties
}

// 3. What each person gets from it; who listens only, or is active only, gets nothing, but is there.
WITH asOf.year * 100 + asOf.month AS until, everyTopic, topicIds, ties
CALL (until, everyTopic, topicIds, ties) {
  UNWIND ties AS tie
  RETURN tie.speaker AS person, 0 AS reach, sum(exp(-tie.cost / 1000000.0)) AS resonance,
         sum(CASE WHEN tie.engaged THEN 1 ELSE 0 END) AS engagedBy, 0 AS answered
  UNION ALL
  // Both engage with each other: two ties between the same two.
  WITH ties
  UNWIND [tie IN ties WHERE tie.engaged] AS tie
  WITH CASE WHEN tie.listener.id < tie.speaker.id THEN [tie.listener, tie.speaker] ELSE [tie.speaker, tie.listener] END AS two,
       count(*) AS ways
  WHERE ways = 2
  UNWIND two AS person
  RETURN person, 0 AS reach, 0.0 AS resonance, 0 AS engagedBy, count(*) AS answered
  UNION ALL
  // Directly, and through every introducer: whom they listen to, joined with who listens to them.
  WITH ties
  CALL (ties) {
    UNWIND [tie IN ties WHERE exp(-tie.cost / 1000000.0) >= 0.1] AS tie
    RETURN tie.speaker AS person, tie.listener AS reached
    UNION
    UNWIND [tie IN ties WHERE exp(-tie.cost / 1000000.0) >= 0.1] AS tie
    UNWIND [[tie.listener, tie.speaker, null], [tie.speaker, null, tie.listener]] AS side
    WITH side[0] AS introducer, collect(CASE WHEN side[1] IS NOT NULL THEN {person: side[1], cost: tie.cost} END) AS heard,
         collect(CASE WHEN side[2] IS NOT NULL THEN {person: side[2], cost: tie.cost} END) AS hearing
    UNWIND heard AS near
    UNWIND hearing AS far
    WITH near, far
    WHERE near.person <> far.person
      AND exp(-(near.cost + toInteger(round(-log(0.8) * 1000000)) + far.cost) / 1000000.0) >= 0.1
    RETURN near.person AS person, far.person AS reached
  }
  RETURN person, count(reached) AS reach, 0.0 AS resonance, 0 AS engagedBy, 0 AS answered
  UNION ALL
  WITH ties
  UNWIND ties AS tie
  RETURN DISTINCT tie.listener AS person, 0 AS reach, 0.0 AS resonance, 0 AS engagedBy, 0 AS answered
  UNION ALL
  WITH until, everyTopic, topicIds
  MATCH (topic:Topic) WHERE everyTopic OR topic.id IN topicIds
  MATCH (person:Person)-[a:ACTIVE_IN]->(topic)
  WHERE NOT coalesce(person.optedOut, false)
    AND any(i IN range(0, size(a.months) - 1) WHERE a.months[i] <= until AND a.given[i] + a.received[i] > 0)
  RETURN DISTINCT person, 0 AS reach, 0.0 AS resonance, 0 AS engagedBy, 0 AS answered
}
WITH until, everyTopic, topicIds, person, sum(reach) AS reach, sum(resonance) AS resonance, sum(engagedBy) AS engagedBy,
     sum(answered) AS answered
WITH until, everyTopic, topicIds,
     collect({person: person, reach: reach, resonance: resonance, engagedBy: engagedBy, answered: answered}) AS people

// 4. Interactions: everybody's, for the share, and each one's.
CALL (until, everyTopic, topicIds) {
  MATCH (:Person)-[a:ACTIVE_IN]->(topic:Topic)
  WITH everyTopic OR topic.id IN topicIds AS inScope, reduce(n = 0, i IN range(0, size(a.months) - 1) |
    n + CASE WHEN a.months[i] <= until THEN a.given[i] + a.received[i] ELSE 0 END) AS interactions
  WITH sum(CASE WHEN inScope THEN interactions ELSE 0 END) AS inScope, sum(interactions) AS inAll
  RETURN CASE WHEN inAll = 0 THEN 0.0 ELSE toFloat(inScope) / inAll END AS share
}
UNWIND people AS row
CALL (row, until, everyTopic, topicIds) {
  WITH row.person AS person, until, everyTopic, topicIds
  MATCH (person)-[a:ACTIVE_IN]->(topic:Topic)
  WITH everyTopic OR topic.id IN topicIds AS inScope,
       reduce(n = 0, i IN range(0, size(a.months) - 1) | n + CASE WHEN a.months[i] <= until THEN a.given[i] ELSE 0 END) AS given,
       reduce(n = 0, i IN range(0, size(a.months) - 1) | n + CASE WHEN a.months[i] <= until THEN a.received[i] ELSE 0 END) AS received
  RETURN sum(CASE WHEN inScope THEN given ELSE 0 END) AS given, sum(CASE WHEN inScope THEN received ELSE 0 END) AS received,
         sum(given + received) AS everywhere
}
WITH row.person AS person, row.reach AS reach, row.resonance AS resonance, row.engagedBy AS engagedBy, row.answered AS answered,
     given, received, everywhere, (given + received + 10 * share) / (everywhere + 10) AS relevance
RETURN person.id AS personId, person.name AS name, reach, resonance, relevance, given, received, everywhere, engagedBy, answered,
       CASE WHEN engagedBy > 0 THEN toFloat(answered) / engagedBy END AS reciprocity,
       CASE
         WHEN given + received = 0 THEN null
         WHEN engagedBy >= 10 AND toFloat(answered) / engagedBy < 0.25 THEN 'BROADCASTER'
         WHEN engagedBy = 0 OR given >= 2 * received THEN 'LISTENER'
         ELSE 'ENGAGER'
       END AS class
ORDER BY CASE $orderBy WHEN 'REACH' THEN reach WHEN 'RESONANCE' THEN resonance WHEN 'RELEVANCE' THEN relevance END DESC, personId
LIMIT $first;
