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
  /** Date (isoformat) */
  Date: { input: string; output: string; }
  /** Date with time (isoformat) */
  DateTime: { input: string; output: string; }
};

/** Whom to influence. People who opted out are in no audience. */
export type AudienceInput =
  /** A brand's people with the role CUSTOMER on the day. */
  { brandId: Scalars['ID']['input']; communityId?: never; personIds?: never; }
  |  /** A community's members, primary and secondary. */
  { brandId?: never; communityId: Scalars['ID']['input']; personIds?: never; }
  |  /** These people, at most 100,000; an unknown id is NOT_FOUND. */
  { brandId?: never; communityId?: never; personIds: Array<Scalars['ID']['input']>; };

/** What becomes of communities from one date to the next. */
export type CommunityChange =
  /** It goes on from none, and is no part of one that split. */
  | 'BORN'
  /** It goes on with more people. */
  | 'GREW'
  /** It goes on with fewer people. */
  | 'SHRANK'
  /** At least two have at least half of their people in it. */
  | 'MERGED'
  /** At least two have at least half of their people from it. */
  | 'SPLIT'
  /** None goes on from it, and it is no part of several that merged. */
  | 'ENDED';

/** What makes a new relationship worth most; the other of the two decides between equals, then the contact's id. */
export type ContactOrder =
  /** How many targets it opens or strengthens. */
  | 'PATHS'
  /** How much strength the best paths to all targets gain. */
  | 'STRENGTH';

/** How somebody takes part in a topic; the first that fits, in the order BROADCASTER, LISTENER, ENGAGER. */
export type EngagementClass =
  /** Neither of the others: gives and takes. */
  | 'ENGAGER'
  /** At least 10 people engage with them, and fewer than a quarter of these get an answer. */
  | 'BROADCASTER'
  /** Nobody engages with them, or they give at least twice as many interactions as they receive. */
  | 'LISTENER';

/** What a list of influencers is sorted by, the greatest first. */
export type InfluencerOrder =
  /** How many people a message could get to over two hops: potential, no more. */
  | 'REACH'
  /** How strongly they are trusted, by all who listen together. */
  | 'RESONANCE'
  /** How much of what they do is on the topic. */
  | 'RELEVANCE'
  /** How much they are listened to by people who are listened to. */
  | 'AUTHORITY'
  /** Authority times the strength of the best trusted path from the brand. */
  | 'REACHABLE_AUTHORITY';

/** How long an interval of the calendar is. */
export type Interval =
  /** A month. */
  | 'MONTH'
  /** Three months, from January, April, July or October. */
  | 'QUARTER'
  /** A year. */
  | 'YEAR';

/** A member's place in a community, after Guimerà and Amaral (2005). */
export type MemberRole =
  /** Tied to the community far more than most members (z-score of at least 2.5). */
  | 'HUB'
  /** Tied to several communities (participation of at least 0.62). */
  | 'CONNECTOR'
  /** Neither of the others. */
  | 'MEMBER'
  /** Hardly tied, and only to this community. */
  | 'PERIPHERAL';

/** Whether trust that rests on paid interactions counts. */
export type PaidPolicy =
  /** It counts, as stored (a paid interaction has half the weight). */
  | 'INCLUDE'
  /** It is left out. */
  | 'EXCLUDE';

/** One end of a path: a person or a brand. */
export type PartyInput =
  /** A person's id. */
  { personId: Scalars['ID']['input']; brandId?: never; }
  |  /** A brand's id. As `from` it stands for its people with a role in `viaRoles`, as `to` for those who decide there. */
  { personId?: never; brandId: Scalars['ID']['input']; };

/** How a list of people is sorted; ties by id. */
export type PeopleOrder =
  /** By name. The default without a search. */
  | 'NAME'
  /** Most trust relationships towards the person first. */
  | 'TRUSTED_BY'
  /** Best match of the search first. The default with a search, and only possible with one. */
  | 'RELEVANCE';

/** Where on the path to purchase somebody is, in its order. */
export type PurchaseStage =
  /** Comes to know that there is such a thing. */
  | 'AWARENESS'
  /** Weighs one thing against others. */
  | 'CONSIDERATION'
  /** Makes up their mind, and buys. */
  | 'DECISION'
  /** Has bought: uses it, stays, and tells others. */
  | 'LOYALTY';

/** What a person is to a brand. */
export type RoleKind =
  /** Works there. */
  | 'EMPLOYEE'
  /** Decides there, on the role's topic or on all. */
  | 'DECISION_MAKER'
  /** Speaks for the brand without being asked to. */
  | 'ADVOCATE'
  /** Buys or uses what the brand offers. */
  | 'CUSTOMER'
  /** Makes content about the brand. */
  | 'CREATOR'
  /** Speaks against the brand. */
  | 'DETRACTOR';

