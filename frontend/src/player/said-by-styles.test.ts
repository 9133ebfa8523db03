import { expect, test } from "vitest";
import { sayByStyles } from "./said-by-styles";

test("style sheets find their words as CSS strings", () => {
  sayByStyles((text) => (text === "Answer:" ? 'Đáp "án":' : text));
  const style = document.documentElement.style;
  expect(style.getPropertyValue("--said-answer")).toBe('"Đáp \\"án\\":"');
  expect(style.getPropertyValue("--said-sideways")).toContain("sideways");
});
