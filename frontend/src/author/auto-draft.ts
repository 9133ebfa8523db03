/**
 * Keeps what is typed into its form: on this device at once, on the server every few seconds. A save that
 * finds the session expired or the network gone waits, and the words with it.
 *
 * `url` takes the fields, `seq` is the write the page knows of (0: none), `owner` keeps people who share a
 * device apart. `waits` means that the page first asks what to do with text kept before.
 *
 * @example
 * <auto-draft url="/studio/…/typing/" seq="0" owner="17" part="" sign-in-url="/accounts/login/">
 *   <form method="post"> … <input type="hidden" name="kept_seq" value="0"><span class="saved" role="status"></span></form>
 * </auto-draft>
 */
import { Outbox } from "../shared/outbox";
import { postJson, Refused, SignedOut, Unreachable } from "../shared/request";
import { say } from "../shared/status";
import { timeOfDay, translate } from "../shared/translate";

type Fields = Record<string, string[]>;

interface Typed {
  fields: Fields;
  at: string;
}

interface Kept {
  seq: number;
  saved_at: string;
}

const PAUSE = 3_000;
const RETRY = 15_000;
const NOT_KEPT = new Set([
  "csrfmiddlewaretoken",
  "base_version",
  "kept_seq",
  "declares_no_secret",
  "back",
]);

export class AutoDraft extends HTMLElement {
  private form: HTMLFormElement | null = null;
  private box: Outbox<Typed> | null = null;
  private seq = 0;
  private last = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isWaiting = false;
  private isSending = false;
  private queue: Promise<boolean> = Promise.resolve(true);

  connectedCallback(): void {
    this.form = this.querySelector("form[data-editor]");
    if (!this.form || this.box) return;
    this.box = new Outbox<Typed>(
      `typing:${this.getAttribute("owner")}:${this.url}:${this.draftPart}`,
    );
    this.seq = Number(this.getAttribute("seq") ?? 0);
    this.last = JSON.stringify(this.fields());
    this.isWaiting = this.hasAttribute("waits");
    this.form.addEventListener("input", this.typed);
    this.form.addEventListener("change", this.typed);
    this.form.addEventListener("submit", this.submit);
    this.form.addEventListener("keydown", this.press);
    addEventListener("pagehide", this.leave);
    addEventListener("online", this.send);
    addEventListener("focus", this.send);
    // After the other elements have put their fields in order.
    queueMicrotask(() => {
      if (!this.box?.items.length) this.last = JSON.stringify(this.fields());
      this.offerUnsent();
    });
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    removeEventListener("pagehide", this.leave);
    removeEventListener("online", this.send);
    removeEventListener("focus", this.send);
  }

  private get url(): string {
    return this.getAttribute("url") ?? "";
  }

  private get draftPart(): string {
    return this.getAttribute("part") ?? "";
  }

  private get status(): HTMLElement | null {
    return this.querySelector(".saved");
  }

  private fields(): Fields {
    const found: Fields = {};
    for (const [name, value] of new FormData(this.form ?? undefined)) {
      if (NOT_KEPT.has(name) || typeof value !== "string") continue;
      found[name] = [...(found[name] ?? []), value];
    }
    return found;
  }

  private typed = (): void => {
    const fields = this.fields();
    if (JSON.stringify(fields) === this.last) return;
    this.store(fields);
    clearTimeout(this.timer);
    this.timer = setTimeout(this.send, PAUSE);
  };

  /** On this device there is only ever the newest. */
  private store(fields: Fields): void {
    for (const item of this.box?.items ?? []) this.box?.remove(item.uuid);
    this.box?.put({ fields, at: new Date().toISOString() });
  }

  /** One after the other: who saves while a write is under way waits for it. */
  private send = (): Promise<boolean> => {
    this.queue = this.queue.then(() => this.deliver()).catch(() => false);
    return this.queue;
  };

  /** True when the server has everything that was typed. */
  private async deliver(): Promise<boolean> {
    const item = this.box?.items.at(-1);
    if (!item) return true;
    if (this.isWaiting) return false;
    clearTimeout(this.timer);
    this.isSending = true;
    try {
      const kept = await postJson<Kept>(this.url, {
        uuid: item.uuid,
        base_seq: this.seq,
        base_version: Number(this.value("base_version")),
        part: this.draftPart,
        fields: item.body.fields,
      });
      this.took(kept.seq);
      this.last = JSON.stringify(item.body.fields);
      this.box?.remove(item.uuid);
      say(
        this.status,
        translate("Kept %(time)s", { time: timeOfDay(new Date(kept.saved_at)) }),
      );
      return !this.box?.items.length;
    } catch (error) {
      this.explain(error);
      return false;
    } finally {
      this.isSending = false;
    }
  }

