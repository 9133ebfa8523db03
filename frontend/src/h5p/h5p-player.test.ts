import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Outbox } from "../shared/outbox";
import { find, serve, show } from "../shared/testing";
import { batchOf, type Done } from "./batch";
import type { H5PPlayer } from "./h5p-player";
import "./h5p-player";

const PAGE = `
  <h5p-player data-record="/h5p/record/t/" data-keep="lan">
    <iframe title="Bài tập"></iframe>
    <p class="saved" role="status" data-status></p>
  </h5p-player>`;

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

/** What the frame of the page says; `other` changes where it comes from. */
function hear(data: unknown, other: Partial<MessageEventInit> = {}): void {
  const { contentWindow } = find<HTMLIFrameElement>("iframe");
  const source = contentWindow as MessageEventSource;
  dispatchEvent(new MessageEvent("message", { data, origin: "null", source, ...other }));
}

const state = (data: string | null, subContentId = "0") => ({
  from: "h5p",
  kind: "state",
  subContentId,
  dataType: "state",
  data,
});
const statement = (more: object = {}) => ({
  from: "h5p",
  kind: "statement",
  statement: { verb: { id: "…/answered" }, result: { completion: true }, ...more },
});
const open = () => show<H5PPlayer>(PAGE);
const waiting = () => new Outbox<Done>("h5p:lan").items;
const status = () => find("[data-status]").textContent;
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test("a result is sent at once, a state a little later, both in one call if they meet", async () => {
  const calls = serve({ status: 200 });
  open();
  hear(state('{"a":1}'));
  hear(statement());
  await pass(400);
  expect(calls).toHaveLength(1);
  expect(calls[0]?.address).toBe("/h5p/record/t/");
  const { states, statements } = (calls[0]?.body ?? {}) as Record<
    string,
    Record<string, unknown>[]
  >;
  expect(states).toMatchObject([{ subContentId: "0", dataType: "state", data: '{"a":1}' }]);
  expect(statements).toMatchObject([{ verb: { id: "…/answered" } }]);
  expect(statements?.[0]?.uuid).toMatch(/^[0-9a-f-]{36}$/);
  expect(waiting()).toEqual([]);
  expect(status()).toMatch(/^Saved \d\d:\d\d$/);
});

test("only the newest state of each part waits", async () => {
  const calls = serve({ status: 200 });
  open();
  for (const [data, part] of [
    ["1", "0"],
    ["2", "0b1f"],
    ["3", "0"],
  ]) {
    hear(state(data ?? null, part));
  }
  expect(waiting()).toHaveLength(2);
  await pass(3_100);
  expect(calls[0]?.body.states).toMatchObject([
    { subContentId: "0b1f", data: "2" },
    { subContentId: "0", data: "3" },
  ]);
});

test("it is told once that the content was opened", async () => {
  const calls = serve({ status: 200 });
  const player = open();
  const acted = vi.fn();
  document.addEventListener("block-acted", acted, { once: true });
  hear({ from: "h5p", kind: "ready" });
  hear({ from: "h5p", kind: "ready" });
  await pass(400);
  expect(calls.map(({ body }) => body.opened)).toEqual([true]);
  expect(acted).toHaveBeenCalledOnce();
  expect(player.dataset.state).toBe("ready");
  expect(status()).toBe("");
});

test.each([
  ["another window", state("1"), { source: window }],
  ["a page with an origin", state("1"), { origin: location.origin }],
  ["nobody we know", { ...state("1"), from: "block-frame" }, {}],
  ["nothing", null, {}],
  ["a text", "state", {}],
  ["a state that is no text", { ...state("1"), data: { a: 1 } }, {}],
  ["a state that is too large", state("x".repeat(65_537)), {}],
  ["a part that is a path", state("1", "../1"), {}],
  ["a statement that is a list", { from: "h5p", kind: "statement", statement: [] }, {}],
  ["a statement that is too large", statement({ more: "x".repeat(16_400) }), {}],
  ["a kind we do not know", { from: "h5p", kind: "go", url: "https://example.org/" }, {}],
])("%s is not heard", async (_who, data, other) => {
  const calls = serve({ status: 200 });
  open();
  hear(data, other);
  await pass(6_000);
  expect(calls).toEqual([]);
  expect(waiting()).toEqual([]);
});

test("the frame is as high as it asks for, within bounds", () => {
  open();
  const heights = [461, 5, 1e9].map((height) => {
    hear({ from: "h5p", kind: "size", height });
    return find("iframe").style.height;
  });
  expect(heights).toEqual(["461px", "60px", "20000px"]);
  hear({ from: "h5p", kind: "size", height: "9px" });
  expect(find("iframe").style.height).toBe("20000px");
});

test("content that never stops talking is no longer heard", async () => {
  const calls = serve({ status: 200 });
  open();
  for (let n = 0; n < 300; n += 1) hear(statement({ n }));
  await pass(1_000);
  const sent = calls.flatMap(({ body }) => body.statements as unknown[]);
  expect(sent).toHaveLength(100);
});

