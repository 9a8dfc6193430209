// activity_of_person: how active a person was, topic by topic and month by month, in one row.
/*
:params { personId: 'p00001' }
access:  read
params:  personId: ID
returns: personIds: [ID]; topicIds: [ID]; months: [[INTEGER]], like 202405, ascending; given: [[INTEGER]]; received: [[INTEGER]]; posts: [[INTEGER]], all aligned
order:   one row, its lists by topicId
timeout: 20 s
*/
CALL () {
  MATCH (person:Person {id: $personId})-[activity:ACTIVE_IN]->(topic:Topic)
  RETURN person.id AS personId, topic.id AS topicId, activity
  ORDER BY topicId, personId
}
RETURN collect(personId) AS personIds, collect(topicId) AS topicIds, collect(activity.months) AS months,
       collect(activity.given) AS given, collect(activity.received) AS received, collect(activity.posts) AS posts;
