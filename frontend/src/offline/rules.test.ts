import { expect, it } from "vitest";
import { answerFor } from "./rules";

const request = (
  path: string,
  more: { method?: string; mode?: RequestMode; range?: boolean; origin?: string } = {},
): Pick<Request, "method" | "mode" | "url" | "headers"> => ({
  method: more.method ?? "GET",
  mode: more.mode ?? "no-cors",
  url: (more.origin ?? "https://lms.example") + path,
  headers: new Headers(more.range ? { range: "bytes=0-" } : {}),
});
const how = (...args: Parameters<typeof request>): ReturnType<typeof answerFor> =>
  answerFor(request(...args), "https://lms.example");

it("keeps built files, whose names change with their content", () => {
  expect(how("/static/assets/main-DgaB_3zg.js")).toBe("cache-first");
});

it.each([
  ["/static/admin/css/base.css"],
  ["/static/service-worker.js"],
  ["/media/bai-4.mp3"],
  ["/learn/place"],
])("leaves %s to the browser", (path) => {
  expect(how(path)).toBeNull();
});

it("leaves other sites, parts of files and saving alone", () => {
  expect(how("/static/assets/main-DgaB_3zg.js", { origin: "https://cdn.example" })).toBeNull();
  expect(how("/static/assets/main-DgaB_3zg.js", { range: true })).toBeNull();
  expect(how("/steps", { method: "POST" })).toBeNull();
});

it("has an offline page for every page, also after sending a form", () => {
  expect(how("/learn/", { mode: "navigate" })).toBe("offline-page");
  expect(how("/quiz/", { mode: "navigate", method: "POST" })).toBe("offline-page");
});
