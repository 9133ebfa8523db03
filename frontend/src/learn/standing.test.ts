import { afterEach, expect, test, vi } from "vitest";
import { refresh } from "./standing";

afterEach(() => {
  document.body.innerHTML = "";
});

const PAGE = `<ol class="ol"><li>old</li></ol><p data-standing-line>0/3</p><p data-saved></p>`;
const NOW = { is_done: true, done: 1, all: 3, line: "1/3", rows: "<li>new</li>" };

test("redraws the list from what the server says", async () => {
  document.body.innerHTML = PAGE;
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response(JSON.stringify(NOW))),
  );
  await refresh("/learn/C1/u1/standing/");
  expect(document.querySelector(".ol")?.innerHTML).toBe("<li>new</li>");
  expect(document.querySelector("[data-standing-line]")?.textContent).toBe("1/3");
  expect(document.querySelector("[data-saved]")?.textContent).toBe("This unit is finished.");
});

test("leaves the page alone when the server does not answer", async () => {
  document.body.innerHTML = PAGE;
  for (const answer of [
    () => Promise.reject(new TypeError("offline")),
    async () => new Response("", { status: 403 }),
  ]) {
    vi.stubGlobal("fetch", vi.fn(answer));
    await refresh("/learn/C1/u1/standing/");
    expect(document.querySelector(".ol")?.innerHTML).toBe("<li>old</li>");
  }
});

test("an older reply that comes late undoes nothing", async () => {
  document.body.innerHTML = PAGE;
  const replies: ((answer: Response) => void)[] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(() => new Promise<Response>((resolve) => replies.push(resolve))),
  );
  const older = refresh("/learn/C1/u1/standing/");
  const newer = refresh("/learn/C1/u1/standing/");
  replies[1]?.(new Response(JSON.stringify(NOW)));
  await newer;
  replies[0]?.(new Response(JSON.stringify({ ...NOW, is_done: false, rows: "<li>old</li>" })));
  await older;
  expect(document.querySelector(".ol")?.innerHTML).toBe("<li>new</li>");
});
