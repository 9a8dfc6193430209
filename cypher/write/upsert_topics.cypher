// upsert_topics: create topics (without their links), or change those that differ.
/*
:params { rows: [{ id: 'dpdk', name: 'DPDK' }] }
access:  write
params:  rows: [{ id, name, and perhaps description }], a key that is left out leaves the property alone, null removes it
returns: created: INTEGER; changed: INTEGER; unchanged: INTEGER; outcomes: [STRING], created, changed or unchanged for each row in turn
order:   one row
timeout: 60 s
*/
UNWIND $rows AS row
MERGE (topic:Topic {id: row.id})
WITH topic, row, CASE
  WHEN topic.updatedAt IS NULL THEN 'created'
  WHEN any(key IN keys(row) WHERE NOT coalesce(topic[key] = row[key], topic[key] IS NULL AND row[key] IS NULL)) THEN 'changed'
  ELSE 'unchanged'
END AS outcome
FOREACH (_ IN CASE outcome WHEN 'unchanged' THEN [] ELSE [1] END |
  SET topic += row, topic.updatedAt = datetime.transaction()
)
RETURN
  count(CASE outcome WHEN 'created' THEN 1 END) AS created,
  count(CASE outcome WHEN 'changed' THEN 1 END) AS changed,
  count(CASE outcome WHEN 'unchanged' THEN 1 END) AS unchanged,
  collect(outcome) AS outcomes;