  private explain(error: unknown): void {
    if (error instanceof SignedOut) {
      say(this.status, translate("Your sign-in has ended. Your text is kept on this device."));
      this.choices([
        [
          translate("Sign in again in a new tab"),
          () => open(this.getAttribute("sign-in-url") ?? "/", "_blank", "noopener"),
        ],
      ]);
    } else if (error instanceof Unreachable) {
      say(this.status, translate("No connection. Your text is kept on this device."));
      this.timer = setTimeout(this.send, RETRY);
    } else if (error instanceof Refused && error.status === 409) {
      this.resolve(error.body as unknown as Kept & { fields: Fields });
    } else if (error instanceof Refused) {
      say(this.status, error.message);
    }
  }

  /** Another tab kept newer text: the trainer says which stays. */
  private resolve(theirs: Kept & { fields: Fields }): void {
    this.isWaiting = true;
    say(
      this.status,
      translate("Another tab kept newer text of this block at %(time)s.", {
        time: timeOfDay(new Date(theirs.saved_at)),
      }),
    );
    this.choices([
      [
        translate("Keep the text of this tab"),
        () => {
          this.took(theirs.seq);
          this.goOn();
          void this.send();
        },
      ],
      [
        translate("Use the text of the other tab"),
        () => {
          this.took(theirs.seq);
          for (const item of this.box?.items ?? []) this.box?.remove(item.uuid);
          this.fill(theirs.fields);
          this.goOn();
        },
      ],
    ]);
  }

  /** Text that this device never got to the server. */
  private offerUnsent(): void {
    const item = this.box?.items.at(-1);
    if (!item) return;
    if (JSON.stringify(item.body.fields) === JSON.stringify(this.fields())) {
      void this.send();
      return;
    }
    const waited = this.isWaiting;
    this.isWaiting = true;
    say(
      this.status,
      translate("This device holds text from %(time)s that was not sent.", {
        time: timeOfDay(new Date(item.body.at)),
      }),
    );
    this.choices([
      [
        translate("Go on with it"),
        () => {
          this.fill(item.body.fields);
          this.goOn(waited);
          void this.send();
        },
      ],
      [
        translate("Discard it"),
        () => {
          this.box?.remove(item.uuid);
          this.goOn(waited);
        },
      ],
    ]);
  }

  private goOn(waits = false): void {
    this.isWaiting = waits;
    this.querySelector(".draft-choices")?.remove();
  }

  private choices(all: [string, () => void][]): void {
    this.querySelector(".draft-choices")?.remove();
    const row = document.createElement("span");
    row.className = "row draft-choices";
    for (const [text, run] of all) {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn btn-2 btn-s";
      made.textContent = text;
      made.addEventListener("click", run);
      row.append(made);
    }
    this.status?.after(row);
  }

  private fill(fields: Fields): void {
    for (const control of this.form?.elements ?? []) {
      if (
        !(
          control instanceof HTMLInputElement ||
          control instanceof HTMLTextAreaElement ||
          control instanceof HTMLSelectElement
        )
      )
        continue;
      if (!control.name || NOT_KEPT.has(control.name) || control.type === "file") continue;
      const values = fields[control.name] ?? [];
      if (
        control instanceof HTMLInputElement &&
        (control.type === "checkbox" || control.type === "radio")
      ) {
        control.checked = values.includes(control.value);
      } else {
        control.value = values.at(-1) ?? "";
        control.dispatchEvent(new Event("refill"));
      }
    }
    this.last = JSON.stringify(this.fields());
    this.form?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private took(seq: number): void {
    this.seq = seq;
    const field = this.form?.elements.namedItem("kept_seq");
    if (field instanceof HTMLInputElement) field.value = String(seq);
  }

  private value(name: string): string {
    const field = this.form?.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value : "";
  }

  /** First the words, then the form: a form sent into an expired session is lost, kept words are not. */
  private submit = (event: SubmitEvent): void => {
    const form = this.form;
    if (!form || form.dataset["sent"]) return;
    this.typed();
    if (!this.box?.items.length || this.isWaiting) return;
    event.preventDefault();
    const button = event.submitter;
    void this.send().then((isKept) => {
      if (!isKept) return;
      form.dataset["sent"] = "1";
      form.requestSubmit(button);
      delete form.dataset["sent"];
    });
  };

  private press = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    this.form?.requestSubmit(this.form.querySelector<HTMLElement>("button[name=stay]"));
  };

  private leave = (): void => {
    const item = this.box?.items.at(-1);
    if (!item || this.isWaiting || this.isSending) return;
    void postJson(
      this.url,
      {
        uuid: item.uuid,
        base_seq: this.seq,
        base_version: Number(this.value("base_version")),
        part: this.draftPart,
        fields: item.body.fields,
      },
      // Browsers refuse more than 64 KB from a page that closes; the device keeps the rest.
      { keepalive: true },
    ).catch(() => undefined);
  };
}

customElements.define("auto-draft", AutoDraft);
