/**
 * Saves each answer as it is given, also when the network comes and goes.
 * Without a script the form saves the answer with its own button.
 *
 * Sends `{uuid, base_seq, slot, answer}` to `save-url`, where an answer is `{chosen: ["a"]}`, and `{uuid, base_seq, slot, flagged}` for a mark. The server says
 * - 200 `{seq, saved_at?, ends_at?}`: saved; the same for a `uuid` it already knows; `ends_at` is the
 *   deadline as it is now, which moves when somebody grants more time;
 * - 409 `{seq, answer}`: this question has an answer newer than `base_seq`;
 * - 401, or 403 without a `code`: nobody is signed in;
 * - any other 4xx `{code, message}`: no, and why.
 *
 * @example
 * <quiz-player attempt="7f3c" save-url="/quiz/7f3c/steps" base-seq="12" sign-in-url="/sign-in/">
 *   <form method="post">
 *     <fieldset data-slot="5">
 *       <legend>…</legend>
 *       <label class="opt"><input type="radio" name="slot-5" value="a"><span>…</span></label>
 *     </fieldset>
 *     <label class="chk"><input type="checkbox" name="flag" data-flag="5"><span>…</span></label>
 *     <button class="btn">Save and go on</button>
 *     <span class="saved" role="status"></span>
 *   </form>
 * </quiz-player>
 */
import { type Item, Outbox } from "../shared/outbox";
import { postJson, Refused, SignedOut } from "../shared/request";
import { say } from "../shared/status";
import { timeOfDay, translate } from "../shared/translate";
import { offerBoth } from "./answer-choice";
import { type Answer, readAnswer, writeAnswer } from "./answers";
import { askForSignIn, stopAsking } from "./sign-in-notice";

interface Step {
  slot: string;
  base_seq: number;
  answer?: Answer;
  flagged?: boolean;
}

interface Saved {
  seq: number;
  saved_at?: string;
  ends_at?: string;
}

/** A moment's pause, so that arrow keys over radio buttons send one answer, not five. */
const PAUSE = 800;
const PAUSE_WHILE_TYPING = 3_000;
const LONGEST_WAIT = 60_000;

export class QuizPlayer extends HTMLElement {
  private outbox!: Outbox<Step>;
  /** Answers that wait for the learner's choice; kept apart so that the others go on. */
  private undecided!: Outbox<Step>;
  private readonly newest = new Map<string, number>();
  private readonly changed = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wait = 5_000;
  private flushing: Promise<void> | undefined;
  private handInOnceSent = false;
  private ready = false;

