// Written by codegen.mjs (npm run codegen).

export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  Date: { input: string; output: string; }
  DateTime: { input: string; output: string; }
};

export type AudienceInput =
  { brandId: Scalars['ID']['input']; communityId?: never; personIds?: never; }
  |  { brandId?: never; communityId: Scalars['ID']['input']; personIds?: never; }
  |  { brandId?: never; communityId?: never; personIds: Array<Scalars['ID']['input']>; };

export type CommunityChange =
  | 'BORN'
  | 'GREW'
  | 'SHRANK'
  | 'MERGED'
  | 'SPLIT'
  | 'ENDED';

export type ContactOrder =
  | 'PATHS'
  | 'STRENGTH';

export type EngagementClass =
  | 'ENGAGER'
  | 'BROADCASTER'
  | 'LISTENER';

export type InfluencerOrder =
  | 'REACH'
  | 'RESONANCE'
  | 'RELEVANCE'
  | 'AUTHORITY'
  | 'REACHABLE_AUTHORITY';

export type Interval =
  | 'MONTH'
  | 'QUARTER'
  | 'YEAR';

export type MemberRole =
  | 'HUB'
  | 'CONNECTOR'
  | 'MEMBER'
  | 'PERIPHERAL';

export type PaidPolicy =
  | 'INCLUDE'
  | 'EXCLUDE';

export type PartyInput =
  { personId: Scalars['ID']['input']; brandId?: never; }
  |  { personId?: never; brandId: Scalars['ID']['input']; };

export type PeopleOrder =
  | 'NAME'
  | 'TRUSTED_BY'
  | 'RELEVANCE';

export type PurchaseStage =
  | 'AWARENESS'
  | 'CONSIDERATION'
  | 'DECISION'
  | 'LOYALTY';

export type RoleKind =
  | 'EMPLOYEE'
  | 'DECISION_MAKER'
  | 'ADVOCATE'
  | 'CUSTOMER'
  | 'CREATOR'
  | 'DETRACTOR';

export type SituationInput = {
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  stages?: InputMaybe<Array<PurchaseStage>>;
  location?: InputMaybe<Scalars['String']['input']>;
  communityId?: InputMaybe<Scalars['ID']['input']>;
  from?: InputMaybe<Scalars['Date']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
};

export type Stance =
  | 'NEUTRAL'
  | 'DETRACTOR';

export type StandingMeasure =
  | 'REACH'
  | 'RESONANCE'
  | 'RELEVANCE'
  | 'AUTHORITY';

export type TargetsInput =
  { brandId: Scalars['ID']['input']; personIds?: never; }
  |  { brandId?: never; personIds: Array<Scalars['ID']['input']>; };

export type TopicScope =
  | 'EXACT'
  | 'RELATED'
  | 'ANY';

export type Trend =
  | 'RISING'
  | 'STEADY'
  | 'FALLING';

export type TrustDirection =
  | 'INFLUENCE'
  | 'TRUST'
  | 'EITHER';

export type TrustedPathsInput = {
  from: PartyInput;
  to: PartyInput;
  topicId?: InputMaybe<Scalars['ID']['input']>;
  scope?: InputMaybe<TopicScope>;
  direction?: InputMaybe<TrustDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  maxHops?: InputMaybe<Scalars['Int']['input']>;
  minStrength?: InputMaybe<Scalars['Float']['input']>;
  introducerStrength?: InputMaybe<Scalars['Float']['input']>;
  asOf?: InputMaybe<Scalars['Date']['input']>;
  viaRoles?: InputMaybe<Array<RoleKind>>;
  excludePersonIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  excludeBrandIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  paid?: InputMaybe<PaidPolicy>;
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  stages?: InputMaybe<Array<PurchaseStage>>;
  seenFrom?: InputMaybe<Scalars['Date']['input']>;
  seenTo?: InputMaybe<Scalars['Date']['input']>;
  distinctIntroducers?: InputMaybe<Scalars['Boolean']['input']>;
  deadlineMs?: InputMaybe<Scalars['Int']['input']>;
};

export type ConcentrationQueryVariables = Exact<{
  topicId: Scalars['ID']['input'];
}>;


