// people_by_id: what is known of people, by their ids.
/*
:params { personIds: ['p00001', 'p00003'] }
access:  read
params:  personIds: [ID]
returns: id: ID; name: STRING; headline: STRING, may be null; location: STRING, may be null; optedOut: BOOLEAN
order:   id
timeout: 10 s
*/
UNWIND $personIds AS personId
MATCH (p:Person {id: personId})
RETURN DISTINCT p.id AS id, p.name AS name, p.headline AS headline, p.location AS location,
       coalesce(p.optedOut, false) AS optedOut
ORDER BY id;
