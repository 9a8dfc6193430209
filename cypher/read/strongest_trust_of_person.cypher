// strongest_trust_of_person: whom a person trusts most on a day, each relationship with its age.
/*
:params { personId: 'p00001', direction: 'TRUST', asOf: null, first: 20 }
access:  read
params:  personId: ID; direction: STRING, TRUST (whom the person trusts), INFLUENCE (who trusts the person) or EITHER; asOf: DATE or null (the data set's, else today); first: INTEGER
returns: fromId: ID, who trusts; toId: ID; otherName: STRING; topicId: ID, '' in general; agedStrength: FLOAT, what is left of it on the day; strength: FLOAT, as stored; days: INTEGER, since it was last seen; since: DATE; lastSeen: DATE; channel: STRING; paid: BOOLEAN
order:   cost with age, fromId, toId, topicId
timeout: 20 s
*/
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce($asOf, d.asOf, date.transaction('UTC')) AS asOf,
     toInteger(round(log(2) * 1000000 / coalesce(d.halfLifeDays, 730.0))) AS agePerDay
MATCH (p:Person {id: $personId})-[t:TRUSTS]-(other:Person)
WHERE coalesce(t.since <= asOf, true)
  AND CASE $direction WHEN 'TRUST' THEN p = startNode(t) WHEN 'INFLUENCE' THEN p = endNode(t) ELSE true END
WITH t, other, agePerDay, CASE WHEN t.lastSeen < asOf THEN duration.inDays(t.lastSeen, asOf).days ELSE 0 END AS days
WITH t, other, days, t.cost + days * agePerDay AS cost
RETURN startNode(t).id AS fromId, endNode(t).id AS toId, other.name AS otherName, t.topicId AS topicId,
       exp(-cost / 1000000.0) AS agedStrength, t.strength AS strength, days, t.since AS since, t.lastSeen AS lastSeen,
       t.channel AS channel, t.paid AS paid
ORDER BY cost, fromId, toId, topicId
LIMIT $first;