test("without a network it waits on the device and goes by itself", async () => {
  const calls = serve("network down", { status: 200 });
  open();
  hear(statement());
  await pass(400);
  expect(status()).toBe("Not sent yet. It will be sent when you are online.");
  expect(waiting()).toHaveLength(1);
  dispatchEvent(new Event("online"));
  await pass(100);
  expect(calls).toHaveLength(2);
  expect(calls[1]?.body.statements).toEqual(calls[0]?.body.statements);
  expect(waiting()).toEqual([]);
});

test("429 and 503 are tried again after a while", async () => {
  const calls = serve(
    { status: 429, body: { code: "too-often" } },
    { status: 503 },
    { status: 200 },
  );
  open();
  hear(statement());
  await pass(400);
  await pass(5_100);
  expect(calls).toHaveLength(2);
  await pass(10_100);
  expect(calls).toHaveLength(3);
  expect(waiting()).toEqual([]);
});

test("what is left from last time goes first; then the frame begins with it", async () => {
  new Outbox<Done>("h5p:lan").put({ at: 1, subContentId: "0", dataType: "state", data: "1" });
  const calls = serve({ status: 200 });
  open();
  const frame = find<HTMLIFrameElement>("iframe");
  const set = vi.spyOn(frame, "setAttribute");
  await pass(100);
  expect(calls).toHaveLength(1);
  expect(set).toHaveBeenCalledWith("src", expect.any(String));
});

test("having begun is not called saved", async () => {
  const calls = serve({ status: 200 });
  open();
  hear({ from: "h5p", kind: "statement", statement: { verb: { id: "…/attempted" } } });
  await pass(400);
  expect(calls).toHaveLength(1);
  expect(status()).toBe("");
});

test("another person's queue is not touched", async () => {
  new Outbox<Done>("h5p:hoa").put({ at: 1, subContentId: "0", dataType: "state", data: "1" });
  const calls = serve({ status: 200 });
  open();
  hear(statement());
  await pass(400);
  expect(calls[0]?.body.states).toEqual([]);
  expect(new Outbox<Done>("h5p:hoa").items).toHaveLength(1);
});

test("when somebody else is signed in, nothing more is sent, and nothing is lost", async () => {
  const message = "Bây giờ người khác đang đăng nhập.";
  const calls = serve({ status: 403, body: { code: "other-person", message } });
  open();
  hear(statement());
  await pass(400);
  hear(statement());
  await pass(60_000);
  expect(calls).toHaveLength(1);
  expect(status()).toBe(message);
  expect(waiting()).toHaveLength(2);
});

test("signed out: the answers stay, and a new sign-in is offered", async () => {
  const calls = serve({ status: 401, body: { code: "signed-out" } }, { status: 200 });
  open();
  hear(statement());
  await pass(400);
  expect(status()).toContain("Your sign-in has ended");
  find<HTMLButtonElement>("[data-sign-in] button").click();
  await pass(100);
  expect(calls).toHaveLength(2);
  expect(document.querySelector("[data-sign-in]")).toBeNull();
  expect(waiting()).toEqual([]);
});

test("what the server cannot keep is dropped alone", async () => {
  const calls = serve(
    { status: 413, body: { code: "too-large", message: "Quá lớn." } },
    { status: 200 },
    { status: 413, body: { code: "too-large", message: "Quá lớn." } },
    { status: 200 },
  );
  open();
  hear(statement());
  hear(state("1"));
  await pass(400);
  expect(calls).toHaveLength(3);
  expect(status()).toBe("This answer could not be saved: Quá lớn.");
  expect(waiting()).toEqual([]);
});

test("who leaves the page sends what waits, and keeps it until the server has it", async () => {
  const calls = serve("network down");
  open();
  hear(state("1"));
  dispatchEvent(new Event("pagehide"));
  await pass(100);
  expect(calls[0]?.init.keepalive).toBe(true);
  expect(waiting()).toHaveLength(1);
});

test("an author who looks leaves nothing", async () => {
  const calls = serve({ status: 200 });
  show('<h5p-player><iframe title="x"></iframe><p data-status></p></h5p-player>');
  hear({ from: "h5p", kind: "ready" });
  hear(statement());
  dispatchEvent(new Event("pagehide"));
  await pass(10_000);
  expect(calls).toEqual([]);
});

test("content that does not start says so", () => {
  open();
  hear({ from: "h5p", kind: "failed" });
  expect(status()).toBe("This content cannot be shown at the moment.");
  hear({ from: "h5p", kind: "ready" });
  expect(status()).toBe("");
});

test("a batch has room for results before states, and no more than fits", () => {
  const item = (uuid: string, body: Done) => ({ uuid, body });
  const large = (n: number): Done => ({
    at: n,
    subContentId: `s${n}`,
    dataType: "state",
    data: "x".repeat(30_000),
  });
  const items = [item("a", large(1)), item("b", large(2)), item("c", { at: 3, statement: {} })];
  expect(batchOf(items, { room: 55_000 }).items.map(({ uuid }) => uuid)).toEqual(["c", "a"]);
  expect(batchOf(items).items).toHaveLength(3);
  expect(batchOf([item("a", large(1))], { room: 10_000 }).items).toEqual([]);
  expect(batchOf(items, { most: 1 }).items.map(({ uuid }) => uuid)).toEqual(["c"]);
});
