// people_page: a page of all people by name, read along the index on names.
/*
:params { afterName: 'Maja', afterId: '', limit: 5, withOptedOut: true }
access:  read
params:  afterName: STRING, '' to begin; afterId: ID, '' to begin; limit: INTEGER; withOptedOut: BOOLEAN, false leaves out people who opted out
returns: id: ID; name: STRING; headline: STRING, may be null; location: STRING, may be null; optedOut: BOOLEAN
order:   name, id
timeout: 10 s
*/
MATCH (p:Person)
WHERE p.name >= $afterName AND (p.name > $afterName OR p.id > $afterId)
  // with OR the planner would take the page from two indexes and sort everybody
  AND CASE WHEN $withOptedOut THEN true ELSE NOT coalesce(p.optedOut, false) END
RETURN p.id AS id, p.name AS name, p.headline AS headline, p.location AS location,
       coalesce(p.optedOut, false) AS optedOut
ORDER BY name, id
LIMIT $limit;
