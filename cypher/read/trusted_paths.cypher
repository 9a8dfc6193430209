// trusted_paths: the strongest chains of trust from a person or brand to a person or brand's decision-makers.
/*
:params { fromPersonId: null, fromBrandId: 'intel.com', toPersonId: null, toBrandId: 'dpdk-project', topicId: 't0206', scope: 'RELATED', direction: 'INFLUENCE', first: 5, maxHops: 6, minStrength: 0.0, introducerStrength: 0.8, asOf: null, viaRoles: ['EMPLOYEE', 'ADVOCATE'], excludePersonIds: [], excludeBrandIds: [], paid: 'INCLUDE', channels: null, stages: null, seenFrom: null, seenTo: null, distinctIntroducers: false }
access:  read
params:  fromPersonId: ID or null; fromBrandId: ID or null; toPersonId: ID or null; toBrandId: ID or null; topicId: ID or null (no topic asked); scope: STRING, EXACT, RELATED or ANY; direction: STRING, INFLUENCE, TRUST or EITHER; first: INTEGER; maxHops: INTEGER; minStrength: FLOAT; introducerStrength: FLOAT; asOf: DATE or null (the data set's, else today); viaRoles: [STRING], kinds of role; excludePersonIds: [ID]; excludeBrandIds: [ID]; paid: STRING, INCLUDE or EXCLUDE; channels: [STRING] or null (all); stages: [STRING] or null (all), of the path to purchase; seenFrom: DATE or null; seenTo: DATE or null; distinctIntroducers: BOOLEAN
returns: personIds: [ID]; cost: INTEGER, micro-nats; hops: INTEGER; strength: FLOAT; topicIds: [ID], of each step; stepCosts: [INTEGER]
order:   cost, hops, personIds
timeout: 60 s
*/
// 1. What the question admits: the day, what a day of age and an introducer cost, which topics at what cost.
OPTIONAL MATCH (dataset:Dataset)
WITH dataset ORDER BY dataset.name LIMIT 1
WITH coalesce($asOf, dataset.asOf, date.transaction('UTC')) AS asOf,
     toInteger(round(log(2) * 1000000 / coalesce(dataset.halfLifeDays, 730.0))) AS agePerDay,
     toInteger(round(-log($introducerStrength) * 1000000)) AS handover,
     $topicId IS NULL OR $scope = 'ANY' AS everyTopic
WHERE $topicId IS NULL OR EXISTS { (:Topic {id: $topicId}) }
CALL (everyTopic) {
  CALL (everyTopic) {
    MATCH way = (asked:Topic {id: $topicId})-[:PART_OF*0..2]-(near:Topic)
    WHERE $scope <> 'EXACT' OR near = asked
    RETURN near.id AS topicId, length(way) * 350000 AS cost
    UNION ALL
    WITH '' AS topicId, 500000 AS cost
    WHERE $topicId IS NOT NULL AND $scope <> 'EXACT'
    RETURN topicId, cost
    UNION ALL
    WITH everyTopic
    WHERE everyTopic
    MATCH ()-[t:TRUSTS]->()
    RETURN DISTINCT t.topicId AS topicId, CASE WHEN $topicId IS NULL THEN 0 ELSE 1200000 END AS cost
  }
  WITH topicId, min(cost) AS cost
  RETURN collect(topicId) AS topicIds, collect({id: topicId, cost: cost}) AS topics
}