export type ConcentrationQuery = { topic: { peerInfluence: { people: number, interactions: number, impressions: { formula: string, total: number, gini: number | null, fewestPeople: number, shareOfPeople: number | null, lorenz: Array<{ people: number, amount: number }> }, massConnectors: { rule: string, people: { edges: Array<{ node: { impressions: number, interactions: number, listeners: number, person: { id: string, name: string } } }> } } } } | null };

export type CurrentsQueryVariables = Exact<{
  topicId: Scalars['ID']['input'];
  interval?: InputMaybe<Interval>;
}>;


export type CurrentsQuery = { topic: { currents: { riseFormula: string, intervals: Array<{ start: string, end: string, complete: boolean, interactions: number, activePeople: number, newcomers: number, newTrust: number }>, momentum: { slope: number, low: number, high: number, trend: Trend, intervals: number, formula: string } | null, changes: { formula: string, points: Array<{ start: string, before: number, after: number }> }, risingPeople: { edges: Array<{ node: { rise: number, recent: number, former: number, person: { id: string, name: string } } }> }, risingTopics: { edges: Array<{ node: { rise: number, recent: number, former: number, topic: { id: string, name: string } } }> } } } | null };

export type ExamplesQueryVariables = Exact<{ [key: string]: never; }>;


export type ExamplesQuery = { from: { id: string, name: string } | null, to: { id: string, name: string } | null, topic: { id: string, name: string } | null, snapshot: { people: number, relationships: number } };

export type InfluencersQueryVariables = Exact<{
  topicId: Scalars['ID']['input'];
  brandId: Scalars['ID']['input'];
  orderBy?: InputMaybe<InfluencerOrder>;
  first?: InputMaybe<Scalars['Int']['input']>;
}>;


export type InfluencersQuery = { topic: { influencers: { totalCount: number, edges: Array<{ node: { stance: Stance, stanceGrounds: Array<string>, person: { id: string, name: string, headline: string | null }, standing: { authority: { value: number, percentile: number, formula: string }, reach: { value: number }, resonance: { value: number }, relevance: { value: number } }, path: { strength: number, cost: number, hops: number, explanation: string, people: Array<{ id: string, name: string }> } | null, reachableAuthority: { value: number, formula: string } } }> } } | null };

export type CommunityMapQueryVariables = Exact<{
  topicId: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Date']['input']>;
}>;


export type CommunityMapQuery = { topic: { id: string, name: string, members: Array<{ communityId: string, role: MemberRole, share: number, authority: number | null, percentile: number | null, brandIds: Array<string>, person: { id: string, name: string } }> } | null, topicalCommunities: { totalCount: number, edges: Array<{ node: { id: string, label: string, size: number, cohesion: number, conductance: number, brands: { edges: Array<{ people: number, node: { id: string, name: string } }> }, bridges: { edges: Array<{ node: { strength: number, person: { id: string, name: string }, community: { id: string } } }> } } }> }, snapshot: { id: string, asOf: string } };

export type NamesQueryVariables = Exact<{
  personId: Scalars['ID']['input'];
  brandId: Scalars['ID']['input'];
  topicId: Scalars['ID']['input'];
  person: Scalars['Boolean']['input'];
  brand: Scalars['Boolean']['input'];
  topic: Scalars['Boolean']['input'];
}>;


export type NamesQuery = { person?: { name: string } | null, brand?: { name: string } | null, topic?: { name: string } | null };

export type TrustedPathsQueryVariables = Exact<{
  from: PartyInput;
  to: PartyInput;
  topicId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  paid?: InputMaybe<PaidPolicy>;
  asOf?: InputMaybe<Scalars['Date']['input']>;
  excludePersonIds?: InputMaybe<Array<Scalars['ID']['input']> | Scalars['ID']['input']>;
  distinctIntroducers?: InputMaybe<Scalars['Boolean']['input']>;
  deadlineMs?: InputMaybe<Scalars['Int']['input']>;
}>;


export type TrustedPathsQuery = { trustedPaths: { complete: boolean, stoppedBecause: string | null, examinedRelationships: number, snapshot: { id: string, asOf: string }, paths: Array<{ strength: number, cost: number, likelihood: number | null, hops: number, explanation: string, people: Array<{ id: string, name: string, headline: string | null }>, steps: Array<{ fromTrustsTo: boolean, strength: number, cost: number, since: string | null, lastSeen: string | null, channel: string | null, paid: boolean, stages: Array<PurchaseStage>, from: { id: string, name: string }, to: { id: string, name: string }, topic: { id: string, name: string } | null, evidence: Array<{ kind: string, count: number }> }>, weakestStep: { from: { id: string }, to: { id: string } } | null }> } };

