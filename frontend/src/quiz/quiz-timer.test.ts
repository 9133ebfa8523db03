import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "./quiz-timer";
import { find, show } from "../shared/testing";

const sent = vi.fn((event: Event) => event.preventDefault());
const NOW = "2026-11-21T10:42:00+07:00";

beforeEach(() => {
  sent.mockClear();
  vi.useFakeTimers();
  // This device's clock is an hour slow.
  vi.setSystemTime(Date.parse(NOW) - 3_600_000);
});
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

function page(ends: string): void {
  show(`<form id="attempt"></form>
    <quiz-timer data-ends="${ends}" data-now="${NOW}" data-seconds="1200" form="attempt">
      <p role="timer" aria-label="14 minutes"><svg><circle data-ring></circle></svg>
      <span data-left>14 minutes</span></p></quiz-timer>`);
  document.body.append(find("quiz-timer"));
  find("form").addEventListener("submit", sent);
}

describe("quiz-timer", () => {
  it("counts by the server's clock", () => {
    page("2026-11-21T10:56:20+07:00");
    expect(find("[data-left]").textContent).toBe("14:20 left");
    vi.advanceTimersByTime(61_000);
    expect(find("[data-left]").textContent).toBe("13:19 left");
    expect(find("[role=timer]").hasAttribute("aria-label")).toBe(false);
    expect(document.querySelector("[data-ring]")?.getAttribute("stroke-dasharray")).toBe(
      "66.6 100",
    );
  });

  it("shows hours", () => {
    page("2026-11-21T12:02:05+07:00");
    expect(find("[data-left]").textContent).toBe("1:20:05 left");
  });

  it("announces ten, five and one minute, once each and nothing else", () => {
    page("2026-11-21T10:52:05+07:00");
    const said: string[] = [];
    for (let second = 0; second < 600; second += 1) {
      vi.advanceTimersByTime(1_000);
      const text = find("[role=status]").textContent;
      if (text && text !== said.at(-1)) said.push(text);
    }
    expect(said).toEqual(["10 minutes left.", "5 minutes left.", "1 minute left."]);
  });

  it("hands in at zero, once, and says so", () => {
    page("2026-11-21T10:42:02+07:00");
    vi.advanceTimersByTime(5_000);
    expect(sent).toHaveBeenCalledTimes(1);
    expect(find("[role=status]").textContent).toContain("Time is up.");
    expect(find<HTMLInputElement>("[name=time_is_up]").value).toBe("1");
    expect(find("[data-left]").textContent).toBe("0:00 left");
  });

  it("hands in after the device has slept past the deadline", () => {
    page("2026-11-21T10:52:00+07:00");
    vi.setSystemTime(Date.parse(NOW) + 86_400_000);
    vi.advanceTimersByTime(1_000);
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it("leaves a page without a deadline alone", () => {
    page("");
    vi.advanceTimersByTime(5_000);
    expect(find("[data-left]").textContent).toBe("14 minutes");
    expect(sent).not.toHaveBeenCalled();
  });

  it("goes on counting to a later end that the server has named", () => {
    page("2026-11-21T10:42:02+07:00");
    find("quiz-timer").dataset.ends = "2026-11-21T10:43:00+07:00";
    vi.advanceTimersByTime(5_000);
    expect(sent).not.toHaveBeenCalled();
    expect(find("[data-left]").textContent).toBe("0:55 left");
  });
});
