// upsert_dataset: say what the numbers in this database were made with.
/*
:params { name: 'Open-source review trust', asOf: date('2026-07-31'), saturation: 3.0, halfLifeDays: 730.0, weightKinds: ['ACK', 'REVIEW'], weights: [0.5, 1.0], contentKinds: ['REVIEW'], likelihoodDays: 730, likelihoodStrengths: [0.01, 0.2], likelihoodShares: [0.001, 0.03] }
access:  write
params:  name: STRING; asOf: DATE or null; saturation: FLOAT; halfLifeDays: FLOAT; weightKinds: [STRING]; weights: [FLOAT], aligned with weightKinds; contentKinds: [STRING]; likelihoodDays: INTEGER or null; likelihoodStrengths: [FLOAT] or null; likelihoodShares: [FLOAT] or null, aligned with likelihoodStrengths, all three null where nothing was fitted
returns: created: INTEGER; changed: INTEGER; unchanged: INTEGER
order:   one row
timeout: 20 s

Written last: where there is a Dataset, a load has come to its end.
*/
MERGE (dataset:Dataset)
WITH dataset, CASE
  WHEN dataset.updatedAt IS NULL THEN 'created'
  WHEN dataset.name = $name
    AND dataset.saturation = $saturation
    AND dataset.halfLifeDays = $halfLifeDays
    AND coalesce(dataset.likelihoodDays, 0) = coalesce($likelihoodDays, 0)
    AND coalesce(dataset.likelihoodStrengths, []) = coalesce($likelihoodStrengths, [])
    AND coalesce(dataset.likelihoodShares, []) = coalesce($likelihoodShares, [])
    AND dataset.weightKinds = $weightKinds
    AND dataset.weights = $weights
    AND dataset.contentKinds = $contentKinds
    AND coalesce(dataset.asOf = $asOf, dataset.asOf IS NULL AND $asOf IS NULL)
    THEN 'unchanged'
  ELSE 'changed'
END AS outcome
FOREACH (_ IN CASE outcome WHEN 'unchanged' THEN [] ELSE [1] END |
  SET dataset += {
    name: $name, asOf: $asOf, saturation: $saturation, halfLifeDays: $halfLifeDays,
    likelihoodDays: $likelihoodDays, likelihoodStrengths: $likelihoodStrengths, likelihoodShares: $likelihoodShares,
    weightKinds: $weightKinds, weights: $weights, contentKinds: $contentKinds, updatedAt: datetime.transaction()
  }
)
RETURN
  count(CASE outcome WHEN 'created' THEN 1 END) AS created,
  count(CASE outcome WHEN 'changed' THEN 1 END) AS changed,
  count(CASE outcome WHEN 'unchanged' THEN 1 END) AS unchanged;
