/**
 * Sends a large file in parts (tus 1.0.0): it goes on after a lost line, a pause or a reload of the page.
 * Without script the file field is simply sent with the form.
 *
 * @example
 * <form><input type="checkbox" name="declares_no_secret">
 *   <media-upload data-endpoint="/library/uploads/">
 *     <input type="hidden" name="upload"><input type="file" name="file">
 *   </media-upload></form>
 *
 * Nothing is sent before the declaration is ticked. When the file has arrived, `upload` holds its number and
 * the file field is emptied, so that the form does not carry the file a second time.
 */
import { newestToken } from "../shared/request";
import { translate } from "../shared/translate";

const PART = 4_000_000;
const WAITS = [1_000, 2_000, 5_000, 10_000, 20_000]; // between attempts; the last one stays
const DAY = 24 * 60 * 60 * 1000;

type State = "idle" | "sending" | "paused" | "waiting" | "done" | "failed";

export class MediaUpload extends HTMLElement {
  private file: File | null = null;
  private address = "";
  private offset = 0;
  private state: State = "idle";
  private failures = 0;
  private timer = 0;
  private request: AbortController | null = null;
  private box: HTMLElement | null = null;

  connectedCallback(): void {
    this.field?.addEventListener("change", this.chosen);
    this.declaration?.addEventListener("change", this.declared);
    this.form?.addEventListener("submit", this.submitted);
    window.addEventListener("online", this.goOn);
    const kept = this.number?.value;
    if (kept) this.say(translate("The file has arrived."), "done");
  }

  disconnectedCallback(): void {
    this.stop();
    this.field?.removeEventListener("change", this.chosen);
    this.declaration?.removeEventListener("change", this.declared);
    this.form?.removeEventListener("submit", this.submitted);
    window.removeEventListener("online", this.goOn);
  }

  private get field(): HTMLInputElement | null {
    return this.querySelector("input[type=file]");
  }

  private get number(): HTMLInputElement | null {
    return this.querySelector("input[name=upload]");
  }

  private get form(): HTMLFormElement | null {
    return this.closest("form");
  }

  private get declaration(): HTMLInputElement | null {
    return this.form?.querySelector("input[name=declares_no_secret]") ?? null;
  }

  private readonly chosen = (): void => {
    this.stop();
    this.file = this.field?.files?.[0] ?? null;
    if (this.number) this.number.value = "";
    if (!this.file) return;
    this.address = "";
    this.offset = 0;
    this.begin();
  };

  private readonly declared = (): void => {
    if (this.file && this.state === "idle") this.begin();
  };

  private begin(): void {
    if (this.declaration && !this.declaration.checked) {
      this.say(translate("Tick the declaration; then the file is sent."), "idle");
      return;
    }
    this.failures = 0;
    void this.send();
  }

  private readonly goOn = (): void => {
    if (this.state === "waiting") void this.send();
  };

  private readonly submitted = (event: Event): void => {
    if (this.state === "sending" || this.state === "waiting" || this.state === "paused") {
      event.preventDefault();
      this.say(translate("The file is still on its way. Send the form when it has arrived."));
      this.box?.focus();
    }
  };

  /** Parts until the end; a lost line tries again by itself, a refusal is told. */
  private async send(): Promise<void> {
    const file = this.file;
    if (!file) return;
    window.clearTimeout(this.timer);
    const request = new AbortController();
    this.request = request;
    this.draw("sending");
    try {
      if (!this.address) await this.announce(file, request.signal);
      while (this.offset < file.size) {
        this.draw("sending");
        await this.sendPart(file, request.signal);
        this.failures = 0;
      }
    } catch (error) {
      if (!request.signal.aborted) this.failed(error);
      return;
    }
    this.arrived(file);
  }

  private async announce(file: File, signal: AbortSignal): Promise<void> {
    const known = remembered(file);
    if (known) {
      const answer = await ask(known, { method: "HEAD", signal });
      if (answer.ok) {
        this.address = known;
        this.offset = Number(answer.headers.get("Upload-Offset"));
        return;
      }
      forget(file);
    }
    const answer = await ask(this.dataset.endpoint ?? "", {
      method: "POST",
      signal,
      headers: {
        "Upload-Length": String(file.size),
        "Upload-Metadata": `filename ${base64(file.name)},declares_no_secret ${base64("1")}`,
      },
    });
    if (answer.status !== 201) throw await refusal(answer);
    this.address = answer.headers.get("Location") ?? "";
    this.offset = 0;
    remember(file, this.address);
  }

  private async sendPart(file: File, signal: AbortSignal): Promise<void> {
    const answer = await ask(this.address, {
      method: "PATCH",
      signal,
      headers: {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(this.offset),
      },
      body: file.slice(this.offset, this.offset + PART),
    });
    if (answer.status === 409) {
      // The answer to an earlier part was lost on its way: ask how far the server is.
      const told = await ask(this.address, { method: "HEAD", signal });
      if (!told.ok) throw await refusal(told);
      this.offset = Number(told.headers.get("Upload-Offset"));
      return;
    }
    if (answer.status !== 204) throw await refusal(answer);
    this.offset = Number(answer.headers.get("Upload-Offset"));
  }

