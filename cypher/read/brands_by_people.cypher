// brands_by_people: how many people of each kind brands have on a day.
/*
:params { asOf: null, first: 20 }
access:  read
params:  asOf: DATE or null (the data set's, else today); first: INTEGER
returns: brandId: ID; name: STRING; people: INTEGER, with any role; employees: INTEGER; decisionMakers: INTEGER; advocates: INTEGER; customers: INTEGER; creators: INTEGER; detractors: INTEGER
order:   people descending, brandId
timeout: 20 s
*/
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce($asOf, d.asOf, date.transaction('UTC')) AS asOf
MATCH (p:Person)-[r:HAS_ROLE]->(b:Brand)
WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
RETURN b.id AS brandId, b.name AS name, count(DISTINCT p) AS people,
       count(DISTINCT CASE r.kind WHEN 'EMPLOYEE' THEN p END) AS employees,
       count(DISTINCT CASE r.kind WHEN 'DECISION_MAKER' THEN p END) AS decisionMakers,
       count(DISTINCT CASE r.kind WHEN 'ADVOCATE' THEN p END) AS advocates,
       count(DISTINCT CASE r.kind WHEN 'CUSTOMER' THEN p END) AS customers,
       count(DISTINCT CASE r.kind WHEN 'CREATOR' THEN p END) AS creators,
       count(DISTINCT CASE r.kind WHEN 'DETRACTOR' THEN p END) AS detractors
ORDER BY people DESC, brandId
LIMIT $first;
