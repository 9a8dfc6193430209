// activity_changed: whether activity changed since a moment, and how many relationships say it.
/*
:params { since: '2026-01-01T00:00:00Z' }
access:  read
params:  since: STRING, an ISO date and time with zone
returns: changed: BOOLEAN; relationships: INTEGER
order:   one row
timeout: 20 s

Only what has a zoned updatedAt is seen to have changed; what was deleted shows in the number.
*/
CALL () { MATCH ()-[activity:ACTIVE_IN]->() RETURN count(activity) AS relationships }
RETURN EXISTS {
  MATCH ()-[activity:ACTIVE_IN]->()
  USING INDEX activity:ACTIVE_IN(updatedAt)
  WHERE activity.updatedAt >= datetime($since)
} AS changed, relationships;
