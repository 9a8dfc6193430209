// activity_totals_of_people: how many interactions people have on all topics, in one row.
/*
:params { personIds: ['p00001', 'p00002'], until: 202607 }
access:  read
params:  personIds: [ID]; until: INTEGER, the last month that counts
returns: personIds: [ID], those who have any; interactions: [INTEGER], given and received, aligned
order:   one row, its lists by personId
timeout: 60 s
*/
CALL () {
  UNWIND $personIds AS personId
  MATCH (:Person {id: personId})-[activity:ACTIVE_IN]->(:Topic)
  RETURN personId, sum(reduce(total = 0, i IN range(0, size(activity.months) - 1) | total +
    CASE WHEN activity.months[i] <= $until THEN activity.given[i] + activity.received[i] ELSE 0 END)) AS total
  ORDER BY personId
}
RETURN collect(personId) AS personIds, collect(total) AS interactions;