export type PersonOnTopicQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  topicId: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Date']['input']>;
}>;


export type PersonOnTopicQuery = { person: { id: string, name: string, headline: string | null, location: string | null, roles: { totalCount: number, edges: Array<{ node: { kind: RoleKind, title: string | null, since: string | null, until: string | null, brand: { id: string, name: string }, topic: { id: string, name: string } | null } }> }, topics: { totalCount: number, edges: Array<{ node: { id: string, name: string } }> }, communities: { totalCount: number, edges: Array<{ share: number, role: MemberRole, primary: boolean, node: { id: string, label: string, topic: { id: string, name: string } } }> }, trustedBy: { totalCount: number, edges: Array<{ node: { strength: number, since: string | null, lastSeen: string | null, paid: boolean, person: { id: string, name: string }, topic: { id: string, name: string } | null, evidence: Array<{ kind: string, count: number }> } }> }, standing: { people: number, reach: { value: number, percentile: number, formula: string }, resonance: { value: number, percentile: number, formula: string }, relevance: { value: number, percentile: number, formula: string }, authority: { value: number, percentile: number, formula: string } } | null } | null };

export type RainmakersQueryVariables = Exact<{
  topicId: Scalars['ID']['input'];
  brandId: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
}>;


export type RainmakersQuery = { topic: { rainmakers: { totalCount: number, edges: Array<{ node: { stance: Stance, stanceGrounds: Array<string>, person: { id: string, name: string, headline: string | null }, standing: { authority: { value: number, percentile: number, formula: string }, reach: { value: number }, resonance: { value: number }, relevance: { value: number } }, path: { strength: number, cost: number, hops: number, explanation: string, people: Array<{ id: string, name: string }> } | null, reachableAuthority: { value: number, formula: string } } }> } } | null };

export type SearchQueryVariables = Exact<{
  text: Scalars['String']['input'];
  people: Scalars['Boolean']['input'];
  brands: Scalars['Boolean']['input'];
  topics: Scalars['Boolean']['input'];
}>;


export type SearchQuery = { brands?: { edges: Array<{ node: { id: string, name: string, domain: string | null } }> }, topics?: { edges: Array<{ node: { id: string, name: string, parent: { name: string } | null } }> }, people?: { edges: Array<{ node: { id: string, name: string, headline: string | null } }> } };

export type TopicNameQueryVariables = Exact<{
  topicId: Scalars['ID']['input'];
}>;


export type TopicNameQuery = { topic: { name: string, description: string | null, parent: { id: string, name: string } | null, parts: { totalCount: number, edges: Array<{ node: { id: string, name: string } }> } } | null };

export type YearsQueryVariables = Exact<{
  topicId: Scalars['ID']['input'];
}>;


export type YearsQuery = { topic: { currents: { intervals: Array<{ start: string, newTrust: number }> } } | null };

/** A document of one operation: its text, with the types of its answer and variables. */

export interface Operation<Answer, Variables> {
  name: string;
  text: string;
  types?: (variables: Variables) => Answer;
}


export const Concentration: Operation<ConcentrationQuery, ConcentrationQueryVariables> = {
  name: "Concentration",
  text: "query Concentration($topicId: ID!) {\n  topic(id: $topicId) {\n    peerInfluence {\n      people\n      interactions\n      impressions {\n        formula\n        total\n        gini\n        fewestPeople\n        shareOfPeople\n        lorenz {\n          people\n          amount\n        }\n      }\n      massConnectors {\n        rule\n        people(first: 10) {\n          edges {\n            node {\n              impressions\n              interactions\n              listeners\n              person {\n                id\n                name\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n}",
};


export const Currents: Operation<CurrentsQuery, CurrentsQueryVariables> = {
  name: "Currents",
  text: "query Currents($topicId: ID!, $interval: Interval) {\n  topic(id: $topicId) {\n    currents(interval: $interval) {\n      intervals {\n        start\n        end\n        complete\n        interactions\n        activePeople\n        newcomers\n        newTrust\n      }\n      momentum {\n        slope\n        low\n        high\n        trend\n        intervals\n        formula\n      }\n      changes {\n        points {\n          start\n          before\n          after\n        }\n        formula\n      }\n      risingPeople(first: 5) {\n        edges {\n          node {\n            rise\n            recent\n            former\n            person {\n              id\n              name\n            }\n          }\n        }\n      }\n      risingTopics(first: 5) {\n        edges {\n          node {\n            rise\n            recent\n            former\n            topic {\n              id\n              name\n            }\n          }\n        }\n      }\n      riseFormula\n    }\n  }\n}",
};


