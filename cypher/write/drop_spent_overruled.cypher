// drop_spent_overruled: remove overruled evidence where no statement stands in its place any more.
/*
:params {}
access:  write
params:  none
returns: removed: INTEGER
order:   one row
timeout: 60 s

Comes behind trust that was written as a whole: what rests on evidence now has it itself.
*/
MATCH (listener)-[overruled:OVERRULED]->(speaker)
WHERE NOT EXISTS {
  MATCH (listener)-[statement:TRUSTS|DISTRUSTS]->(speaker)
  WHERE statement.topicId = overruled.topicId AND statement.evidenceKinds IS NULL
}
DELETE overruled
RETURN count(*) AS removed;