// 2. Open steps, each pair's cheapest relationship. Under INFLUENCE a step goes from the speaker to the listener, who
//    trusts, under TRUST the other way. Everybody who is not barred gets a number, in the order of ids.
CALL (asOf, agePerDay, everyTopic, topicIds, topics) {
  CALL (asOf, agePerDay, everyTopic, topicIds, topics) {
    CALL (asOf, agePerDay, topics) {
      UNWIND topics AS topic
      MATCH (listener:Person)-[t:TRUSTS {topicId: topic.id}]->(speaker:Person)
      WHERE coalesce(t.since <= asOf, true)
        AND ($paid = 'INCLUDE' OR NOT coalesce(t.paid, false))
        AND ($channels IS NULL OR t.channel IN $channels)
        AND ($stages IS NULL OR any(stage IN t.stages WHERE stage IN $stages))
        AND coalesce(t.lastSeen >= $seenFrom, true) AND coalesce(t.since <= $seenTo, true)
      WITH listener, speaker, topic, t,
           CASE WHEN t.lastSeen < asOf THEN duration.inDays(t.lastSeen, asOf).days ELSE 0 END AS days
      RETURN listener, speaker, min([t.cost + topic.cost + days * agePerDay, topic.id]) AS cheapest
    }
    WITH *
    WHERE NOT EXISTS {
      MATCH (listener)-[d:DISTRUSTS]->(speaker)
      WHERE (everyTopic OR d.topicId = '' OR d.topicId IN topicIds) AND coalesce(d.since <= asOf, true)
    }
    UNWIND CASE $direction
      WHEN 'INFLUENCE' THEN [[speaker, listener, 0]]
      WHEN 'TRUST' THEN [[listener, speaker, 1]]
      ELSE [[speaker, listener, 0], [listener, speaker, 1]]
    END AS step
    WITH step[0] AS person, step[1] AS next, min([cheapest[0], step[2], cheapest[1]]) AS cheapest
    RETURN person, next, {cost: cheapest[0], topicId: cheapest[2]} AS step
    UNION ALL
    WITH asOf
    MATCH (person:Person)
    WHERE NOT coalesce(person.optedOut, false) AND NOT person.id IN $excludePersonIds
      AND NOT EXISTS {
        MATCH (person)-[r:HAS_ROLE]->(brand:Brand)
        WHERE brand.id IN $excludeBrandIds AND coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
      }
    RETURN person, person AS next, null AS step
  }
  WITH next AS person, collect([person, step]) AS arrivals
  WHERE any(arrival IN arrivals WHERE arrival[1] IS NULL)
  ORDER BY person.id
  RETURN collect({node: person, arrivals: arrivals}) AS numbered
}

// 3. The ends: what entering a source costs, who is a target. Then everybody's steps, by number of who comes next:
//    a step to an inner person pays that introducer's handover. Nobody steps onto a source that is no target.
CALL (asOf, everyTopic, topicIds, numbered) {
  CALL (numbered) {
    UNWIND range(0, size(numbered) - 1) AS number
    UNWIND numbered[number].arrivals AS arrival
    WITH arrival[0] AS person, collect({to: number, step: arrival[1]}) AS steps
    WHERE any(step IN steps WHERE step.step IS NULL)
    RETURN person, [step IN steps WHERE step.step IS NOT NULL] AS steps
  }
  WITH asOf, everyTopic, topicIds, person, steps,
    person.id = $fromPersonId AS named,
    COLLECT {
      MATCH (person)-[r:HAS_ROLE]->(:Brand {id: $fromBrandId})
      WHERE r.kind IN $viaRoles AND coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
      RETURN toInteger(round(-log(coalesce(r.strength, 1.0)) * 1000000)) AS entry ORDER BY entry LIMIT 1
    } AS entries,
    person.id = $toPersonId OR EXISTS {
      MATCH (person)-[r:HAS_ROLE {kind: 'DECISION_MAKER'}]->(:Brand {id: $toBrandId})
      WHERE coalesce(r.since <= asOf, true) AND coalesce(r.until >= asOf, true)
        AND (everyTopic OR coalesce(r.topicId, '') = '' OR r.topicId IN topicIds)
    } AS target
  ORDER BY person.id
  RETURN collect({
    id: person.id, steps: steps, target: coalesce(target, false), entry: CASE WHEN named THEN 0 ELSE head(entries) END
  }) AS ends
}
WITH [person IN ends | person {.*, steps: [
  s IN person.steps
  WHERE ends[s.to].target OR ends[s.to].entry IS NULL |
  {to: s.to, topicId: s.step.topicId, cost: s.step.cost,
   weight: s.step.cost + CASE WHEN ends[s.to].target THEN 0 ELSE handover END}
]}] AS people
WITH people, range(0, size(people) - 1) AS numbers
WITH people, numbers, COLLECT {
  UNWIND numbers AS n
  UNWIND CASE WHEN people[n].entry IS NULL THEN [] WHEN people[n].target THEN [true, false] ELSE [true] END AS open
  RETURN {numbers: [n], cost: people[n].entry, steps: [], open: open}
} AS starts

