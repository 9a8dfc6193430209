// activity_total: how many interactions everybody has on all topics together: each is given by one and received by another.
/*
:params { until: 202607 }
access:  read
params:  until: INTEGER, the last month that counts
returns: interactions: INTEGER, given and received
order:   one row
timeout: 60 s
*/
MATCH (:Person)-[activity:ACTIVE_IN]->(:Topic)
RETURN sum(reduce(total = 0, i IN range(0, size(activity.months) - 1) | total +
  CASE WHEN activity.months[i] <= $until THEN activity.given[i] + activity.received[i] ELSE 0 END)) AS interactions;
