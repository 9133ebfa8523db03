import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "./quiz-player";
import { find, serve, show } from "../shared/testing";

const sent = vi.fn((event: Event) => event.preventDefault());

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sent.mockClear();
});
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

function page(): void {
  const slot = (number: number): string => `<fieldset data-slot="${number}">
    <label><input type="radio" name="slot-${number}" value="a"><span>Apple</span></label>
    <label><input type="radio" name="slot-${number}" value="b"><span>Bean</span></label></fieldset>`;
  show(`<quiz-player attempt="7f" save-url="/steps" base-seq="12" sign-in-url="/sign-in/">
    <form>${slot(1)}${slot(2)}<textarea data-slot-text></textarea>
      <label><input type="checkbox" data-flag="1"></label>
      <input type="hidden" name="base_seq" value="12">
      <button>Hand in</button><span class="saved" role="status"></span></form></quiz-player>`);
  // Ours runs first and may stop it, as the browser's own sending would be stopped.
  find("quiz-player").addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sent(event);
  });
}

function pick(slot: number, value: string): void {
  const input = find<HTMLInputElement>(`[name=slot-${slot}][value=${value}]`);
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

const checked = (slot: number): string | undefined =>
  document.querySelector<HTMLInputElement>(`[name=slot-${slot}]:checked`)?.value;
const status = (): string => find(".saved").textContent;
const button = (text: string): HTMLElement => {
  const found = [...document.querySelectorAll("button")].find((b) => b.textContent === text);
  if (!found) throw new Error(`No button “${text}”`);
  return found;
};
const pause = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1_000);

