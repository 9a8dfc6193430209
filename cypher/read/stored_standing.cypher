// stored_standing: who stands how on a topic, authority included, as the service wrote it back.
/*
:params { topicId: 'dpdk', first: 20 }
access:  read
params:  topicId: ID; first: INTEGER
returns: personId: ID; name: STRING; authority: FLOAT; reach: INTEGER; resonance: FLOAT; relevance: FLOAT; snapshotId: STRING, the first snapshot that gave these numbers; computedAt: DATETIME
order:   authority descending, personId
timeout: 60 s

Empty where the standing on a topic is not stored: stored_standing_topics lists those where it is.
*/
MATCH (person:Person)-[standing:STANDS_ON]->(:Topic {id: $topicId})
RETURN person.id AS personId, person.name AS name, standing.authority AS authority, standing.reach AS reach,
       standing.resonance AS resonance, standing.relevance AS relevance, standing.snapshotId AS snapshotId,
       standing.computedAt AS computedAt
ORDER BY authority DESC, personId
LIMIT $first;
