// forget_person: delete a person and all that hangs on them.
/*
:params { id: 'no-such-person' }
access:  write
params:  id: ID
returns: names: [STRING], the person's name if there was one
order:   one row
timeout: 120 s

Everybody who trusted or distrusted them gets a date, so that readers of what changed see it (docs/meanings.md).
*/
MATCH (person:Person {id: $id})
WITH person, person.name AS name, COLLECT {
  MATCH (other:Person)-[:TRUSTS|DISTRUSTS|OVERRULED]->(person) RETURN DISTINCT other
} AS others
FOREACH (other IN others | SET other.updatedAt = datetime.transaction())
DETACH DELETE person
RETURN collect(name) AS names;