export const Examples: Operation<ExamplesQuery, ExamplesQueryVariables> = {
  name: "Examples",
  text: "query Examples {\n  from: brand(id: \"arm.com\") {\n    id\n    name\n  }\n  to: brand(id: \"coreboot-project\") {\n    id\n    name\n  }\n  topic: topic(id: \"u-boot\") {\n    id\n    name\n  }\n  snapshot {\n    people\n    relationships\n  }\n}",
};


export const Influencers: Operation<InfluencersQuery, InfluencersQueryVariables> = {
  name: "Influencers",
  text: "query Influencers($topicId: ID!, $brandId: ID!, $orderBy: InfluencerOrder, $first: Int) {\n  topic(id: $topicId) {\n    influencers(brandId: $brandId, orderBy: $orderBy, first: $first) {\n      totalCount\n      edges {\n        node {\n          person {\n            id\n            name\n            headline\n          }\n          standing {\n            authority {\n              value\n              percentile\n              formula\n            }\n            reach {\n              value\n            }\n            resonance {\n              value\n            }\n            relevance {\n              value\n            }\n          }\n          path {\n            strength\n            cost\n            hops\n            people {\n              id\n              name\n            }\n            explanation\n          }\n          reachableAuthority {\n            value\n            formula\n          }\n          stance\n          stanceGrounds\n        }\n      }\n    }\n  }\n}",
};


export const CommunityMap: Operation<CommunityMapQuery, CommunityMapQueryVariables> = {
  name: "CommunityMap",
  text: "query CommunityMap($topicId: ID!, $asOf: Date) {\n  topic(id: $topicId) {\n    id\n    name\n    members(asOf: $asOf, first: 2000) {\n      person {\n        id\n        name\n      }\n      communityId\n      role\n      share\n      authority\n      percentile\n      brandIds\n    }\n  }\n  topicalCommunities(topicId: $topicId, asOf: $asOf, first: 50) {\n    totalCount\n    edges {\n      node {\n        id\n        label\n        size\n        cohesion\n        conductance\n        brands(first: 12) {\n          edges {\n            people\n            node {\n              id\n              name\n            }\n          }\n        }\n        bridges(first: 8) {\n          edges {\n            node {\n              strength\n              person {\n                id\n                name\n              }\n              community {\n                id\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n  snapshot {\n    id\n    asOf\n  }\n}",
};


export const Names: Operation<NamesQuery, NamesQueryVariables> = {
  name: "Names",
  text: "query Names($personId: ID!, $brandId: ID!, $topicId: ID!, $person: Boolean!, $brand: Boolean!, $topic: Boolean!) {\n  person(id: $personId) @include(if: $person) {\n    name\n  }\n  brand(id: $brandId) @include(if: $brand) {\n    name\n  }\n  topic(id: $topicId) @include(if: $topic) {\n    name\n  }\n}",
};


export const TrustedPaths: Operation<TrustedPathsQuery, TrustedPathsQueryVariables> = {
  name: "TrustedPaths",
  text: "query TrustedPaths(\n  $from: PartyInput!\n  $to: PartyInput!\n  $topicId: ID\n  $first: Int\n  $paid: PaidPolicy\n  $asOf: Date\n  $excludePersonIds: [ID!]\n  $distinctIntroducers: Boolean\n  $deadlineMs: Int\n) {\n  trustedPaths(\n    input: {\n      from: $from\n      to: $to\n      topicId: $topicId\n      first: $first\n      paid: $paid\n      asOf: $asOf\n      excludePersonIds: $excludePersonIds\n      distinctIntroducers: $distinctIntroducers\n      deadlineMs: $deadlineMs\n    }\n  ) {\n    complete\n    stoppedBecause\n    examinedRelationships\n    snapshot {\n      id\n      asOf\n    }\n    paths {\n      strength\n      cost\n      likelihood\n      hops\n      explanation\n      people {\n        id\n        name\n        headline\n      }\n      steps {\n        from {\n          id\n          name\n        }\n        to {\n          id\n          name\n        }\n        fromTrustsTo\n        topic {\n          id\n          name\n        }\n        strength\n        cost\n        since\n        lastSeen\n        channel\n        paid\n        stages\n        evidence {\n          kind\n          count\n        }\n      }\n      weakestStep {\n        from {\n          id\n        }\n        to {\n          id\n        }\n      }\n    }\n  }\n}",
};


