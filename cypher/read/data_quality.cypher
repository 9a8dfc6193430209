// data_quality: what in the graph is not as it should be; nothing found means all is well.
/*
:params {}
access:  read
params:  none
returns: check: STRING, what is wrong; found: INTEGER; examples: [STRING], at most five
order:   check
timeout: 120 s
*/
UNWIND [
  {check: 'trust: topic is not in the database', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS|DISTRUSTS]->(b:Person)
    WHERE r.topicId <> '' AND NOT EXISTS { (:Topic {id: r.topicId}) }
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: no topicId (an empty one is trust in general)', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS|DISTRUSTS]->(b:Person)
    WHERE r.topicId IS NULL
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: in oneself', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS|DISTRUSTS]->(b:Person)
    WHERE a = b
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: strength is not in (0, 0.99]', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS|DISTRUSTS]->(b:Person)
    WHERE NOT coalesce(0 < r.strength <= 0.99, false)
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: cost is not round(-ln(strength) * 1000000)', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS]->(b:Person)
    WHERE r.strength > 0 AND NOT coalesce(r.cost = toInteger(round(-log(r.strength) * 1000000)), false)
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: no updatedAt', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS|DISTRUSTS]->(b:Person)
    WHERE r.updatedAt IS NULL
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: since or lastSeen is no DATE', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS|DISTRUSTS]->(b:Person)
    WHERE NOT r.since IS :: DATE OR NOT r.lastSeen IS :: DATE
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: lastSeen before since', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS|DISTRUSTS]->(b:Person)
    WHERE r.since IS :: DATE NOT NULL AND r.lastSeen IS :: DATE NOT NULL AND r.lastSeen < r.since
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: evidence kinds and counts do not match', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS]->(b:Person)
    WHERE coalesce(size(r.evidenceKinds), 0) <> coalesce(size(r.evidenceCounts), 0)
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: stages are not of the path to purchase', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS]->(b:Person)
    WHERE NOT r.stages IS :: LIST<STRING NOT NULL>
      OR any(stage IN r.stages WHERE NOT stage IN ['AWARENESS', 'CONSIDERATION', 'DECISION', 'LOYALTY'])
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: more than one for the same people and topic', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS]->(b:Person)
    WHERE COUNT { (a)-[:TRUSTS {topicId: r.topicId}]->(b) } > 1
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'trust: distrust on the same topic beside it', found: COLLECT {
    MATCH (a:Person)-[r:TRUSTS]->(b:Person)
    WHERE EXISTS { (a)-[:DISTRUSTS {topicId: r.topicId}]->(b) }
    RETURN DISTINCT a.id + ' -> ' + b.id + ' on ' + coalesce(r.topicId, 'no topic') AS example ORDER BY example
  }},
  {check: 'roles: kind is unknown', found: COLLECT {
    MATCH (a:Person)-[r:HAS_ROLE]->(b:Brand)
    WHERE NOT coalesce(r.kind IN ['EMPLOYEE', 'DECISION_MAKER', 'ADVOCATE', 'CUSTOMER', 'CREATOR', 'DETRACTOR'], false)
    RETURN DISTINCT a.id + ' at ' + b.id + ' as ' + coalesce(r.kind, 'no kind') AS example ORDER BY example
  }},
  {check: 'roles: topic is not in the database', found: COLLECT {
    MATCH (a:Person)-[r:HAS_ROLE]->(b:Brand)
    WHERE r.topicId <> '' AND NOT EXISTS { (:Topic {id: r.topicId}) }
    RETURN DISTINCT a.id + ' at ' + b.id + ' as ' + coalesce(r.kind, 'no kind') AS example ORDER BY example
  }},
  {check: 'roles: strength is not in (0, 1]', found: COLLECT {
    MATCH (a:Person)-[r:HAS_ROLE]->(b:Brand)
    WHERE NOT 0 < r.strength <= 1
    RETURN DISTINCT a.id + ' at ' + b.id + ' as ' + coalesce(r.kind, 'no kind') AS example ORDER BY example
  }},
  {check: 'roles: since or until is no DATE', found: COLLECT {
    MATCH (a:Person)-[r:HAS_ROLE]->(b:Brand)
    WHERE NOT r.since IS :: DATE OR NOT r.until IS :: DATE
    RETURN DISTINCT a.id + ' at ' + b.id + ' as ' + coalesce(r.kind, 'no kind') AS example ORDER BY example
  }},
  {check: 'roles: until before since', found: COLLECT {
    MATCH (a:Person)-[r:HAS_ROLE]->(b:Brand)
    WHERE r.since IS :: DATE NOT NULL AND r.until IS :: DATE NOT NULL AND r.until < r.since
    RETURN DISTINCT a.id + ' at ' + b.id + ' as ' + coalesce(r.kind, 'no kind') AS example ORDER BY example
  }},
  {check: 'activity: lists do not match', found: COLLECT {
    MATCH (a:Person)-[r:ACTIVE_IN]->(b:Topic)
    WHERE NOT coalesce(size(r.months) = size(r.given) AND size(r.months) = size(r.received) AND size(r.months) = size(r.posts), false)
    RETURN DISTINCT a.id + ' on ' + b.id AS example ORDER BY example
  }},
  {check: 'activity: more than one for the same person and topic', found: COLLECT {
    MATCH (a:Person)-[r:ACTIVE_IN]->(b:Topic)
    WHERE COUNT { (a)-[:ACTIVE_IN]->(b) } > 1
    RETURN DISTINCT a.id + ' on ' + b.id AS example ORDER BY example
  }},
  {check: 'topics: in a cycle', found: COLLECT {
    MATCH (a:Topic)
    WHERE EXISTS { (a)-[:PART_OF*1..50]->(a) }
    RETURN DISTINCT a.id AS example ORDER BY example
  }},
  {check: 'topics: several broader topics', found: COLLECT {
    MATCH (a:Topic)
    WHERE COUNT { (a)-[:PART_OF]->() } > 1
    RETURN DISTINCT a.id AS example ORDER BY example
  }},
  {check: 'people: no name', found: COLLECT {
    MATCH (a:Person)
    WHERE coalesce(a.name, '') = ''
    RETURN DISTINCT a.id AS example ORDER BY example
  }},
  {check: 'nodes: no id', found: COLLECT {
    MATCH (a:Person|Brand|Topic|Community)
    WHERE coalesce(a.id, '') = ''
    RETURN DISTINCT labels(a)[0] AS example ORDER BY example
  }},
  {check: 'dataset: more than one', found: COLLECT {
    MATCH (a:Dataset)
    WHERE COUNT { (:Dataset) } > 1
    RETURN DISTINCT coalesce(a.name, 'no name') AS example ORDER BY example
  }}
] AS row
RETURN row.check AS check, size(row.found) AS found, row.found[..5] AS examples
ORDER BY check;
