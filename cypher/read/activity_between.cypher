// activity_between: the stored activity of people, each on one topic.
/*
:params { keys: [{ personId: 'p00001', topicId: 't0206' }] }
access:  read
params:  keys: [{ personId, topicId }], each once
returns: personId: ID; topicId: ID; months: [INTEGER]; given: [INTEGER]; received: [INTEGER]; posts: [INTEGER]
order:   personId, topicId
timeout: 20 s
*/
UNWIND $keys AS key
MATCH (:Person {id: key.personId})-[activity:ACTIVE_IN]->(:Topic {id: key.topicId})
RETURN key.personId AS personId, key.topicId AS topicId, activity.months AS months, activity.given AS given,
       activity.received AS received, activity.posts AS posts
ORDER BY personId, topicId;
