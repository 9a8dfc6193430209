// peer_influence: whose word on a topic reaches people: everybody active, with their figures and groups.
/*
:params { topicId: 'dpdk', scope: 'RELATED', asOf: null }
access:  read
params:  topicId: ID; scope: STRING, EXACT, RELATED or ANY; asOf: DATE or null (the data set's, else today)
returns: personId: ID; interactions: INTEGER, given on topics in scope until the month of the day; posts: INTEGER, those of content kinds; listeners: INTEGER, distinct people who trust them in the topic's network; answered: INTEGER, listeners whom they trust in turn; impressions: INTEGER, interactions * listeners; reciprocity: FLOAT or null, answered / listeners; connector: BOOLEAN, of the first making 80 % of impressions; maven: BOOLEAN, the same of posts; broadcaster: BOOLEAN, 10 listeners or more and a reciprocity in the lowest decile of those; impressionsGini: FLOAT or null, of all people, in every row; postsGini: FLOAT or null, likewise
order:   impressions descending, personId
timeout: 60 s
*/
// 1. What the question admits: the day, what a day of age costs, the topics in scope of trust and of activity.
OPTIONAL MATCH (d:Dataset)
WITH d ORDER BY d.name LIMIT 1
WITH coalesce($asOf, d.asOf, date.transaction('UTC')) AS asOf,
     toInteger(round(log(2) * 1000000 / coalesce(d.halfLifeDays, 730.0))) AS agePerDay
WHERE EXISTS { (:Topic {id: $topicId}) }
CALL () {
  CALL () {
    MATCH way = (asked:Topic {id: $topicId})-[:PART_OF*0..2]-(near:Topic)
    WHERE $scope <> 'EXACT' OR near = asked
    RETURN near.id AS topicId, length(way) * 350000 AS cost
    UNION ALL
    WITH '' AS topicId, 500000 AS cost
    WHERE $scope <> 'EXACT'
    RETURN topicId, cost
    UNION ALL
    WITH 1200000 AS cost
    WHERE $scope = 'ANY'
    CALL () {
      MATCH ()-[t:TRUSTS]->()
      RETURN DISTINCT t.topicId AS topicId
      UNION
      MATCH (t:Topic)
      RETURN t.id AS topicId
    }
    RETURN topicId, cost
  }
  WITH topicId, min(cost) AS cost
  RETURN collect(topicId) AS topicIds, collect({id: topicId, cost: cost}) AS topics
}

// 2. What everybody did and who listens to them; two people who trust each other answer one another.
CALL (asOf, agePerDay, topicIds, topics) {
  UNWIND topicIds AS topicId
  MATCH (person:Person)-[a:ACTIVE_IN]->(:Topic {id: topicId})
  WHERE a.months[0] <= asOf.year * 100 + asOf.month
  WITH person, [i IN range(0, size(a.months) - 1) WHERE a.months[i] <= asOf.year * 100 + asOf.month] AS places, a
  RETURN person, true AS active, reduce(sum = 0, i IN places | sum + a.given[i]) AS given,
         reduce(sum = 0, i IN places | sum + a.posts[i]) AS posted, 0 AS heardBy, 0 AS answers
  UNION ALL
  UNWIND topics AS topic
  MATCH (listener:Person)-[t:TRUSTS {topicId: topic.id}]->(speaker:Person)
  WHERE listener <> speaker AND coalesce(t.since <= asOf, true)
    AND NOT coalesce(listener.optedOut, false) AND NOT coalesce(speaker.optedOut, false)
    AND exp(-(t.cost + topic.cost + agePerDay *
        CASE WHEN t.lastSeen < asOf THEN duration.inDays(t.lastSeen, asOf).days ELSE 0 END) / 1000000.0) > 0
  WITH DISTINCT asOf, topicIds, listener, speaker
  WHERE NOT EXISTS {
    MATCH (listener)-[d:DISTRUSTS]->(speaker)
    WHERE ($scope = 'ANY' OR d.topicId = '' OR d.topicId IN topicIds) AND coalesce(d.since <= asOf, true)
  }
  WITH CASE WHEN listener.id < speaker.id THEN [listener, speaker] ELSE [speaker, listener] END AS pair,
       collect(speaker) AS speakers
  UNWIND speakers AS person
  RETURN person, false AS active, 0 AS given, 0 AS posted, 1 AS heardBy, size(speakers) - 1 AS answers
}
WITH person, max(active) AS active, sum(given) AS interactions, sum(posted) AS posts, sum(heardBy) AS listeners,
     sum(answers) AS answered
WHERE active AND NOT coalesce(person.optedOut, false)

// 3. How many of the first make 80 %, the greatest reciprocity of the lowest decile, and the two Gini coefficients.
WITH {
  id: person.id, interactions: interactions, posts: posts, listeners: listeners, answered: answered,
  impressions: interactions * listeners, reciprocity: CASE WHEN listeners > 0 THEN toFloat(answered) / listeners END
} AS person
ORDER BY person.posts DESC, person.id
WITH collect(person) AS byPosts
CALL (byPosts) {
  UNWIND byPosts AS person
  WITH person ORDER BY person.impressions DESC, person.id
  RETURN collect(person) AS byImpressions, toFloat(sum(person.impressions)) AS allImpressions,
         toFloat(sum(person.posts)) AS allPosts
}
CALL (byPosts) {
  UNWIND byPosts AS person
  WITH person WHERE person.listeners >= 10
  WITH person.reciprocity AS reciprocity ORDER BY reciprocity
  WITH collect(reciprocity) AS ascending
  RETURN ascending[(size(ascending) - 1) / 10] AS lowest
}
WITH byImpressions, byPosts, lowest, allImpressions, allPosts, size(byPosts) AS people, range(0, size(byPosts) - 1) AS places
WITH byImpressions, lowest, places,
  reduce(first = {made: 0, people: 0}, p IN byImpressions | CASE WHEN 5 * first.made < 4 * allImpressions
    THEN {made: first.made + p.impressions, people: first.people + 1} ELSE first END).people AS connectors,
  [p IN byPosts[..reduce(first = {made: 0, people: 0}, p IN byPosts | CASE WHEN 5 * first.made < 4 * allPosts
    THEN {made: first.made + p.posts, people: first.people + 1} ELSE first END).people] | p.id] AS mavens,
  CASE WHEN allImpressions > 0 THEN reduce(sum = 0.0, i IN places |
    sum + (people - 2 * i - 1) * byImpressions[i].impressions) / (people * allImpressions) END AS impressionsGini,
  CASE WHEN allPosts > 0 THEN reduce(sum = 0.0, i IN places |
    sum + (people - 2 * i - 1) * byPosts[i].posts) / (people * allPosts) END AS postsGini
UNWIND places AS place
WITH *, byImpressions[place] AS p
RETURN p.id AS personId, p.interactions AS interactions, p.posts AS posts, p.listeners AS listeners,
       p.answered AS answered, p.impressions AS impressions, p.reciprocity AS reciprocity,
       place < connectors AS connector, p.id IN mavens AS maven,
       p.listeners >= 10 AND coalesce(p.reciprocity <= lowest, false) AS broadcaster, impressionsGini, postsGini
ORDER BY impressions DESC, personId;
