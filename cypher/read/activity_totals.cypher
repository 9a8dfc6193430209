// activity_totals: of everybody active on topics, how many interactions they have on all topics, in one row.
/*
:params { topicIds: ['t0206'], until: 202607 }
access:  read
params:  topicIds: [ID]; until: INTEGER, the last month that counts
returns: personIds: [ID]; interactions: [INTEGER], given and received, aligned
order:   one row, its lists by personId
timeout: 60 s
*/
CALL () {
  MATCH (topic:Topic) WHERE topic.id IN $topicIds
  MATCH (person:Person)-[:ACTIVE_IN]->(topic)
  WITH DISTINCT person
  MATCH (person)-[activity:ACTIVE_IN]->(:Topic)
  WITH person.id AS personId, activity
  RETURN personId, sum(reduce(total = 0, i IN range(0, size(activity.months) - 1) | total +
    CASE WHEN activity.months[i] <= $until THEN activity.given[i] + activity.received[i] ELSE 0 END)) AS total
  ORDER BY personId
}
RETURN collect(personId) AS personIds, collect(total) AS interactions;