  private failed(error: unknown): void {
    if (error instanceof Refusal) {
      if (this.file) forget(this.file);
      this.draw("failed", error.message);
      return;
    }
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)] as number;
    this.failures += 1;
    this.draw("waiting");
    this.timer = window.setTimeout(() => void this.send(), wait);
  }

  private arrived(file: File): void {
    forget(file);
    const id = this.address.replace(/\/$/, "").split("/").pop() ?? "";
    if (this.number) this.number.value = id;
    if (this.field) {
      this.field.value = "";
      this.field.required = false;
    }
    this.file = null;
    this.draw("done");
    const title = this.form?.querySelector<HTMLInputElement>("input[name=title_vi]");
    if (title && !title.value)
      title.value = file.name.replace(/\.[^.]+$/, "").replace(/[_-]+/g, " ");
  }

  private stop(): void {
    window.clearTimeout(this.timer);
    this.request?.abort();
    this.state = "idle";
  }

  private pause(): void {
    window.clearTimeout(this.timer);
    this.request?.abort();
    this.draw("paused");
  }

  private draw(state: State, reason = ""): void {
    this.state = state;
    const size = this.file?.size ?? 1;
    const percent = state === "done" ? 100 : Math.floor((this.offset / size) * 100);
    const words: Record<State, string> = {
      idle: "",
      sending: translate("Sending: %(percent)s%", { percent }),
      paused: translate("Paused at %(percent)s%", { percent }),
      waiting: translate("No connection. It goes on by itself from %(percent)s%.", { percent }),
      done: translate("The file has arrived."),
      failed: reason,
    };
    this.say(words[state], state);
    const bar = this.box?.querySelector("progress");
    if (bar) {
      bar.value = percent;
      bar.hidden = state === "failed" || state === "idle";
    }
    const button = this.box?.querySelector("button");
    if (!button) return;
    button.hidden = state === "done" || state === "failed" || state === "idle";
    button.textContent = state === "sending" ? translate("Pause") : translate("Go on sending");
  }

  private say(text: string, state: State = this.state): void {
    this.box ??= this.makeBox();
    this.box.dataset.state = state;
    const line = this.box.querySelector("[role=status]") as HTMLElement;
    // Every hundredth would talk a screen reader to death: the number is not announced, the state is.
    line.setAttribute("aria-live", state === "sending" ? "off" : "polite");
    if (line.textContent !== text) line.textContent = text;
    line.className = state === "failed" ? "err" : "sm";
  }

  private makeBox(): HTMLElement {
    const box = document.createElement("div");
    box.className = "media-progress";
    box.tabIndex = -1;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.hidden = true;
    bar.setAttribute("aria-label", translate("Upload"));
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-2 btn-s";
    button.hidden = true;
    button.addEventListener("click", () => {
      if (this.state === "sending") this.pause();
      else void this.send();
    });
    box.append(bar, line, button);
    this.append(box);
    return box;
  }
}

/** The server said no, and why: trying again would not help. */
class Refusal extends Error {}

async function refusal(answer: Response): Promise<Error> {
  if (answer.status >= 500 || answer.status === 408) return new Error(`HTTP ${answer.status}`);
  if (answer.type === "opaqueredirect" || answer.status === 401) {
    return new Refusal(
      translate(
        "Your sign-in has ended. Sign in again in a new tab, then choose the file again.",
      ),
    );
  }
  if (answer.status === 404 || answer.status === 410) {
    return new Refusal(translate("The upload is too old. Choose the file again."));
  }
  const told = await answer.json().catch(() => ({}));
  return new Refusal(told.message || translate("The file was not accepted."));
}

function ask(address: string, init: RequestInit): Promise<Response> {
  return fetch(address, {
    ...init,
    credentials: "same-origin",
    redirect: "manual",
    headers: {
      Accept: "application/json",
      "Tus-Resumable": "1.0.0",
      "X-CSRFToken": newestToken(),
      ...init.headers,
    },
  });
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The same file on this device: name, size and when it was changed. */
function fingerprint(file: File): string {
  return `upload:${file.name}:${file.size}:${file.lastModified}`;
}

function remember(file: File, address: string): void {
  try {
    localStorage.setItem(fingerprint(file), JSON.stringify([address, Date.now()]));
  } catch {
    // A full or forbidden storage costs only going on after a reload.
  }
}

function remembered(file: File): string {
  try {
    const [address, at] = JSON.parse(localStorage.getItem(fingerprint(file)) ?? "[]");
    return typeof address === "string" && Date.now() - at < DAY ? address : "";
  } catch {
    return "";
  }
}

function forget(file: File): void {
  try {
    localStorage.removeItem(fingerprint(file));
  } catch {
    // see remember
  }
}

customElements.define("media-upload", MediaUpload);
