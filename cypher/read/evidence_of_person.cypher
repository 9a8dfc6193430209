// evidence_of_person: what others' trust in a person rests on, by topic and kind of interaction.
/*
:params { personId: 'p00001', first: 20 }
access:  read
params:  personId: ID; first: INTEGER
returns: topicId: ID, '' in general; topic: STRING; kind: STRING, of interaction; interactions: INTEGER; people: INTEGER, how many gave it; since: DATE, first interaction of those people; lastSeen: DATE, last
order:   interactions descending, topicId, kind
timeout: 20 s
*/
MATCH (other:Person)-[t:TRUSTS]->(p:Person {id: $personId})
UNWIND range(0, size(t.evidenceKinds) - 1) AS i
WITH t.topicId AS topicId, t.evidenceKinds[i] AS kind, sum(t.evidenceCounts[i]) AS interactions,
     count(DISTINCT other) AS people, min(t.since) AS since, max(t.lastSeen) AS lastSeen
OPTIONAL MATCH (topic:Topic {id: topicId})
RETURN topicId, topic.name AS topic, kind, interactions, people, since, lastSeen
ORDER BY interactions DESC, topicId, kind
LIMIT $first;
