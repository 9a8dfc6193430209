import { parse } from "graphql";
import { expect, test } from "vitest";
import { CommunityMap, Influencers, TrustedPaths } from "../operations/generated";
import { asGraphql } from "./as-graphql";

test("values stand in the document, which is still one", () => {
  const text = asGraphql(TrustedPaths, {
    from: { brandId: 'a "quoted" brand' },
    to: { personId: "p1" },
    topicId: null,
    first: 3,
    paid: "EXCLUDE",
    excludePersonIds: ["p2", "p3"],
    distinctIntroducers: true,
  });
  expect(() => parse(text)).not.toThrow();
  expect(text).toContain('from: {brandId: "a \\"quoted\\" brand"}');
  expect(text).toContain("paid: EXCLUDE");
  expect(text).toContain('excludePersonIds: ["p2", "p3"]');
  expect(text).toContain("topicId: null");
  expect(text).not.toContain("$");
});

test("days are quoted, enums are not", () => {
  expect(asGraphql(CommunityMap, { topicId: "t", asOf: "2020-12-31" })).toContain('asOf: "2020-12-31"');
  const text = asGraphql(Influencers, { topicId: "t", brandId: "b", orderBy: "REACH", first: 10 });
  expect(text).toContain("orderBy: REACH");
});