// 4. One search finds the `first` best paths. With distinct introducers each search finds one more, without the people
//    `taken` as introducers before. (`head([x IN [value] | …])` only gives a value the name x.)
WITH people, reduce(chosen = [], search IN range(1, CASE WHEN $distinctIntroducers THEN $first ELSE 1 END) |
  head([taken IN [reduce(inner = [], path IN chosen | inner + path.numbers[1..-1])] |

  // rest[h][n]: the cheapest way from person n on to a target in at most h hops; null where there is none.
  head([rest IN [
    reduce(rest = [[n IN numbers | CASE WHEN people[n].target THEN {cost: 0, numbers: []} END]], h IN range(1, $maxHops) |
      rest + [[n IN numbers | CASE WHEN NOT n IN taken THEN
        reduce(best = rest[h - 1][n], step IN people[n].steps |
          CASE WHEN step.weight + rest[h - 1][step.to].cost < coalesce(best.cost, 9223372036854775807)
            THEN {cost: step.weight + rest[h - 1][step.to].cost, numbers: [step.to] + rest[h - 1][step.to].numbers}
            ELSE best
          END)
      END]])
  ] |

  // Hop by hop every open path takes every step, and those stay that can end, at best, among the cheapest: the limit is
  // what the path number `enough` costs if all go their best way on. Ways that visit somebody twice do not count for it.
  head([enough IN [CASE WHEN $distinctIntroducers THEN size(chosen) + 1 ELSE $first END] |
  head([found IN [
    reduce(paths = starts, hop IN range(1, $maxHops) |
      head([grown IN [COLLECT {
        UNWIND paths AS path
        UNWIND CASE WHEN path.open THEN people[path.numbers[-1]].steps ELSE [null] END AS step
        WITH path, step, CASE WHEN path.open THEN rest[$maxHops - hop][step.to] ELSE {cost: 0, numbers: []} END AS onward
        WHERE onward IS NOT NULL AND NOT coalesce(step.to IN path.numbers, false)
        RETURN CASE WHEN path.open THEN {
          numbers: path.numbers + step.to, cost: path.cost + step.weight, steps: path.steps + step,
          open: NOT people[step.to].target, atBest: path.cost + step.weight + onward.cost,
          simple: none(n IN onward.numbers WHERE n IN path.numbers)
        } ELSE path {.*, atBest: path.cost, simple: true} END
      }] |
      head([limit IN [reduce(costs = [], cost IN [path IN grown WHERE path.simple | path.atBest] |
        ([c IN costs WHERE c <= cost] + cost + [c IN costs WHERE c > cost])[..enough])[enough - 1]] |
      [path IN grown WHERE path.atBest <= coalesce(limit, path.atBest) AND exp(-path.atBest / 1000000.0) >= $minStrength]])]))
  ] |

  // The best of them in the order of cost, hops, ids.
  chosen + reduce(best = [], path IN [path IN found WHERE NOT path.open AND exp(-path.cost / 1000000.0) >= $minStrength
                                                          AND NOT path.numbers IN [known IN chosen | known.numbers]] |
    head([rank IN [[path.cost, size(path.steps), path.numbers]] |
      ([b IN best WHERE [b.cost, size(b.steps), b.numbers] < rank] + path
        + [b IN best WHERE [b.cost, size(b.steps), b.numbers] > rank])
      [..CASE WHEN $distinctIntroducers THEN 1 ELSE $first END]]))
  ])])])])) AS chosen
UNWIND chosen AS path
WITH collect({personIds: [n IN path.numbers | people[n].id], cost: path.cost, steps: path.steps}) AS paths
UNWIND paths AS path
RETURN path.personIds AS personIds, path.cost AS cost, size(path.steps) AS hops, exp(-path.cost / 1000000.0) AS strength,
       [step IN path.steps | step.topicId] AS topicIds, [step IN path.steps | step.cost] AS stepCosts
ORDER BY cost, hops, personIds
LIMIT $first;
