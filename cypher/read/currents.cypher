// currents: how a topic changes, interval by interval, and which way it goes.
/*
:params { topicId: 'dpdk', interval: 'QUARTER', from: null, to: null, scope: 'RELATED' }
access:  read
params:  topicId: ID; interval: STRING, MONTH, QUARTER or YEAR; from: DATE or null (24 intervals); to: DATE or null (the data set's, else today); scope: STRING, EXACT, RELATED or ANY
returns: start: DATE; end: DATE, inclusive; complete: BOOLEAN, all of it has passed and was asked for; interactions: INTEGER, in scope; activePeople: INTEGER, who gave or received some; newcomers: INTEGER, who never had before; newTrust: INTEGER, trust relationships in scope since then; slope: FLOAT or null, Theil-Sen slope of interactions over the complete intervals, in every row, null where they are fewer than four; slopeLow: FLOAT or null, of its 95 % confidence interval; slopeHigh: FLOAT or null, likewise; level: FLOAT or null, mean interactions of the intervals between two changes of level, null where slope is, and where not complete; changed: BOOLEAN, another level begins here; penalty: FLOAT or null, what a change costs, in every row
order:   start
timeout: 60 s
*/
// 1. The intervals, and the topics in scope.
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce(d.asOf, date.transaction('UTC')) AS known,
     CASE $interval WHEN 'MONTH' THEN 1 WHEN 'QUARTER' THEN 3 ELSE 12 END AS months
WHERE EXISTS { (:Topic {id: $topicId}) }
WITH known, months, coalesce($to, known) AS until
WITH known, months, until.year * 100 + until.month AS lastMonth, (until.year * 12 + until.month - 1) / months AS last
WITH known, months, lastMonth, last, CASE
    WHEN $from IS NOT NULL THEN ($from.year * 12 + $from.month - 1) / months
    WHEN last - 23 < 12 / months THEN 12 / months
    ELSE last - 23
  END AS first
UNWIND range(first, last) AS number
WITH known, months, lastMonth, first, date({year: number * months / 12, month: number * months % 12 + 1}) AS start,
     date({year: (number + 1) * months / 12, month: (number + 1) * months % 12 + 1}) - duration('P1D') AS end
WITH months, lastMonth, first, collect({
  start: start, end: end, complete: end <= known AND end.year * 100 + end.month <= lastMonth
}) AS spans
CALL () {
  CALL () {
    MATCH (asked:Topic {id: $topicId})-[:PART_OF*0..2]-(near:Topic)
    WHERE $scope <> 'EXACT' OR near = asked
    RETURN near.id AS topicId
    UNION
    WITH '' AS topicId
    WHERE $scope <> 'EXACT'
    RETURN topicId
    UNION
    MATCH (topic:Topic)
    WHERE $scope = 'ANY'
    RETURN topic.id AS topicId
    UNION
    MATCH ()-[t:TRUSTS]->()
    WHERE $scope = 'ANY'
    RETURN t.topicId AS topicId
  }
  RETURN collect(topicId) AS topicIds
}

// 2. What everybody did in each interval, and the trust that began.
CALL (months, lastMonth, first, topicIds) {
  UNWIND topicIds AS topicId
  MATCH (person:Person)-[a:ACTIVE_IN]->(:Topic {id: topicId})
  WHERE NOT coalesce(person.optedOut, false)
  UNWIND range(0, size(a.months) - 1) AS i
  WITH months, lastMonth, first, person, a.months[i] AS month, a.given[i] AS given
  WHERE month <= lastMonth
  WITH person, (month / 100 * 12 + month % 100 - 1) / months - first AS place, sum(given) AS given
  WITH person, min(place) AS came, collect({place: place, given: given}) AS acts
  UNWIND acts AS act
  WITH came, act WHERE act.place >= 0
  WITH act.place AS place, sum(act.given) AS interactions, count(*) AS activePeople,
       sum(CASE WHEN act.place = came THEN 1 ELSE 0 END) AS newcomers
  RETURN collect({place: place, interactions: interactions, activePeople: activePeople, newcomers: newcomers}) AS acted
}
CALL (months, lastMonth, first, topicIds) {
  UNWIND topicIds AS topicId
  MATCH (listener:Person)-[t:TRUSTS {topicId: topicId}]->(speaker:Person)
  WHERE t.since.year * 100 + t.since.month <= lastMonth
    AND NOT coalesce(listener.optedOut, false) AND NOT coalesce(speaker.optedOut, false)
  WITH (t.since.year * 12 + t.since.month - 1) / months - first AS place, count(*) AS newTrust
  WHERE place >= 0
  RETURN collect({place: place, newTrust: newTrust}) AS begun
}

