// brands_count: how many brands there are, or how many a search finds.
/*
:params { search: 'int*' }
access:  read
params:  search: STRING, a Lucene query, null for all
returns: total: INTEGER
order:   none (one row)
timeout: 10 s
*/
CALL () {
  WITH 1 AS one WHERE $search IS NULL
  MATCH (b:Brand)
  RETURN count(b) AS found
  UNION ALL
  WITH 1 AS one WHERE $search IS NOT NULL
  CALL db.index.fulltext.queryNodes('brandNames', $search) YIELD node
  RETURN count(node) AS found
}
RETURN sum(found) AS total;