/** What narrows the influencers of a person. All conditions hold at once. */
export type SituationInput = {
  /** Only paths of trust that came about on one of these channels. */
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only paths of trust that rests on an interaction at one of these stages. */
  stages?: InputMaybe<Array<PurchaseStage>>;
  /** Only influencers whose `location` is exactly this text. */
  location?: InputMaybe<Scalars['String']['input']>;
  /** Only influencers who are members of this community. */
  communityId?: InputMaybe<Scalars['ID']['input']>;
  /** Only paths of trust that was seen on this day or later; undated trust always counts. */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Only paths of trust that was there on this day; undated trust always counts. */
  to?: InputMaybe<Scalars['Date']['input']>;
};

/** How somebody stands to a brand. */
export type Stance =
  /** No detractor, as far as is known. */
  | 'NEUTRAL'
  /** Holds the role DETRACTOR at the brand, or distrusts one of its people in scope or in general. */
  | 'DETRACTOR';

/** What somebody's standing on a topic is measured by. There is no sum of them: they measure different things. */
export type StandingMeasure =
  /** How many people a message could get to over two hops: potential, no more. */
  | 'REACH'
  /** How strongly they are trusted, by all who listen together. */
  | 'RESONANCE'
  /** How much of what they do is on the topic. */
  | 'RELEVANCE'
  /** How much they are listened to by people who are listened to (topic-sensitive PageRank). */
  | 'AUTHORITY';

/** Whom a brand wants to reach, at most 200 people. */
export type TargetsInput =
  /** A brand's decision-makers on the day; with a topic, on topics in its scope. */
  { brandId: Scalars['ID']['input']; personIds?: never; }
  |  /** These people; an unknown id is NOT_FOUND. */
  { brandId?: never; personIds: Array<Scalars['ID']['input']>; };

/** How far from the asked topic trust may lie and still count. */
export type TopicScope =
  /** Only trust on the topic itself. */
  | 'EXACT'
  /** Also trust in general and on topics up to two steps away in the tree of topics; the further away, the less it counts. */
  | 'RELATED'
  /** Trust on every topic; what is neither near nor general counts least. */
  | 'ANY';

/** Which way a series goes, as far as the confidence interval of its slope tells. */
export type Trend =
  /** The whole interval is above 0. */
  | 'RISING'
  /** The interval holds 0: it may go either way. */
  | 'STEADY'
  /** The whole interval is below 0. */
  | 'FALLING';

/** Which way a path runs along trust. */
export type TrustDirection =
  /** Every next person trusts the one before: a message is passed on to somebody who listens. */
  | 'INFLUENCE'
  /** Every next person is trusted by the one before: whom does this person listen to? */
  | 'TRUST'
  /** Each step takes the stronger of both. */
  | 'EITHER';

/** Between whom, and which trust counts. Options combine. */
export type TrustedPathsInput = {
  /** Where the message starts. */
  from: PartyInput;
  /** Whom it should reach. */
  to: PartyInput;
  /** What the message is about. Without a topic all trust counts alike. */
  topicId?: InputMaybe<Scalars['ID']['input']>;
  /** How far from the topic trust may lie and still count. */
  scope?: InputMaybe<TopicScope>;
  /** Which way the path runs along trust. */
  direction?: InputMaybe<TrustDirection>;
  /** How many paths at most, 1 to 100. */
  first?: InputMaybe<Scalars['Int']['input']>;
  /** How many steps at most, 0 to 8. */
  maxHops?: InputMaybe<Scalars['Int']['input']>;
  /** Least strength of a whole path, 0 to 1. */
  minStrength?: InputMaybe<Scalars['Float']['input']>;
  /** How likely each inner person passes the message on, above 0 up to 1. */
  introducerStrength?: InputMaybe<Scalars['Float']['input']>;
  /** The day the question is about; without one the data set's. */
  asOf?: InputMaybe<Scalars['Date']['input']>;
  /** Whose trust a brand as `from` can lean on: its people with one of these roles. */
  viaRoles?: InputMaybe<Array<RoleKind>>;
  /** People who must not be on a path. */
  excludePersonIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Brands none of whose people may be on a path. */
  excludeBrandIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Whether trust that rests on paid interactions counts. */
  paid?: InputMaybe<PaidPolicy>;
  /** Only trust that came about on one of these channels. */
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only trust that rests on an interaction at one of these stages. */
  stages?: InputMaybe<Array<PurchaseStage>>;
  /** Only trust seen on this day or later; undated trust always counts. */
  seenFrom?: InputMaybe<Scalars['Date']['input']>;
  /** Only trust that was there on this day; undated trust always counts. */
  seenTo?: InputMaybe<Scalars['Date']['input']>;
  /** Whether no two paths may share an inner person. */
  distinctIntroducers?: InputMaybe<Scalars['Boolean']['input']>;
  /** After how many milliseconds to answer with what is proved until then, 1 to 30,000. */
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
