// withdraw_trust: remove statements of trust and distrust, and the evidence they overruled, which the caller writes anew as trust.
/*
:params { keys: [{ fromId: 'p00001', toId: 'p00002', topicId: 't0206' }] }
access:  write
params:  keys: [{ fromId, toId, topicId }], each once
returns: withdrawn: [[ID]], the keys (fromId, toId, topicId) on which there was a statement
order:   none; one row
timeout: 60 s

What is deleted has no date, so the listener gets one: readers of what changed then see it (docs/meanings.md).
*/
UNWIND $keys AS key
MATCH (listener:Person {id: key.fromId})
SET listener.name = listener.name
WITH listener, key
MATCH (listener)-[statement:TRUSTS|DISTRUSTS]->(speaker:Person {id: key.toId})
WHERE statement.topicId + '' = key.topicId AND statement.evidenceKinds IS NULL
OPTIONAL MATCH (listener)-[overruled:OVERRULED]->(speaker) WHERE overruled.topicId + '' = key.topicId
SET listener.updatedAt = datetime.transaction()
DELETE statement, overruled
RETURN collect([key.fromId, key.toId, key.topicId]) AS withdrawn;
