// activity_on_topics: how active everybody was on topics, month by month, in one row.
/*
:params { topicIds: ['t0206'] }
access:  read
params:  topicIds: [ID]
returns: personIds: [ID]; topicIds: [ID]; months: [[INTEGER]], like 202405, ascending; given: [[INTEGER]]; received: [[INTEGER]]; posts: [[INTEGER]], all aligned
order:   one row, its lists by topicId, personId
timeout: 60 s
*/
CALL () {
  UNWIND $topicIds AS topicId
  MATCH (person:Person)-[activity:ACTIVE_IN]->(:Topic {id: topicId})
  RETURN person.id AS personId, topicId, activity
  ORDER BY topicId, personId
}
RETURN collect(personId) AS personIds, collect(topicId) AS topicIds, collect(activity.months) AS months,
       collect(activity.given) AS given, collect(activity.received) AS received, collect(activity.posts) AS posts;