  private readonly onChange = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (input.dataset.flag) {
      this.queue({ slot: input.dataset.flag, base_seq: 0, flagged: input.checked });
    } else {
      const slot = input.closest<HTMLElement>("[data-slot]")?.dataset.slot;
      if (!slot) return;
      this.changed.add(slot);
      if (event.type === "change") this.queueChanged();
    }
    this.later(event.type === "change" ? PAUSE : PAUSE_WHILE_TYPING);
  };

  private readonly onSubmit = (event: SubmitEvent): void => {
    this.queueChanged();
    if (this.ready || (!this.outbox.items.length && !this.undecided.items.length)) return;
    event.preventDefault();
    void this.handIn(event.submitter);
  };

  private readonly tryNow = (): void => {
    if (document.visibilityState !== "hidden" && this.outbox.items.length) void this.flush();
  };

  private readonly leaving = (): void => {
    this.queueChanged();
    // Not taken from the queue: the answer to this call will find nobody here.
    for (const item of this.outbox.items) this.post(item, true).catch(() => undefined);
  };

  connectedCallback(): void {
    const name = this.getAttribute("attempt") ?? location.pathname;
    this.outbox = new Outbox(`quiz:${name}`);
    this.undecided = new Outbox(`quiz-undecided:${name}`);
    this.addEventListener("change", this.onChange);
    this.addEventListener("input", this.onChange);
    this.addEventListener("submit", this.onSubmit);
    addEventListener("online", this.tryNow);
    addEventListener("pagehide", this.leaving);
    document.addEventListener("visibilitychange", this.tryNow);
    this.takeUp();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    this.removeEventListener("change", this.onChange);
    this.removeEventListener("input", this.onChange);
    this.removeEventListener("submit", this.onSubmit);
    removeEventListener("online", this.tryNow);
    removeEventListener("pagehide", this.leaving);
    document.removeEventListener("visibilitychange", this.tryNow);
  }

  /** Wait until every answer is with the server. */
  async flush(): Promise<void> {
    this.queueChanged();
    clearTimeout(this.timer);
    if (!this.outbox.items.length) return;
    this.flushing ??= this.send().finally(() => {
      this.flushing = undefined;
    });
    await this.flushing;
  }

  /** Answers from before a reload, a flat battery or a lost network come back on the page. */
  private takeUp(): void {
    for (const item of this.undecided.items) {
      this.outbox.put(item.body);
      this.undecided.remove(item.uuid);
    }
    for (const { body } of this.outbox.items) {
      const slot = this.question(body.slot);
      if (slot && body.answer) writeAnswer(slot, body.answer);
    }
    if (this.outbox.items.length) void this.flush();
  }

  private queueChanged(): void {
    for (const name of this.changed) {
      const slot = this.question(name);
      if (slot) this.queue({ slot: name, base_seq: 0, answer: readAnswer(slot) });
    }
    this.changed.clear();
  }

  private queue(step: Step): void {
    const [first, ...rest] = this.outbox.items;
    // Only the newest answer counts; the first item may be on its way already.
    for (const item of this.flushing || !first ? rest : [first, ...rest]) {
      const same = item.body.slot === step.slot && "answer" in item.body === "answer" in step;
      if (same) this.outbox.remove(item.uuid);
    }
    this.outbox.put({ ...step, base_seq: this.base(step.slot) });
  }

  private base(slot: string): number {
    return this.newest.get(slot) ?? Number(this.getAttribute("base-seq") ?? 0);
  }

  private later(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), milliseconds);
  }

  private async send(): Promise<void> {
    this.say(translate("Saving…"));
    let at = new Date();
    let refusal = "";
    try {
      await this.outbox.send(async (item) => {
        try {
          const { seq, saved_at, ends_at } = await this.post(item);
          if (ends_at) tellTimer(ends_at);
          this.newest.set(item.body.slot, seq);
          this.tellForm(seq);
          if (saved_at) at = new Date(saved_at);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          refusal = this.refused(item, error);
        }
      });
    } catch (error) {
      this.notSent(error);
      return;
    }
    this.wait = 5_000;
    stopAsking(this);
    if (this.handInOnceSent) {
      this.handInOnceSent = false;
      void Promise.resolve().then(() => this.handIn(null));
    }
    this.say(refusal || translate("Saved %(time)s", { time: timeOfDay(at) }));
  }

  private post(item: Item<Step>, keepalive = false): Promise<Saved> {
    const { slot, base_seq, ...rest } = item.body;
    return postJson<Saved>(
      this.getAttribute("save-url") ?? "",
      {
        uuid: item.uuid,
        base_seq: Math.max(base_seq, this.newest.get(slot) ?? 0),
        slot: Number.isNaN(Number(slot)) ? slot : Number(slot),
        ...rest,
      },
      { csrf: this.getAttribute("csrf"), keepalive },
    );
  }

  private refused(item: Item<Step>, { status, body, message }: Refused): string {
    const mine = item.body.answer;
    if (status !== 409 || !mine) {
      return translate("This answer could not be saved: %(reason)s", { reason: message });
    }
    const held = this.undecided.put(item.body);
    const slot = this.question(item.body.slot);
    // One question a page: the choice waits until its own page is opened.
    if (!slot) return this.elsewhere(item.body.slot);
    const saved = (body.answer ?? { chosen: [] }) as Answer;
    offerBoth(slot, mine, saved, (which) => {
      this.undecided.remove(held.uuid);
      this.newest.set(item.body.slot, Number(body.seq ?? this.base(item.body.slot)));
      if (which === "saved") writeAnswer(slot, saved);
      else this.queue(item.body);
      void this.flush();
      slot.querySelector<HTMLElement>("input:checked, input, textarea, select")?.focus();
    });
    return translate("This question has a newer answer, saved elsewhere.");
  }

  private elsewhere(number: string): string {
    return translate(
      "Question %(number)s has a newer answer, saved elsewhere. Open it to choose.",
      {
        number,
      },
    );
  }

  private notSent(error: unknown): void {
    if (error instanceof SignedOut) {
      this.say(translate("Your sign-in has ended. Your answers are kept on this device."));
      askForSignIn(this, () => void this.flush());
      return;
    }
    this.say(
      translate(
        "No connection. Your answers are kept on this device and sent when you are online.",
      ),
    );
    this.later(this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  private async handIn(submitter: HTMLElement | null): Promise<void> {
    await this.flush();
    const form = this.querySelector("form");
    const timeIsUp = Boolean(form?.elements.namedItem("time_is_up"));
    // When time is up nobody is there to choose between two answers: the saved one stands.
    if (form && !this.outbox.items.length && (timeIsUp || !this.undecided.items.length)) {
      this.ready = true;
      form.requestSubmit(submitter);
      return;
    }
    this.handInOnceSent = timeIsUp;
    if (this.querySelector("[data-sign-in]")) return;
    const open = this.undecided.items[0]?.body.slot;
    this.say(
      !this.outbox.items.length && open
        ? this.elsewhere(open)
        : translate(
            "Some answers are not sent yet. Wait for the connection, then hand in again.",
          ),
    );
  }

  /** So that the form, when it is sent, speaks of the same state as the answers before it. */
  private tellForm(seq: number): void {
    const field = this.querySelector<HTMLInputElement>("input[name=base_seq]");
    if (field) field.value = String(Math.max(seq, Number(field.value)));
  }

  private question(name: string): HTMLElement | null {
    return this.querySelector(`[data-slot="${CSS.escape(name)}"]`);
  }

  private get status(): Element | null {
    return this.querySelector(".saved");
  }

  private say(text: string): void {
    say(this.status, text);
  }
}

/** The timer beside the questions counts to the newest deadline the server has named. */
function tellTimer(ends: string): void {
  for (const timer of document.querySelectorAll<HTMLElement>("quiz-timer"))
    timer.dataset.ends = ends;
}

customElements.define("quiz-player", QuizPlayer);
