// topics_count: how many topics there are, or how many a search and a broader topic leave.
/*
:params { search: null, parentId: 'dpdk' }
access:  read
params:  search: STRING, a Lucene query, null for all; parentId: ID, null for all
returns: total: INTEGER
order:   none (one row)
timeout: 10 s
*/
CALL () {
  WITH 1 AS one WHERE $search IS NULL AND $parentId IS NULL
  MATCH (t:Topic)
  RETURN count(t) AS found
  UNION ALL
  WITH 1 AS one WHERE $search IS NULL AND $parentId IS NOT NULL
  MATCH (t:Topic)-[:PART_OF]->(:Topic {id: $parentId})
  RETURN count(t) AS found
  UNION ALL
  WITH 1 AS one WHERE $search IS NOT NULL
  CALL db.index.fulltext.queryNodes('topicNames', $search) YIELD node AS t
  WITH t WHERE $parentId IS NULL OR EXISTS { (t)-[:PART_OF]->(:Topic {id: $parentId}) }
  RETURN count(t) AS found
}
RETURN sum(found) AS total;