// 3. One row an interval; the slope is the median of those between any two complete ones.
UNWIND range(0, size(spans) - 1) AS place
WITH spans[place] AS span, [act IN acted WHERE act.place = place][0] AS act,
     [trust IN begun WHERE trust.place = place][0] AS trust
WITH span, {
  interactions: coalesce(act.interactions, 0), activePeople: coalesce(act.activePeople, 0),
  newcomers: coalesce(act.newcomers, 0), newTrust: coalesce(trust.newTrust, 0)
} AS held
ORDER BY span.start
WITH collect({span: span, held: held}) AS rows
WITH rows, [row IN rows WHERE row.span.complete | row.held.interactions] AS counts
CALL (counts) {
  UNWIND range(0, size(counts) - 2) AS i
  UNWIND range(i + 1, size(counts) - 1) AS j
  WITH toFloat(counts[j] - counts[i]) / (j - i) AS slope ORDER BY slope
  WITH collect(slope) AS slopes, percentileCont(slope, 0.5) AS middle
  CALL (counts) {
    UNWIND counts AS count
    WITH count, count(*) AS times
    RETURN sum(times * (times - 1) * (2 * times + 5)) AS ties
  }
  WITH slopes, middle, 1.959963984540054 * sqrt(
    (size(counts) * (size(counts) - 1) * (2 * size(counts) + 5) - ties) / 18.0) AS wide
  WITH slopes, middle, toInteger(round((size(slopes) - wide) / 2, 0, 'HALF_EVEN')) - 1 AS lower,
       toInteger(round((size(slopes) + wide) / 2, 0, 'HALF_EVEN')) AS upper
  WITH CASE WHEN size(counts) >= 4 THEN [
    middle, slopes[CASE WHEN lower > 0 THEN lower ELSE 0 END],
    slopes[CASE WHEN upper < size(slopes) THEN upper ELSE size(slopes) - 1 END]
  ] ELSE [] END AS slope
  RETURN slope[0] AS slope, slope[1] AS slopeLow, slope[2] AS slopeHigh
}
// 4. The level that each interval is at: the counts made alike in variance are cut where the squared distances from the
//    mean of each piece, and a penalty a cut, are least together. `best[t]` is the best way to cut the first t of them.
//    (`head([x IN [value] | …])` only gives a value the name x.)
CALL (counts) {
  WITH [count IN counts | 2 * sqrt(count + 0.375)] AS y, size(counts) AS n
  WITH y, n, reduce(sums = [0.0], value IN y | sums + (sums[-1] + value)) AS sums,
       reduce(squares = [0.0], value IN y | squares + (squares[-1] + value * value)) AS squares
  CALL (y) {
    UNWIND range(0, size(y) - 2) AS i
    RETURN percentileCont(abs(y[i + 1] - y[i]), 0.5) / (0.6745 * sqrt(2)) AS step
  }
  WITH n, sums, squares, 3 * log(n) * CASE WHEN step > 1 THEN step * step ELSE 1.0 END AS penalty
  WITH n, penalty, reduce(best = [{cost: -penalty, begins: []}], t IN range(1, n) | best + reduce(
    least = {}, s IN range(0, t - 1) | head([cost IN [
      best[s].cost + penalty + squares[t] - squares[s] - (sums[t] - sums[s]) * (sums[t] - sums[s]) / (t - s)
    ] | CASE WHEN coalesce(cost >= least.cost, false) THEN least ELSE {cost: cost, begins: best[s].begins + s} END])
  ))[-1] AS found
  WITH CASE WHEN n >= 4 THEN penalty END AS penalty, CASE WHEN n >= 4 THEN found.begins + n ELSE [] END AS begins
  RETURN penalty, [i IN range(1, size(begins) - 1) | {
    begin: begins[i - 1], end: begins[i],
    level: reduce(sum = 0.0, count IN counts[begins[i - 1]..begins[i]] | sum + count) / (begins[i] - begins[i - 1])
  }] AS pieces
}
UNWIND range(0, size(rows) - 1) AS place
WITH *, rows[place] AS row, [piece IN pieces WHERE piece.begin <= place AND place < piece.end][0] AS piece
RETURN row.span.start AS start, row.span.end AS end, row.span.complete AS complete,
       row.held.interactions AS interactions, row.held.activePeople AS activePeople, row.held.newcomers AS newcomers,
       row.held.newTrust AS newTrust, slope, slopeLow, slopeHigh,
       piece.level AS level, coalesce(piece.begin = place AND place > 0, false) AS changed, penalty
ORDER BY start;
