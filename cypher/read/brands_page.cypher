// brands_page: a page of all brands by name, read along the index on names.
/*
:params { afterName: 'Intel', afterId: '', limit: 5 }
access:  read
params:  afterName: STRING, '' to begin; afterId: ID, '' to begin; limit: INTEGER
returns: id: ID; name: STRING; domain: STRING, may be null
order:   name, id
timeout: 10 s
*/
MATCH (b:Brand)
WHERE b.name >= $afterName AND (b.name > $afterName OR b.id > $afterId)
RETURN b.id AS id, b.name AS name, b.domain AS domain
ORDER BY name, id
LIMIT $limit;
