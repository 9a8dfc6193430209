// movers_beyond_brand: people trusted on a topic who do not know a brand yet: beyond its advocates.
/*
:params { brandId: 'intel.com', topicId: 't0972', asOf: null, first: 20 }
access:  read
params:  brandId: ID; topicId: ID; asOf: DATE or null (the data set's, else today); first: INTEGER
returns: personId: ID; name: STRING; trustedBy: INTEGER, people on this very topic; trust: FLOAT, sum over them of what the strength is on the day; strongestFromId: ID, whose trust is strongest
order:   trust descending, personId
timeout: 20 s

Who does not know a brand: holds no role there on the day, and trusts nobody who does; who there trusts them does not
matter. `rainmakers` asks for more, no trust either way, and tells the way in; it needs stored standing, this does not.
*/
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce($asOf, d.asOf, date.transaction('UTC')) AS asOf,
     toInteger(round(log(2) * 1000000 / coalesce(d.halfLifeDays, 730.0))) AS agePerDay
MATCH (listener:Person)-[t:TRUSTS {topicId: $topicId}]->(p:Person)
WHERE coalesce(t.since <= asOf, true) AND NOT coalesce(p.optedOut, false) AND NOT coalesce(listener.optedOut, false)
WITH asOf, p, listener, t.cost + agePerDay *
     CASE WHEN t.lastSeen < asOf THEN duration.inDays(t.lastSeen, asOf).days ELSE 0 END AS cost
WITH asOf, p, count(DISTINCT listener) AS trustedBy, sum(exp(-cost / 1000000.0)) AS trust, min([cost, listener.id]) AS strongest
WHERE NOT EXISTS {
    MATCH (p)-[r:HAS_ROLE]->(:Brand {id: $brandId})
    WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
  } AND NOT EXISTS {
    MATCH (p)-[:TRUSTS]->(:Person)-[r:HAS_ROLE]->(:Brand {id: $brandId})
    WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
  }
RETURN p.id AS personId, p.name AS name, trustedBy, trust, strongest[1] AS strongestFromId
ORDER BY trust DESC, personId
LIMIT $first;
