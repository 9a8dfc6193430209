// brands_search: a page of the brands whose name has the words of a search, best match first.
/*
:params { search: 'int*', after: null, limit: 5 }
access:  read
params:  search: STRING, a Lucene query; after: [FLOAT, ID] of the last row seen, null to begin; limit: INTEGER
returns: id: ID; name: STRING; domain: STRING, may be null; rank: FLOAT, the score negated
order:   rank, id
timeout: 10 s
*/
CALL db.index.fulltext.queryNodes('brandNames', $search) YIELD node AS b, score
WITH b, -score AS rank
WHERE $after IS NULL OR [rank, b.id] > $after
RETURN b.id AS id, b.name AS name, b.domain AS domain, rank
ORDER BY rank, id
LIMIT $limit;
