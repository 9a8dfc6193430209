// dataset_settings: what the numbers in this database were made with.
/*
:params {}
access:  read
params:  none
returns: name: STRING; asOf: DATE, the default day of every question; saturation: FLOAT; halfLifeDays: FLOAT; weightKinds: [STRING]; weights: [FLOAT], aligned with weightKinds; contentKinds: [STRING], which kinds of interaction are posts; likelihoodDays: INTEGER or null; likelihoodStrengths: [FLOAT] or null, path strengths; likelihoodShares: [FLOAT] or null, of people reached so strongly those who came to trust the other end within likelihoodDays
order:   name
timeout: 20 s
*/
MATCH (d:Dataset)
RETURN d.name AS name, d.asOf AS asOf, d.saturation AS saturation, d.halfLifeDays AS halfLifeDays,
       d.weightKinds AS weightKinds, d.weights AS weights,
       coalesce(d.contentKinds, []) AS contentKinds,
       d.likelihoodDays AS likelihoodDays, d.likelihoodStrengths AS likelihoodStrengths,
       d.likelihoodShares AS likelihoodShares
ORDER BY name;
