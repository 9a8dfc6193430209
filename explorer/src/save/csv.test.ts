import { expect, test } from "vitest";
import { csv } from "./csv";

test("cells are quoted where they must be", () => {
  expect(
    csv(
      ["a", "b"],
      [
        ['say "no"', "x,y"],
        [null, 1.5],
      ],
    ),
  ).toBe('a,b\r\n"say ""no""","x,y"\r\n,1.5\r\n');
});

test("nothing is a formula", () => {
  expect(csv(["a"], [["=1+1"], ["-2"], ["@x"]])).toBe("a\r\n'=1+1\r\n'-2\r\n'@x\r\n");
});
