// trust_between: all trust and distrust between two people, both ways, with the evidence.
/*
:params { personId: 'p00001', otherId: 'p00003' }
access:  read
params:  personId: ID; otherId: ID
returns: fromId: ID, who trusts or distrusts; toId: ID; kind: STRING, TRUSTS or DISTRUSTS; topicId: ID, '' in general; topic: STRING; strength: FLOAT; cost: INTEGER, micro-nats, null for distrust; since: DATE; lastSeen: DATE; channel: STRING; stages: [STRING], of the path to purchase; paid: BOOLEAN; evidenceKinds: [STRING]; evidenceCounts: [INTEGER]
order:   fromId, kind, strength descending, topicId, toId
timeout: 20 s
*/
MATCH (p:Person {id: $personId})-[r:TRUSTS|DISTRUSTS]-(other:Person {id: $otherId})
OPTIONAL MATCH (topic:Topic {id: r.topicId})
RETURN startNode(r).id AS fromId, endNode(r).id AS toId, type(r) AS kind, r.topicId AS topicId, topic.name AS topic,
       r.strength AS strength, r.cost AS cost, r.since AS since, r.lastSeen AS lastSeen, r.channel AS channel,
       CASE type(r) WHEN 'TRUSTS' THEN coalesce(r.stages, []) END AS stages, r.paid AS paid,
       CASE type(r) WHEN 'TRUSTS' THEN coalesce(r.evidenceKinds, []) END AS evidenceKinds,
       CASE type(r) WHEN 'TRUSTS' THEN coalesce(r.evidenceCounts, []) END AS evidenceCounts
ORDER BY fromId, kind, strength DESC, topicId, toId;