export const PersonOnTopic: Operation<PersonOnTopicQuery, PersonOnTopicQueryVariables> = {
  name: "PersonOnTopic",
  text: "query PersonOnTopic($id: ID!, $topicId: ID!, $asOf: Date) {\n  person(id: $id) {\n    id\n    name\n    headline\n    location\n    roles(first: 8) {\n      totalCount\n      edges {\n        node {\n          kind\n          title\n          since\n          until\n          brand {\n            id\n            name\n          }\n          topic {\n            id\n            name\n          }\n        }\n      }\n    }\n    topics(first: 8) {\n      totalCount\n      edges {\n        node {\n          id\n          name\n        }\n      }\n    }\n    communities(first: 6) {\n      totalCount\n      edges {\n        share\n        role\n        primary\n        node {\n          id\n          label\n          topic {\n            id\n            name\n          }\n        }\n      }\n    }\n    trustedBy(first: 8) {\n      totalCount\n      edges {\n        node {\n          strength\n          since\n          lastSeen\n          paid\n          person {\n            id\n            name\n          }\n          topic {\n            id\n            name\n          }\n          evidence {\n            kind\n            count\n          }\n        }\n      }\n    }\n    standing(topicId: $topicId, asOf: $asOf) {\n      people\n      reach {\n        value\n        percentile\n        formula\n      }\n      resonance {\n        value\n        percentile\n        formula\n      }\n      relevance {\n        value\n        percentile\n        formula\n      }\n      authority {\n        value\n        percentile\n        formula\n      }\n    }\n  }\n}",
};


export const Rainmakers: Operation<RainmakersQuery, RainmakersQueryVariables> = {
  name: "Rainmakers",
  text: "query Rainmakers($topicId: ID!, $brandId: ID!, $first: Int) {\n  topic(id: $topicId) {\n    rainmakers(brandId: $brandId, first: $first) {\n      totalCount\n      edges {\n        node {\n          person {\n            id\n            name\n            headline\n          }\n          standing {\n            authority {\n              value\n              percentile\n              formula\n            }\n            reach {\n              value\n            }\n            resonance {\n              value\n            }\n            relevance {\n              value\n            }\n          }\n          path {\n            strength\n            cost\n            hops\n            people {\n              id\n              name\n            }\n            explanation\n          }\n          reachableAuthority {\n            value\n            formula\n          }\n          stance\n          stanceGrounds\n        }\n      }\n    }\n  }\n}",
};


export const Search: Operation<SearchQuery, SearchQueryVariables> = {
  name: "Search",
  text: "query Search($text: String!, $people: Boolean!, $brands: Boolean!, $topics: Boolean!) {\n  brands(search: $text, first: 5) @include(if: $brands) {\n    edges {\n      node {\n        id\n        name\n        domain\n      }\n    }\n  }\n  topics(search: $text, first: 8) @include(if: $topics) {\n    edges {\n      node {\n        id\n        name\n        parent {\n          name\n        }\n      }\n    }\n  }\n  people(search: $text, first: 6) @include(if: $people) {\n    edges {\n      node {\n        id\n        name\n        headline\n      }\n    }\n  }\n}",
};


export const TopicName: Operation<TopicNameQuery, TopicNameQueryVariables> = {
  name: "TopicName",
  text: "query TopicName($topicId: ID!) {\n  topic(id: $topicId) {\n    name\n    description\n    parent {\n      id\n      name\n    }\n    parts(first: 12) {\n      totalCount\n      edges {\n        node {\n          id\n          name\n        }\n      }\n    }\n  }\n}",
};


export const Years: Operation<YearsQuery, YearsQueryVariables> = {
  name: "Years",
  text: "query Years($topicId: ID!) {\n  topic(id: $topicId) {\n    currents(interval: YEAR) {\n      intervals {\n        start\n        newTrust\n      }\n    }\n  }\n}",
};
