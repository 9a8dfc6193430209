// forgotten_people: the marks of people who were forgotten, and the key that they were made with.
/*
:params {}
access:  read
params:  none
returns: marks: [STRING]; keyIds: [STRING], of all keys used
order:   none; one row
timeout: 20 s

A mark is a keyed hash of an id. The key is in the service's state folder, never here.
*/
MATCH (forgotten:Forgotten)
RETURN collect(forgotten.mark) AS marks, collect(DISTINCT forgotten.keyId) AS keyIds;
