/**
 * The frame of an H5P package. Follows its height, keeps what is done in it on the device and sends it
 * to the server, which knows who is signed in. Without `data-record` nothing is kept: somebody looks.
 *
 * Posts `{sent, opened?, states: […], statements: […]}` to `data-record`. The server says
 * - 200 `{saved_at}`: kept, or here already;
 * - 401: nobody is signed in;
 * - 403 `{code, message}`: not by this person, or not any more; the queue waits for its owner;
 * - 400, 413: this cannot be kept; it is dropped, and the page says so.
 * `data-waiting` says how much is kept on the device and not sent yet.
 * Fires "block-acted" when something was kept, so that the page asks how far its reader is now.
 *
 * @example
 * <h5p-player data-record="/h5p/record/…/" data-keep="3f0c…">
 *   <iframe src="https://player.example.vn/h5p/…/" title="Quiz"></iframe>
 *   <p class="saved" role="status" data-status></p>
 * </h5p-player>
 */
import { askForSignIn, stopAsking } from "../quiz/sign-in-notice";
import { Outbox } from "../shared/outbox";
import { postJson, Refused, SignedOut } from "../shared/request";
import { say } from "../shared/status";
import { timeOfDay, translate } from "../shared/translate";
import { type Batch, batchOf, type Done, isSameState, isState } from "./batch";
import { read } from "./messages";

const SOON = 300; // a result, together with what follows at once
const LATER = 3_000; // a state: the next one replaces it
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 60_000;
const WINDOW = 10_000;
const MOST_IN_WINDOW = 100; // messages; content that says more has gone astray
const ROOM_WHEN_LEAVING = 55_000; // browsers let 64 KB outlive a page

export class H5PPlayer extends HTMLElement {
  private outbox!: Outbox<Done>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private due = Number.POSITIVE_INFINITY;
  private wait = FIRST_WAIT;
  private flushing: Promise<void> | undefined;
  private opened: "no" | "waiting" | "sent" = "no";
  private touched = false;
  private stopped = false;
  private windowStart = 0;
  private heardInWindow = 0;

  private readonly heard = (event: MessageEvent): void => {
    const message = read(event, this.frame);
    if (!message) return;
    if (message.kind === "size") this.resize(message.height);
    else if (message.kind === "ready") this.ready();
    else if (message.kind === "failed") this.failed();
    else if (this.address && !this.isTooMuch()) {
      const { kind: _kind, ...done } = message;
      this.keep({ at: Date.now(), ...done });
    }
  };

  private readonly tryNow = (): void => {
    if (this.outbox.items.length) void this.flush();
  };

  private readonly leaving = (): void => this.sendLast();

  private readonly hiding = (): void => {
    if (document.visibilityState === "hidden") this.sendLast();
    else this.tryNow();
  };

  connectedCallback(): void {
    this.outbox = new Outbox(`h5p:${this.dataset.keep ?? ""}`);
    this.count();
    addEventListener("message", this.heard);
    addEventListener("online", this.tryNow);
    addEventListener("pagehide", this.leaving);
    document.addEventListener("visibilitychange", this.hiding);
    if (this.address && this.outbox.items.length) void this.takeUp();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    removeEventListener("message", this.heard);
    removeEventListener("online", this.tryNow);
    removeEventListener("pagehide", this.leaving);
    document.removeEventListener("visibilitychange", this.hiding);
  }

  /** Wait until everything is with the server, or cannot be now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.due = Number.POSITIVE_INFINITY;
    if (!this.address || this.stopped) return;
    this.flushing ??= this.send().finally(() => {
      this.flushing = undefined;
    });
    await this.flushing;
  }

  private get frame(): HTMLIFrameElement | null {
    return this.querySelector("iframe");
  }

  private get address(): string {
    return this.dataset.record ?? "";
  }

  private resize(height: number): void {
    const frame = this.frame;
    if (frame && document.fullscreenElement !== frame) frame.style.height = `${height}px`;
  }

  private ready(): void {
    if (this.dataset.state === "failed") this.say("");
    this.dataset.state = "ready";
    if (!this.address || this.opened !== "no") return;
    this.opened = "waiting";
    this.later(SOON);
  }

  private failed(): void {
    this.dataset.state = "failed";
    this.say(translate("This content cannot be shown at the moment."));
  }

  /** What was left from a lost network goes first; then the frame begins with it. */
  private async takeUp(): Promise<void> {
    await this.flush();
    const frame = this.frame;
    // The same address again: the page that comes now holds what was just saved.
    if (frame && !this.touched && !this.outbox.items.length)
      frame.setAttribute("src", frame.src);
  }

