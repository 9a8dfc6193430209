// dataset_summary: how much of everything is in the database.
/*
:params {}
access:  read
params:  none
returns: kind: STRING, node or relationship; name: STRING, its label or type; count: INTEGER
order:   kind, name
timeout: 20 s
*/
UNWIND [
  {kind: 'node', name: 'Person', count: COUNT { (:Person) }},
  {kind: 'node', name: 'Brand', count: COUNT { (:Brand) }},
  {kind: 'node', name: 'Topic', count: COUNT { (:Topic) }},
  {kind: 'node', name: 'Community', count: COUNT { (:Community) }},
  {kind: 'node', name: 'CommunityStage', count: COUNT { (:CommunityStage) }},
  {kind: 'node', name: 'CommunityMoment', count: COUNT { (:CommunityMoment) }},
  {kind: 'node', name: 'Dataset', count: COUNT { (:Dataset) }},
  {kind: 'node', name: 'Forgotten', count: COUNT { (:Forgotten) }},
  {kind: 'relationship', name: 'TRUSTS', count: COUNT { ()-[:TRUSTS]->() }},
  {kind: 'relationship', name: 'DISTRUSTS', count: COUNT { ()-[:DISTRUSTS]->() }},
  {kind: 'relationship', name: 'OVERRULED', count: COUNT { ()-[:OVERRULED]->() }},
  {kind: 'relationship', name: 'HAS_ROLE', count: COUNT { ()-[:HAS_ROLE]->() }},
  {kind: 'relationship', name: 'ACTIVE_IN', count: COUNT { ()-[:ACTIVE_IN]->() }},
  {kind: 'relationship', name: 'STANDS_ON', count: COUNT { ()-[:STANDS_ON]->() }},
  {kind: 'relationship', name: 'PART_OF', count: COUNT { ()-[:PART_OF]->() }},
  {kind: 'relationship', name: 'MEMBER_OF', count: COUNT { ()-[:MEMBER_OF]->() }},
  {kind: 'relationship', name: 'BRIDGES', count: COUNT { ()-[:BRIDGES]->() }},
  {kind: 'relationship', name: 'ABOUT', count: COUNT { ()-[:ABOUT]->() }},
  {kind: 'relationship', name: 'BECAME', count: COUNT { ()-[:BECAME]->() }},
  {kind: 'relationship', name: 'SEEN_AT', count: COUNT { ()-[:SEEN_AT]->() }}
] AS row
RETURN row.kind AS kind, row.name AS name, row.count AS count
ORDER BY kind, name;
