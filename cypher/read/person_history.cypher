// person_history: how a person's part in a topic changes, interval by interval, and which way it goes.
/*
:params { personId: 'p00001', topicId: 'dpdk', interval: 'QUARTER', from: null, to: null, scope: 'RELATED' }
access:  read
params:  personId: ID; topicId: ID; interval: STRING, MONTH, QUARTER or YEAR; from: DATE or null (24 intervals); to: DATE or null (the data set's, else today); scope: STRING, EXACT, RELATED or ANY
returns: start: DATE; end: DATE, inclusive; complete: BOOLEAN, all of it has passed and was asked for; given: INTEGER, interactions in scope; received: INTEGER; posts: INTEGER, of those given; trustGained: INTEGER, relationships in scope in which somebody has trusted the person since then; trustGiven: INTEGER, the person somebody; slope: FLOAT or null, Theil-Sen slope of interactions given over the complete intervals, in every row, null where they are fewer than four; slopeLow: FLOAT or null, of its 95 % confidence interval; slopeHigh: FLOAT or null, likewise; level: FLOAT or null, mean interactions given of the intervals between two changes of level, null where slope is, and where not complete; changed: BOOLEAN, another level begins here; penalty: FLOAT or null, what a change costs, in every row
order:   start
timeout: 20 s
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

// 2. What the person did in each interval, and the trust that began.
MATCH (person:Person {id: $personId})
CALL (person, months, lastMonth, first, topicIds) {
  MATCH (person)-[a:ACTIVE_IN]->(topic:Topic)
  WHERE topic.id IN topicIds AND NOT coalesce(person.optedOut, false)
  UNWIND range(0, size(a.months) - 1) AS i
  WITH months, lastMonth, first, a.months[i] AS month, a.given[i] AS given, a.received[i] AS received, a.posts[i] AS posts
  WHERE month <= lastMonth
  WITH (month / 100 * 12 + month % 100 - 1) / months - first AS place, sum(given) AS given, sum(received) AS received,
       sum(posts) AS posts
  RETURN collect({place: place, given: given, received: received, posts: posts}) AS acted
}
CALL (person, months, lastMonth, first, topicIds) {
  MATCH (person)-[t:TRUSTS]-(other:Person)
  WHERE t.topicId IN topicIds AND t.since.year * 100 + t.since.month <= lastMonth
    AND NOT coalesce(person.optedOut, false) AND NOT coalesce(other.optedOut, false)
  WITH (t.since.year * 12 + t.since.month - 1) / months - first AS place, startNode(t) = person AS gave
  WITH place, sum(CASE WHEN gave THEN 1 ELSE 0 END) AS trustGiven, sum(CASE WHEN gave THEN 0 ELSE 1 END) AS trustGained
  RETURN collect({place: place, trustGiven: trustGiven, trustGained: trustGained}) AS begun
}

// 3. One row an interval; the slope is the median of those between any two complete ones.
UNWIND range(0, size(spans) - 1) AS place
WITH spans[place] AS span, [act IN acted WHERE act.place = place][0] AS act,
     [trust IN begun WHERE trust.place = place][0] AS trust
WITH span, {
  given: coalesce(act.given, 0), received: coalesce(act.received, 0), posts: coalesce(act.posts, 0),
  trustGained: coalesce(trust.trustGained, 0), trustGiven: coalesce(trust.trustGiven, 0)
} AS held
ORDER BY span.start
WITH collect({span: span, held: held}) AS rows
WITH rows, [row IN rows WHERE row.span.complete | row.held.given] AS counts
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
       row.held.given AS given, row.held.received AS received, row.held.posts AS posts,
       row.held.trustGained AS trustGained, row.held.trustGiven AS trustGiven, slope, slopeLow, slopeHigh,
       piece.level AS level, coalesce(piece.begin = place AND place > 0, false) AS changed, penalty
ORDER BY start;
