// topics_by_trust: which topics have the most trust, so the most to ask about.
/*
:params { first: 20 }
access:  read
params:  first: INTEGER
returns: topicId: ID, '' in general; topic: STRING, null where the database has no such topic; relationships: INTEGER; listeners: INTEGER, people who trust; speakers: INTEGER, people who are trusted; lastSeen: DATE, the latest
order:   relationships descending, topicId
timeout: 20 s
*/
MATCH (listener:Person)-[t:TRUSTS]->(speaker:Person)
WITH t.topicId AS topicId, count(t) AS relationships, count(DISTINCT listener) AS listeners,
     count(DISTINCT speaker) AS speakers, max(t.lastSeen) AS lastSeen
OPTIONAL MATCH (topic:Topic {id: topicId})
RETURN topicId, topic.name AS topic, relationships, listeners, speakers, lastSeen
ORDER BY relationships DESC, topicId
LIMIT $first;
