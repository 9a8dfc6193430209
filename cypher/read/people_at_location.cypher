// people_at_location: who is at a location.
/*
:params { location: 'Oslo' }
access:  read
params:  location: STRING, compared exactly
returns: personId: ID
order:   personId
timeout: 20 s
*/
MATCH (person:Person {location: $location})
RETURN person.id AS personId
ORDER BY personId;