describe("quiz-player", () => {
  it("saves an answer and says when", async () => {
    const calls = serve({
      status: 200,
      body: { seq: 13, saved_at: "2026-11-21T10:42:00+07:00" },
    });
    page();
    pick(1, "a");
    await pause();
    expect(calls.map((call) => call.body)).toEqual([
      { uuid: expect.any(String), base_seq: 12, slot: 1, answer: { chosen: ["a"] } },
    ]);
    expect(status()).toBe("Saved 10:42");
    expect(find<HTMLInputElement>("[name=base_seq]").value).toBe("13");
  });

  it("sends only the last of several quick changes", async () => {
    const calls = serve({ status: 200, body: { seq: 13 } });
    page();
    pick(1, "a");
    pick(1, "b");
    await pause();
    expect(calls.map((call) => call.body.answer)).toEqual([{ chosen: ["b"] }]);
  });

  it("speaks of the newest state it knows for each question", async () => {
    const calls = serve({ status: 200, body: { seq: 13 } }, { status: 200, body: { seq: 14 } });
    page();
    pick(1, "a");
    await pause();
    pick(1, "b");
    await pause();
    expect(calls.map((call) => call.body.base_seq)).toEqual([12, 13]);
  });

  it("saves a mark", async () => {
    const calls = serve({ status: 200, body: { seq: 13 } });
    page();
    find("[data-flag]").click();
    await pause();
    expect(calls[0]?.body).toMatchObject({ slot: 1, flagged: true });
  });

  it("keeps answers while there is no network and sends them in order, with the same ids", async () => {
    const calls = serve("network down", { status: 200, body: { seq: 13 } });
    page();
    pick(1, "a");
    await pause();
    expect(status()).toContain("No connection.");
    pick(2, "b");
    dispatchEvent(new Event("online"));
    await pause();
    expect(calls.map((call) => call.body.slot)).toEqual([1, 1, 2]);
    expect(calls[1]?.body.uuid).toBe(calls[0]?.body.uuid);
    expect(localStorage.length).toBe(0);
  });

  it("brings unsent answers back after a reload", async () => {
    serve("network down");
    page();
    pick(1, "b");
    await pause();
    document.body.replaceChildren();
    const calls = serve({ status: 200, body: { seq: 13 } });
    page();
    expect(checked(1)).toBe("b");
    await pause();
    expect(calls.length).toBe(1);
  });

  it("sends what is left when the page is left, and keeps it until there is an answer", async () => {
    const calls = serve("network down");
    page();
    pick(1, "a");
    dispatchEvent(new Event("pagehide"));
    expect(calls[0]?.init.keepalive).toBe(true);
    expect(localStorage.length).toBe(1);
  });

  describe("with a newer answer on the server", () => {
    const conflict = {
      status: 409,
      body: { code: "stale", seq: 20, answer: { chosen: ["a"] } },
    };

    it("offers both", async () => {
      serve(conflict);
      page();
      pick(1, "b");
      await pause();
      expect(find("[data-two-answers]").textContent).toContain("Your answer here: Bean");
      expect(find("[data-two-answers]").textContent).toContain("Saved answer: Apple");
    });

    it("sends mine again, knowing the newer state", async () => {
      const calls = serve(conflict, { status: 200, body: { seq: 21 } });
      page();
      pick(1, "b");
      await pause();
      button("Keep mine").click();
      await pause();
      expect(calls[1]?.body).toMatchObject({ base_seq: 20, answer: { chosen: ["b"] } });
      expect(calls[1]?.body.uuid).not.toBe(calls[0]?.body.uuid);
      expect(document.querySelector("[data-two-answers]")).toBeNull();
    });

    it("takes over the saved one and sends nothing", async () => {
      const calls = serve(conflict);
      page();
      pick(1, "b");
      await pause();
      button("Use the saved one").click();
      await pause();
      expect(checked(1)).toBe("a");
      expect(calls.length).toBe(1);
      expect(localStorage.length).toBe(0);
    });

    it("goes on with the other questions and loses nothing on a reload", async () => {
      serve(conflict, { status: 200, body: { seq: 21 } });
      page();
      pick(1, "b");
      pick(2, "a");
      await pause();
      expect(status()).toContain("newer answer");
      document.body.replaceChildren();
      serve(conflict);
      page();
      await pause();
      expect(checked(1)).toBe("b");
      expect(find("[data-two-answers]")).toBeTruthy();
    });
  });

  it("keeps an answer whose question is on another page, and says where to choose", async () => {
    const conflict = {
      status: 409,
      body: { code: "newer-answer", seq: 20, answer: { chosen: ["a"] } },
    };
    serve(conflict);
    page();
    pick(2, "b");
    dispatchEvent(new Event("pagehide"));
    document.body.replaceChildren();
    show(`<quiz-player attempt="7f" save-url="/steps" base-seq="12">
      <form><button>Hand in</button><span class="saved"></span></form></quiz-player>`);
    find("quiz-player").addEventListener("submit", (event) => {
      if (!event.defaultPrevented) sent(event);
    });
    await pause();
    const words = "Question 2 has a newer answer, saved elsewhere. Open it to choose.";
    expect(status()).toBe(words);
    find<HTMLFormElement>("form").requestSubmit();
    await pause();
    expect(sent).not.toHaveBeenCalled();
    expect(status()).toBe(words);
    document.body.replaceChildren();
    page();
    await pause();
    expect(find("[data-two-answers]").textContent).toContain("Your answer here: Bean");
  });

  it("asks for a new sign-in and keeps the answers", async () => {
    const calls = serve({ status: 401 }, { status: 200, body: { seq: 13 } });
    page();
    pick(1, "a");
    await pause();
    expect(status()).toContain("Your sign-in has ended.");
    expect(find<HTMLAnchorElement>("[data-sign-in] a").target).toBe("_blank");
    button("Send again").click();
    await pause();
    expect(calls.length).toBe(2);
    expect(document.querySelector("[data-sign-in]")).toBeNull();
    expect(status()).toContain("Saved");
  });

  it("gives the reason of a refusal", async () => {
    serve({ status: 400, body: { code: "closed", message: "Time is over." } });
    page();
    pick(1, "a");
    await pause();
    expect(status()).toBe("This answer could not be saved: Time is over.");
    expect(localStorage.length).toBe(0);
  });

  it("hands in at once when everything is saved", () => {
    page();
    find<HTMLFormElement>("form").requestSubmit();
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it("saves the last answer before it hands in", async () => {
    const calls = serve({ status: 200, body: { seq: 13 } });
    page();
    pick(1, "a");
    find<HTMLFormElement>("form").requestSubmit();
    expect(sent).not.toHaveBeenCalled();
    await pause();
    expect(calls.length).toBe(1);
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it("does not hand in while answers are unsent", async () => {
    serve("network down");
    page();
    pick(1, "a");
    find<HTMLFormElement>("form").requestSubmit();
    await pause();
    expect(sent).not.toHaveBeenCalled();
    expect(status()).toContain("Some answers are not sent yet.");
  });

  it("hands in by itself when the network is back after time is up", async () => {
    serve("network down", "network down", { status: 200, body: { seq: 13 } });
    page();
    pick(1, "a");
    await pause();
    find("form").insertAdjacentHTML(
      "beforeend",
      '<input type="hidden" name="time_is_up" value="1">',
    );
    find<HTMLFormElement>("form").requestSubmit();
    await pause();
    expect(sent).not.toHaveBeenCalled();
    dispatchEvent(new Event("online"));
    await pause();
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it("keeps answers while the database restarts and sends each once, with its own id", async () => {
    const calls = serve(
      { status: 500, body: "<h1>Server error</h1>" },
      { status: 503 },
      { status: 200, body: { seq: 13 } },
      { status: 200, body: { seq: 14 } },
    );
    page();
    pick(1, "a");
    await pause();
    pick(2, "b");
    await pause();
    expect(status()).toContain("kept on this device");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(status()).toContain("Saved");
    const told = calls.map(({ body }) => [body.slot, body.uuid]);
    const [first, again, third, second] = told;
    expect([first?.[0], again?.[0], third?.[0], second?.[0]]).toEqual([1, 1, 1, 2]);
    expect(new Set([first, again, third].map((one) => one?.[1])).size).toBe(1);
    expect(localStorage.length).toBe(0);
  });

  it("sends after a reload what the server could not take before, under the same id", async () => {
    const before = serve({ status: 503 });
    page();
    pick(1, "a");
    await pause();
    document.body.replaceChildren();
    const after = serve({ status: 200, body: { seq: 13 } });
    page();
    await pause();
    expect(checked(1)).toBe("a");
    expect(after.map(({ body }) => body.uuid)).toEqual([before[0]?.body.uuid]);
  });

  it("tells the timer when somebody has granted more time", async () => {
    serve({ status: 200, body: { seq: 13, ends_at: "2026-11-21T11:12:00+07:00" } });
    page();
    const timer = document.createElement("quiz-timer");
    document.body.append(timer);
    pick(1, "a");
    await pause();
    expect(timer.dataset.ends).toBe("2026-11-21T11:12:00+07:00");
  });

  it("keeps a text on the page that is too long to be saved", async () => {
    serve({ status: 413, body: { code: "too-long", message: "This answer is too long." } });
    show(`<quiz-player attempt="7f" save-url="/steps"><form><fieldset data-slot="1">
      <textarea name="slot-1"></textarea></fieldset><span class="saved"></span></form></quiz-player>`);
    const field = find<HTMLTextAreaElement>("textarea");
    field.value = "x".repeat(200_000);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    await pause();
    expect(status()).toContain("This answer is too long.");
    expect(field.value.length).toBe(200_000);
  });
});
