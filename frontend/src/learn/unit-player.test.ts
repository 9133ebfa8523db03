import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "./unit-player";
import { find, serve, show } from "../shared/testing";

let observed: (entries: { target: Element; isIntersecting: boolean }[]) => void;
const tops: Record<string, number> = { p1: -500, p2: 100, p3: 900 };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(callback: typeof observed) {
        observed = callback;
      }
      observe(): void {}
      disconnect(): void {}
    },
  );
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (
    this: HTMLElement,
  ) {
    return {
      top: tops[this.dataset.usageKey?.split("@").at(-1) ?? ""] ?? 0,
      height: 400,
    } as DOMRect;
  });
  vi.stubGlobal("innerHeight", 900);
});
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
  location.hash = "";
});

function page(resume = ""): HTMLElement {
  return show(`<div><p class="saved" data-saved><svg></svg>Saved earlier</p>
    <unit-player data-place-url="/place" csrf="x" data-block="${resume}">
    <div data-usage-key="b@p1"></div><div data-usage-key="b@p2"></div><div data-usage-key="b@p3"></div>
  </unit-player></div>`);
}

function see(...keys: string[]): void {
  observed(
    keys.map((key) => ({ target: find(`[data-usage-key="b@${key}"]`), isIntersecting: true })),
  );
}

describe("unit-player", () => {
  it("saves the block at the reading line, at most every five seconds", async () => {
    const calls = serve({ status: 200 });
    page();
    see("p1", "p2");
    dispatchEvent(new Event("scroll"));
    await vi.advanceTimersByTimeAsync(4_900);
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(calls.map((call) => call.body)).toEqual([{ block: "b@p2", fraction: 0.5 }]);
    expect(find(".saved").textContent).toMatch(/^Saved \d\d:\d\d$/);
    expect(find(".saved svg")).toBeTruthy();
  });

  it("does not save the same place twice", async () => {
    const calls = serve({ status: 200 });
    page();
    see("p2");
    await vi.advanceTimersByTimeAsync(5_000);
    dispatchEvent(new Event("scroll"));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(calls.length).toBe(1);
  });

  it("saves when the page is left, with a request that outlives it", async () => {
    const calls = serve({ status: 200 });
    page();
    see("p2");
    dispatchEvent(new Event("pagehide"));
    expect(calls[0]?.init.keepalive).toBe(true);
  });

  it("says nothing about a failure and tries again", async () => {
    const calls = serve("network down", { status: 200 });
    page();
    see("p2");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(find(".saved").textContent).toBe("Saved earlier");
    dispatchEvent(new Event("scroll"));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(calls.length).toBe(2);
  });

  it("returns to the block where the reader stopped", () => {
    const scrolled = vi.fn();
    vi.stubGlobal("scrollTo", scrolled);
    page("p3");
    expect(scrolled).toHaveBeenCalledWith({ top: 600, behavior: "instant" });
  });

  it("finds the block by its whole key too", () => {
    const scrolled = vi.fn();
    vi.stubGlobal("scrollTo", scrolled);
    page("b@p3");
    expect(scrolled).toHaveBeenCalledTimes(1);
  });

  it("leaves a reader who followed a link to a place alone", () => {
    const scrolled = vi.fn();
    vi.stubGlobal("scrollTo", scrolled);
    location.hash = "#n1";
    page("p3");
    expect(scrolled).not.toHaveBeenCalled();
  });

  it("ignores a block that is no longer there", () => {
    const scrolled = vi.fn();
    vi.stubGlobal("scrollTo", scrolled);
    page("gone");
    expect(scrolled).not.toHaveBeenCalled();
  });
});
