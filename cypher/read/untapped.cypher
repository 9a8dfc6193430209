// untapped: a brand's own employees, customers and advocates whose standing on a topic it leaves unused.
/*
:params { brandId: 'intel.com', topicId: 'dpdk', scope: 'RELATED', asOf: null, first: 20 }
access:  read
params:  brandId: ID; topicId: ID; scope: STRING, EXACT, RELATED or ANY; asOf: DATE or null (the data set's, else today); first: INTEGER
returns: personId: ID; name: STRING; authority: FLOAT; percentile: FLOAT, of authority among the topic's people; kinds: [STRING], of their roles there; listeners: INTEGER, outside the brand; newListeners: INTEGER, of these, who listen to none of its voices
order:   authority descending, personId
timeout: 120 s

Unused: in the upper half by authority, and neither ADVOCATE nor DECISION_MAKER there for a topic in scope or for every
topic; who is either is a voice of the brand. Authority is the stored one, of scope RELATED on the usual day; scope and asOf
say what counts for roles and listeners. Empty where none is stored (stored_standing_topics).
*/
// 1. What the question admits: the day, what a day of age and an introducer cost, which topics at what cost.
OPTIONAL MATCH (dataset:Dataset)
WITH dataset ORDER BY dataset.name LIMIT 1
WITH coalesce($asOf, dataset.asOf, date.transaction('UTC')) AS asOf,
     toInteger(round(log(2) * 1000000 / coalesce(dataset.halfLifeDays, 730.0))) AS agePerDay,
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

// 2. The brand's own people on the day; which of them are its voices, and which it could send.
CALL (asOf, everyTopic, topicIds) {
  MATCH (own:Person)-[r:HAS_ROLE]->(:Brand {id: $brandId})
  WHERE r.kind <> 'DETRACTOR' AND coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
    AND NOT coalesce(own.optedOut, false)
  WITH own, collect(r.kind) AS kinds, max(r.kind IN ['ADVOCATE', 'DECISION_MAKER']
       AND (everyTopic OR coalesce(r.topicId, '') = '' OR r.topicId IN topicIds)) AS speaks
  RETURN collect(own) AS own, collect(CASE WHEN speaks THEN own END) AS voices,
         collect(CASE WHEN NOT speaks AND any(kind IN kinds WHERE kind IN ['EMPLOYEE', 'CUSTOMER', 'ADVOCATE'])
                   THEN own END) AS quiet
}

// 3. Who listens to whom on the topic, outside the brand.
CALL (asOf, agePerDay, everyTopic, topicIds, topics, own, voices, quiet) {
  UNWIND topics AS topic
  MATCH (listener:Person)-[t:TRUSTS {topicId: topic.id}]->(speaker:Person)
  WHERE (speaker IN voices OR speaker IN quiet) AND NOT listener IN own AND coalesce(t.since <= asOf, true)
    AND NOT coalesce(listener.optedOut, false)
    AND exp(-(t.cost + topic.cost + agePerDay *
              CASE WHEN t.lastSeen < asOf THEN duration.inDays(t.lastSeen, asOf).days ELSE 0 END) / 1000000.0) > 0
    AND NOT EXISTS {
      MATCH (listener)-[d:DISTRUSTS]->(speaker)
      WHERE (everyTopic OR d.topicId = '' OR d.topicId IN topicIds) AND coalesce(d.since <= asOf, true)
    }
  WITH voices, listener, collect(DISTINCT speaker) AS heard
  RETURN collect({listener: listener, heard: heard, new: none(speaker IN heard WHERE speaker IN voices)}) AS listening
}

// 4. Those with a standing in the upper half.
CALL () {
  MATCH (:Person)-[standing:STANDS_ON]->(:Topic {id: $topicId})
  RETURN collect(standing.authority) AS everybody
}
UNWIND quiet AS person
MATCH (person)-[standing:STANDS_ON]->(:Topic {id: $topicId})
WITH asOf, listening, person, standing.authority AS authority,
     (size([other IN everybody WHERE other < standing.authority])
      + size([other IN everybody WHERE other <= standing.authority])) * (50.0 / size(everybody)) AS percentile
WHERE percentile >= 50.0
WITH *, [each IN listening WHERE person IN each.heard] AS listeners
RETURN person.id AS personId, person.name AS name, authority, percentile,
       COLLECT {
         MATCH (person)-[r:HAS_ROLE]->(:Brand {id: $brandId})
         WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
         RETURN DISTINCT r.kind AS kind ORDER BY kind
       } AS kinds,
       size(listeners) AS listeners, size([each IN listeners WHERE each.new]) AS newListeners
ORDER BY authority DESC, personId
LIMIT $first;
