// snapshot_dataset: what the numbers in this database were made with.
/*
:params {}
access:  read
params:  none
returns: name: STRING; asOf: DATE or null; saturation: FLOAT or null; halfLifeDays: FLOAT or null; weightKinds: [STRING]; weights: [FLOAT]; contentKinds: [STRING]; likelihoodDays: INTEGER or null; likelihoodStrengths: [FLOAT] or null; likelihoodShares: [FLOAT] or null
order:   one row at most
timeout: 10 s
*/
MATCH (d:Dataset)
RETURN d.name AS name, d.asOf AS asOf, d.saturation AS saturation, d.halfLifeDays AS halfLifeDays,
       coalesce(d.weightKinds, []) AS weightKinds, coalesce(d.weights, []) AS weights,
       coalesce(d.contentKinds, []) AS contentKinds,
       d.likelihoodDays AS likelihoodDays, d.likelihoodStrengths AS likelihoodStrengths,
       d.likelihoodShares AS likelihoodShares
ORDER BY name
LIMIT 1;
