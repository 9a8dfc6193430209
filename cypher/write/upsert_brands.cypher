// upsert_brands: create brands, or change those that differ.
/*
:params { rows: [{ id: 'dpdk-project', name: 'DPDK project' }] }
access:  write
params:  rows: [{ id, name, and perhaps domain }], a key that is left out leaves the property alone, null removes it
returns: created: INTEGER; changed: INTEGER; unchanged: INTEGER; outcomes: [STRING], created, changed or unchanged for each row in turn
order:   one row
timeout: 60 s
*/
UNWIND $rows AS row
MERGE (brand:Brand {id: row.id})
WITH brand, row, CASE
  WHEN brand.updatedAt IS NULL THEN 'created'
  WHEN any(key IN keys(row) WHERE NOT coalesce(brand[key] = row[key], brand[key] IS NULL AND row[key] IS NULL)) THEN 'changed'
  ELSE 'unchanged'
END AS outcome
FOREACH (_ IN CASE outcome WHEN 'unchanged' THEN [] ELSE [1] END |
  SET brand += row, brand.updatedAt = datetime.transaction()
)
RETURN
  count(CASE outcome WHEN 'created' THEN 1 END) AS created,
  count(CASE outcome WHEN 'changed' THEN 1 END) AS changed,
  count(CASE outcome WHEN 'unchanged' THEN 1 END) AS unchanged,
  collect(outcome) AS outcomes;
