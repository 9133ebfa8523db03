import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "./block-frame";

const PLAYER = "http://localhost:8001";

function shown(): { element: HTMLElement; frame: HTMLIFrameElement } {
  document.body.innerHTML = `<block-frame data-after=""><iframe title="Poll"></iframe></block-frame>`;
  const frame = document.querySelector("iframe") as HTMLIFrameElement;
  Object.defineProperty(frame, "src", { value: `${PLAYER}/f/token` });
  return { element: document.querySelector("block-frame") as HTMLElement, frame };
}

function hear(data: object, from: Window | null, origin = "null"): void {
  const event = new MessageEvent("message", { data: { from: "block-frame", ...data }, origin });
  Object.defineProperty(event, "source", { value: from });
  dispatchEvent(event);
}

beforeEach(() => vi.restoreAllMocks());
afterEach(() => {
  document.body.innerHTML = "";
});

test("follows the height of its own frame, within bounds", () => {
  const { frame } = shown();
  hear({ kind: "size", height: 412 }, frame.contentWindow);
  expect(frame.style.height).toBe("412px");
  hear({ kind: "size", height: 1e9 }, frame.contentWindow);
  expect(frame.style.height).toBe("6000px");
  hear({ kind: "size", height: "x" }, frame.contentWindow);
  expect(frame.style.height).toBe("6000px");
});

test("hears no other window and no other origin", () => {
  const { element, frame } = shown();
  const acted = vi.fn();
  element.addEventListener("block-acted", acted);
  hear({ kind: "acted" }, window);
  hear({ kind: "acted" }, frame.contentWindow, "https://evil.example");
  expect(acted).not.toHaveBeenCalled();
  hear({ kind: "acted" }, frame.contentWindow);
  hear({ kind: "acted" }, frame.contentWindow, PLAYER);
  expect(acted).toHaveBeenCalledTimes(2);
});

test("says what an editor could not save, as words and not as HTML", () => {
  const { element, frame } = shown();
  hear({ kind: "notify", name: "error", message: "<img src=x>" }, frame.contentWindow);
  const said = element.querySelector("[role=alert]");
  expect(said?.textContent).toBe("<img src=x>");
  expect(said?.children.length).toBe(0);
});

test("tells when an editor has saved or was left", () => {
  const { element, frame } = shown();
  const told: string[] = [];
  for (const name of ["block-saved", "block-cancelled"]) {
    element.addEventListener(name, () => told.push(name));
  }
  hear({ kind: "notify", name: "save", state: "start" }, frame.contentWindow);
  hear({ kind: "notify", name: "save", state: "end" }, frame.contentWindow);
  hear({ kind: "notify", name: "cancel" }, frame.contentWindow);
  expect(told).toEqual(["block-saved", "block-cancelled"]);
});

test("leads to our own pages only", () => {
  const { frame } = shown();
  const assign = vi.spyOn(location, "assign").mockImplementation(() => undefined);
  hear({ kind: "go", url: "https://evil.example/" }, frame.contentWindow);
  hear({ kind: "go", url: "javascript:alert(1)" }, frame.contentWindow);
  expect(assign).not.toHaveBeenCalled();
  hear({ kind: "go", url: `${location.origin}/learn/C1/` }, frame.contentWindow);
  expect(assign).toHaveBeenCalledWith(`${location.origin}/learn/C1/`);
});
