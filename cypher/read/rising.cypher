// rising: people, and topics below a topic, whose part of the interactions on it grew.
/*
:params { topicId: 'dpdk', interval: 'QUARTER', from: null, to: null, scope: 'RELATED' }
access:  read
params:  topicId: ID; interval: STRING, MONTH, QUARTER or YEAR; from: DATE or null (24 intervals); to: DATE or null (the data set's, else today); scope: STRING, EXACT, RELATED or ANY
returns: kind: STRING, PERSON or TOPIC; id: ID; recent: INTEGER, interactions in the second half of the complete intervals; former: INTEGER, in as many before; rise: FLOAT, by which factor the part of all grew, five interactions spread like all being added
order:   kind, rise descending, id
timeout: 60 s
*/
// 1. The intervals, and the topics in scope.
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce(d.asOf, date.transaction('UTC')) AS known,
     CASE $interval WHEN 'MONTH' THEN 1 WHEN 'QUARTER' THEN 3 ELSE 12 END AS months
WHERE EXISTS { (:Topic {id: $topicId}) }
WITH known, months, coalesce($to, known) AS until
WITH known, months, until.year * 100 + until.month AS lastMonth, (until.year * 12 + until.month - 1) / months AS last
WITH known, months, lastMonth, last, CASE
    WHEN $from IS NOT NULL THEN ($from.year * 12 + $from.month - 1) / months
    WHEN last - 23 < 12 / months THEN 12 / months
    ELSE last - 23
  END AS first
UNWIND range(first, last) AS number
WITH known, months, lastMonth, first, date({year: number * months / 12, month: number * months % 12 + 1}) AS start,
     date({year: (number + 1) * months / 12, month: (number + 1) * months % 12 + 1}) - duration('P1D') AS end
WITH months, lastMonth, first, collect({
  start: start, end: end, complete: end <= known AND end.year * 100 + end.month <= lastMonth
}) AS spans
CALL () {
  CALL () {
    MATCH (asked:Topic {id: $topicId})-[:PART_OF*0..2]-(near:Topic)
    WHERE $scope <> 'EXACT' OR near = asked
    RETURN near.id AS topicId
    UNION
    WITH '' AS topicId
    WHERE $scope <> 'EXACT'
    RETURN topicId
    UNION
    MATCH (topic:Topic)
    WHERE $scope = 'ANY'
    RETURN topic.id AS topicId
    UNION
    MATCH ()-[t:TRUSTS]->()
    WHERE $scope = 'ANY'
    RETURN t.topicId AS topicId
  }
  RETURN collect(topicId) AS topicIds
}

WITH months, lastMonth, first, topicIds, size([span IN spans WHERE span.complete]) AS complete

// 2. What each person did on each topic in the two halves.
CALL (months, lastMonth, first, topicIds, complete) {
  UNWIND topicIds AS topicId
  MATCH (person:Person)-[a:ACTIVE_IN]->(topic:Topic {id: topicId})
  WHERE NOT coalesce(person.optedOut, false)
  UNWIND range(0, size(a.months) - 1) AS i
  WITH lastMonth, complete, person, topic, a.months[i] AS month, a.given[i] AS given,
       (a.months[i] / 100 * 12 + a.months[i] % 100 - 1) / months - first AS place
  WHERE month <= lastMonth AND complete - 2 * (complete / 2) <= place < complete
  WITH person, topic, place >= complete - complete / 2 AS late, given
  RETURN person, topic, sum(CASE WHEN late THEN given ELSE 0 END) AS recent,
         sum(CASE WHEN late THEN 0 ELSE given END) AS former
}
WITH collect({personId: person.id, topic: topic, recent: recent, former: former}) AS acts
WITH acts, reduce(sum = 0, act IN acts | sum + act.recent) AS r, reduce(sum = 0, act IN acts | sum + act.former) AS f
WHERE r > 0 AND f > 0

// 3. Summed by person and by topic; who did as the whole did has a rise of 1.
UNWIND acts AS act
UNWIND [{kind: 'PERSON', id: act.personId}, {kind: 'TOPIC', id: act.topic.id}] AS riser
WITH r, f, riser, act
WHERE riser.kind = 'PERSON' OR EXISTS { (:Topic {id: riser.id})-[:PART_OF*1..50]->(:Topic {id: $topicId}) }
WITH r, f, riser.kind AS kind, riser.id AS id, sum(act.recent) AS recent, sum(act.former) AS former
WITH kind, id, recent, former, (recent * (r + f) + 5 * r) * toFloat(f) / ((former * (r + f) + 5 * f) * toFloat(r)) AS rise
WHERE rise > 1
RETURN kind, id, recent, former, rise
ORDER BY kind, rise DESC, id;
