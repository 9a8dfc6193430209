// upsert_people: create people, or change those that differ; nobody who was forgotten.
/*
:params { rows: [{ id: 'p00001', name: 'Aarne Novák', headline: null }], marks: ['0f'] }
access:  write
params:  rows: [{ id, name, and any of headline, location, optedOut }], a key that is left out leaves the property alone, null removes it; marks: [STRING], of each row's id in turn, as Forgotten nodes have them, or none at all
returns: created: INTEGER; changed: INTEGER; unchanged: INTEGER; outcomes: [STRING], created, changed or unchanged for each row in turn but those of forgotten people
order:   one row
timeout: 60 s
*/
UNWIND range(0, size($rows) - 1) AS place
WITH $rows[place] AS row, $marks[place] AS mark
WHERE NOT EXISTS { (:Forgotten {mark: mark}) }
MERGE (person:Person {id: row.id})
ON CREATE SET person.optedOut = false
WITH person, row, CASE
  WHEN person.updatedAt IS NULL THEN 'created'
  WHEN any(key IN keys(row) WHERE NOT coalesce(person[key] = row[key], person[key] IS NULL AND row[key] IS NULL)) THEN 'changed'
  ELSE 'unchanged'
END AS outcome
FOREACH (_ IN CASE outcome WHEN 'unchanged' THEN [] ELSE [1] END |
  SET person += row, person.updatedAt = datetime.transaction()
)
RETURN
  count(CASE outcome WHEN 'created' THEN 1 END) AS created,
  count(CASE outcome WHEN 'changed' THEN 1 END) AS changed,
  count(CASE outcome WHEN 'unchanged' THEN 1 END) AS unchanged,
  collect(outcome) AS outcomes;
