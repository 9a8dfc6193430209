// contested_people: people whom some trust and others distrust, most evenly divided first.
/*
:params { first: 20 }
access:  read
params:  first: INTEGER
returns: personId: ID; name: STRING; trustedBy: INTEGER, people; distrustedBy: INTEGER, people; dividedBy: INTEGER, the smaller of both
order:   dividedBy descending, distrustedBy descending, personId
timeout: 20 s

The demo data knows no distrust: there this gives no rows.
*/
MATCH (p:Person)<-[:DISTRUSTS]-(against:Person)
WITH p, count(DISTINCT against) AS distrustedBy
CALL (p) {
  MATCH (p)<-[:TRUSTS]-(other:Person)
  RETURN count(DISTINCT other) AS trustedBy
}
WITH p, trustedBy, distrustedBy, CASE WHEN trustedBy < distrustedBy THEN trustedBy ELSE distrustedBy END AS dividedBy
WHERE dividedBy > 0
RETURN p.id AS personId, p.name AS name, trustedBy, distrustedBy, dividedBy
ORDER BY dividedBy DESC, distrustedBy DESC, personId
LIMIT $first;
