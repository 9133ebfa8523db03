import { afterEach, beforeEach, expect, it, vi } from "vitest";
import "./offline-notice";
import { find, show } from "../shared/testing";

beforeEach(() => {
  vi.useFakeTimers();
  show("<offline-notice></offline-notice>");
});
afterEach(() => vi.useRealTimers());

it("is silent while all is well", () => {
  dispatchEvent(new Event("online"));
  expect(find("offline-notice").textContent).toBe("");
});

it("says that the network is gone, then that it is back, then nothing", () => {
  dispatchEvent(new Event("offline"));
  expect(find("offline-notice").textContent).toContain("You are offline.");
  dispatchEvent(new Event("online"));
  expect(find("offline-notice").textContent).toBe("You are online again.");
  vi.advanceTimersByTime(5_000);
  expect(find("offline-notice").textContent).toBe("");
});

it("stops listening when it leaves the page", () => {
  const notice = find("offline-notice");
  notice.remove();
  dispatchEvent(new Event("offline"));
  expect(notice.textContent).toBe("");
});