  private isTooMuch(): boolean {
    const now = Date.now();
    if (now - this.windowStart > WINDOW) {
      this.windowStart = now;
      this.heardInWindow = 0;
    }
    this.heardInWindow += 1;
    return this.heardInWindow > MOST_IN_WINDOW;
  }

  private keep(done: Done): void {
    if (isState(done)) this.touched = true; // what content says when it begins does not count
    for (const { uuid, body } of this.outbox.items) {
      if (isSameState(body, done)) this.outbox.remove(uuid); // only the newest state counts
    }
    this.outbox.put(done);
    this.count();
    if (document.visibilityState === "hidden") this.sendLast();
    else this.later("statement" in done ? SOON : LATER);
  }

  private later(milliseconds: number): void {
    const due = Date.now() + milliseconds;
    if (due >= this.due) return;
    this.due = due;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), milliseconds);
  }

  private async send(): Promise<void> {
    let most = 50;
    for (;;) {
      const batch = batchOf(this.outbox.items, { most, opened: this.opened === "waiting" });
      if (!batch.items.length && this.opened !== "waiting") return;
      try {
        await this.post(batch);
      } catch (error) {
        if (error instanceof Refused && error.status !== 403) {
          most = this.drop(batch, error);
          continue;
        }
        this.notSent(error);
        return;
      }
      this.sent(batch);
    }
  }

  private async post(batch: Batch, keepalive = false): Promise<void> {
    await postJson(this.address, batch.body, { csrf: this.getAttribute("csrf"), keepalive });
  }

  private sent({ items }: Batch): void {
    for (const { uuid } of items) this.outbox.remove(uuid);
    this.count();
    if (this.opened === "waiting") this.opened = "sent";
    this.wait = FIRST_WAIT;
    stopAsking(this);
    // That the content was begun is no work of the reader's.
    const isWork = items.some(({ body }) => isState(body) || "result" in body.statement);
    if (isWork) {
      this.say(translate("Saved %(time)s", { time: timeOfDay(new Date()) }), "sent");
    }
    if (!items.length || items.some(({ body }) => "statement" in body)) {
      this.dispatchEvent(new CustomEvent("block-acted", { bubbles: true }));
    }
  }

  /** One of them is at fault: send them one by one, and drop the one that is refused alone. */
  private drop({ items }: Batch, refusal: Refused): number {
    if (items.length > 1) return 1;
    for (const { uuid } of items) this.outbox.remove(uuid);
    this.count();
    this.opened = "sent";
    const reason = refusal.message;
    this.say(translate("This answer could not be saved: %(reason)s", { reason }), "waits");
    return 50;
  }

  private notSent(error: unknown): void {
    if (error instanceof SignedOut) {
      this.say(
        translate("Your sign-in has ended. Your answers are kept on this device."),
        "waits",
      );
      askForSignIn(this, () => void this.flush());
    } else if (error instanceof Refused) {
      this.stopped = true; // a reload brings a new address, or the right person
      this.say(error.message, "waits");
    } else {
      this.say(translate("Not sent yet. It will be sent when you are online."), "waits");
      this.later(this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }
  }

  /** The answer to this call may find nobody here, so nothing is taken from the queue. */
  private sendLast(): void {
    if (!this.address || this.stopped) return;
    const batch = batchOf(this.outbox.items, { room: ROOM_WHEN_LEAVING });
    if (batch.items.length) {
      this.post(batch, true)
        .then(() => this.sent(batch))
        .catch(() => undefined);
    }
  }

  private count(): void {
    this.dataset.waiting = String(this.outbox.items.length);
  }

  private say(text: string, outcome = ""): void {
    const place = this.querySelector<HTMLElement>("[data-status]");
    if (place) place.dataset.outcome = outcome;
    say(place, text);
  }
}

customElements.define("h5p-player", H5PPlayer);
