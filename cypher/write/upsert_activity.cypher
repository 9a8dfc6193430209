// upsert_activity: say how active people were on topics, month by month, or change what differs.
/*
:params { groups: [{ personId: 'p00001', rows: [{ topicId: 't0206', months: [202404, 202405], given: [2, 0], received: [0, 1], posts: [1, 0] }] }] }
access:  write
params:  groups: [{ personId, rows: [{ topicId, months, given, received, posts }] }], the four lists aligned, months like 202405 and ascending
returns: created: INTEGER; changed: INTEGER; unchanged: INTEGER; outcomes: [STRING], created, changed or unchanged for each row in turn
order:   one row
timeout: 60 s

A person's activity on a topic is replaced as a whole. Rows come by person, who is locked first, as in upsert_trust.
*/
UNWIND $groups AS group
MATCH (person:Person {id: group.personId})
SET person.name = person.name
WITH person, group
UNWIND group.rows AS row
MATCH (topic:Topic {id: row.topicId})
MERGE (person)-[activity:ACTIVE_IN]->(topic)
WITH activity, row, CASE
  WHEN activity.updatedAt IS NULL THEN 'created'
  WHEN activity.months = row.months
    AND activity.given = row.given
    AND activity.received = row.received
    AND activity.posts = row.posts
    THEN 'unchanged'
  ELSE 'changed'
END AS outcome
FOREACH (_ IN CASE outcome WHEN 'unchanged' THEN [] ELSE [1] END |
  SET activity += {
    months: row.months, given: row.given, received: row.received, posts: row.posts, updatedAt: datetime.transaction()
  }
)
RETURN
  count(CASE outcome WHEN 'created' THEN 1 END) AS created,
  count(CASE outcome WHEN 'changed' THEN 1 END) AS changed,
  count(CASE outcome WHEN 'unchanged' THEN 1 END) AS unchanged,
  collect(outcome) AS outcomes;
