import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "./media-player";
import { find, serve, show } from "../shared/testing";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

interface Player {
  currentTime: number;
  duration: number;
  paused: boolean;
  readyState: number;
  play: () => Promise<void>;
}

function page(state: Partial<Player> = {}, position = ""): HTMLMediaElement {
  const draft = document.createElement("div");
  draft.innerHTML = `<media-player data-place-url="/position" data-position="${position}"><div class="media">
    <audio controls></audio>
    <ol class="transcript"><li><button type="button" data-start="0">A</button></li>
    <li><button type="button" data-start="12.5">B</button></li></ol></div></media-player>`;
  const audio = draft.querySelector("audio") as HTMLAudioElement;
  const values: Player = {
    currentTime: 0,
    duration: 372,
    paused: true,
    readyState: 1,
    play: vi.fn(() => Promise.resolve()),
    ...state,
  };
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(audio, name, { value, writable: true, configurable: true });
  }
  document.body.replaceChildren(...draft.childNodes);
  return audio;
}

describe("media-player", () => {
  it("goes on where the listener stopped", () => {
    expect(page({}, "73.5").currentTime).toBe(73.5);
  });

  it("waits for the length before it jumps, and starts over near the end", () => {
    const audio = page({ readyState: 0 }, "370");
    expect(audio.currentTime).toBe(0);
    audio.dispatchEvent(new Event("loadedmetadata"));
    expect(audio.currentTime).toBe(0);
  });

  it("goes back 15 seconds, never before the start", () => {
    const audio = page({ currentTime: 20 });
    find(".controls button").click();
    expect(audio.currentTime).toBe(5);
    find(".controls button").click();
    expect(audio.currentTime).toBe(0);
  });

  it("changes the speed", () => {
    const audio = page();
    const select = find<HTMLSelectElement>(".controls select");
    select.value = "1.5";
    select.dispatchEvent(new Event("change"));
    expect(audio.playbackRate).toBe(1.5);
  });

  it("jumps to a line of the transcript and marks the line that is spoken", () => {
    const audio = page();
    find('[data-start="12.5"]').click();
    expect(audio.currentTime).toBe(12.5);
    expect(audio.play).toHaveBeenCalled();
    audio.dispatchEvent(new Event("timeupdate"));
    expect(find("[aria-current]").textContent).toBe("B");
  });

  it("saves while playing, on pause and when the page is left", async () => {
    const calls = serve({ status: 200 });
    const audio = page({ currentTime: 10.04, paused: false });
    await vi.advanceTimersByTimeAsync(10_000);
    audio.currentTime = 14;
    audio.dispatchEvent(new Event("pause"));
    audio.currentTime = 15;
    dispatchEvent(new Event("pagehide"));
    expect(calls.map((call) => call.body)).toEqual([
      { position: 10, duration: 372 },
      { position: 14, duration: 372 },
      { position: 15, duration: 372 },
    ]);
    expect(calls[2]?.init.keepalive).toBe(true);
  });

  it("leaves out a length it does not know", async () => {
    const calls = serve({ status: 200 });
    page({ currentTime: 10, paused: false, duration: Number.NaN });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls[0]?.body).toEqual({ position: 10 });
  });

  it("tries again after a failure", async () => {
    const calls = serve("network down", { status: 200 });
    page({ currentTime: 10, paused: false });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(calls.length).toBe(2);
  });

  it("is no obstacle without a player", () => {
    show("<media-player data-place-url='/position'><a href='/text'>Text</a></media-player>");
    dispatchEvent(new Event("pagehide"));
    expect(document.querySelector(".controls")).toBeNull();
  });
});
