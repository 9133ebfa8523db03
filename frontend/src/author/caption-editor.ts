/**
 * Captions as rows with times and words instead of WebVTT. The textarea stays the field that is sent;
 * without script, or when its text cannot be read as captions, it is what one edits.
 *
 * @example
 * <caption-editor player="media-vi" seconds="id_seconds_vi"><textarea lang="vi">WEBVTT …</textarea></caption-editor>
 */
import { translate } from "../shared/translate";
import { type Cue, fault, moment, readCues, seconds, writeCues } from "./vtt";

const NEW_CUE = 3; // seconds

export class CaptionEditor extends HTMLElement {
  private field: HTMLTextAreaElement | null = null;
  private list: HTMLOListElement | null = null;
  private cues: Cue[] = [];
  private source: HTMLButtonElement | null = null;

  connectedCallback(): void {
    const field = this.querySelector("textarea");
    if (!field || this.list) return;
    this.field = field;
    this.list = document.createElement("ol");
    this.list.className = "cues no-dot";
    const bar = document.createElement("p");
    bar.className = "row tools";
    const label = field.labels?.[0]?.textContent?.trim();
    this.source = button(translate("Show as text"), () => this.toggle());
    this.source.setAttribute("aria-pressed", "false");
    bar.append(
      button(translate("Add a caption"), () => this.add(this.cues.length - 1)),
      this.source,
    );
    if (label) this.list.setAttribute("aria-label", label);
    field.before(this.list, bar);
    field.addEventListener("refill", this.read);
    this.read();
    this.noteLength();
  }

  private get player(): HTMLMediaElement | null {
    return document.getElementById(
      this.getAttribute("player") ?? "",
    ) as HTMLMediaElement | null;
  }

  /** Take the field's text; text that is no captions stays text, so that nothing is lost. */
  private read = (): void => {
    const cues = readCues(this.field?.value ?? "");
    this.cues = cues ?? [];
    this.show(cues === null);
    this.draw();
  };

  private toggle(): void {
    if (this.source?.getAttribute("aria-pressed") === "true") this.read();
    else this.show(true);
  }

  private show(asText: boolean): void {
    if (!this.field || !this.list) return;
    this.field.hidden = !asText;
    this.list.hidden = asText;
    this.source?.setAttribute("aria-pressed", String(asText));
  }

  private write(): void {
    if (!this.field) return;
    this.field.value = this.cues.length ? writeCues(this.cues) : "";
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private draw(focusOn = -1): void {
    this.list?.replaceChildren(...this.cues.map((cue, place) => this.row(cue, place)));
    this.list?.children[focusOn]?.querySelector<HTMLElement>("textarea")?.focus();
    this.judge();
  }

  private row(cue: Cue, place: number): HTMLLIElement {
    const row = document.createElement("li");
    row.className = "cue";
    const number = place + 1;
    const words = document.createElement("textarea");
    words.className = "in";
    words.rows = 2;
    words.lang = this.field?.lang ?? "";
    words.value = cue.text;
    words.setAttribute("aria-label", translate("Caption %(number)s: what is said", { number }));
    words.setAttribute("aria-describedby", `${this.field?.id}-fault-${place}`);
    words.addEventListener("input", (event) => {
      event.stopPropagation();
      cue.text = words.value;
      this.changed();
    });
    const times = document.createElement("p");
    times.className = "row times";
    times.append(
      this.time(cue, "start", translate("Caption %(number)s: start", { number })),
      document.createTextNode("–"),
      this.time(cue, "end", translate("Caption %(number)s: end", { number })),
    );
    const wrong = document.createElement("p");
    wrong.className = "err";
    wrong.id = `${this.field?.id}-fault-${place}`;
    row.append(times, words, wrong, this.actions(cue, place));
    return row;
  }

  private time(cue: Cue, which: "start" | "end", label: string): HTMLInputElement {
    const input = document.createElement("input");
    input.className = "in num";
    input.value = moment(cue[which]);
    input.setAttribute("aria-label", label);
    input.addEventListener("input", (event) => event.stopPropagation());
    input.addEventListener("change", () => {
      cue[which] = seconds(input.value) ?? cue[which];
      input.value = moment(cue[which]);
      this.changed();
    });
    return input;
  }

  private actions(cue: Cue, place: number): HTMLElement {
    const bar = document.createElement("p");
    bar.className = "row tools";
    const which = translate("caption %(number)s", { number: place + 1 });
    const named = (face: string, run: () => void): HTMLButtonElement => {
      const made = button(face, run);
      const context = document.createElement("span");
      context.className = "vh";
      context.textContent = ` ${which}`;
      made.append(context);
      return made;
    };
    if (this.player) {
      bar.append(
        named(translate("Play"), () => this.play(cue)),
        named(translate("Start = now"), () => {
          cue.start = this.player?.currentTime ?? cue.start;
          this.changed(place);
        }),
      );
    }
    bar.append(
      named(translate("Split"), () => this.split(place)),
      named(translate("Add below"), () => this.add(place)),
    );
    if (place + 1 < this.cues.length) {
      bar.append(named(translate("Join with next"), () => this.join(place)));
    }
    bar.append(
      named(translate("Delete"), () => {
        this.cues.splice(place, 1);
        this.changed(Math.max(place - 1, 0));
      }),
    );
    return bar;
  }

  private add(after: number): void {
    const before = this.cues[after];
    const next = this.cues[after + 1];
    const start = before?.end ?? 0;
    this.cues.splice(after + 1, 0, {
      start,
      end: Math.min(start + NEW_CUE, next?.start ?? Infinity),
      text: "",
    });
    this.show(false);
    this.changed(after + 1);
  }

  /** In two at the caret, or at the space nearest the middle; the time goes by the letters. */
  private split(place: number): void {
    const cue = this.cues[place];
    if (!cue) return;
    const field = this.list?.children[place]?.querySelector("textarea");
    const caret = field?.selectionStart ?? 0;
    const at = caret > 0 && caret < cue.text.length ? caret : middle(cue.text);
    const moment = cue.start + (cue.end - cue.start) * (at / Math.max(cue.text.length, 1));
    const rest = { start: moment, end: cue.end, text: cue.text.slice(at).trim() };
    this.cues.splice(
      place,
      1,
      { start: cue.start, end: moment, text: cue.text.slice(0, at).trim() },
      rest,
    );
    this.changed(place + 1);
  }

  private join(place: number): void {
    const [cue, next] = [this.cues[place], this.cues[place + 1]];
    if (!cue || !next) return;
    this.cues.splice(place, 2, {
      start: cue.start,
      end: next.end,
      text: `${cue.text} ${next.text}`.trim(),
    });
    this.changed(place);
  }

  private play(cue: Cue): void {
    const { player } = this;
    if (!player) return;
    player.currentTime = cue.start;
    void player.play();
  }

  /** `draw` the rows anew and go to one of them; without it only the messages change. */
  private changed(focusOn?: number): void {
    this.write();
    if (focusOn === undefined) this.judge();
    else this.draw(focusOn);
  }

  private judge(): void {
    for (const [place, row] of [...(this.list?.children ?? [])].entries()) {
      const said = fault(this.cues, place);
      const line = row.querySelector(".err");
      if (line) line.textContent = said && translate(said);
      row.querySelector("textarea")?.setAttribute("aria-invalid", String(Boolean(said)));
    }
  }

  /** How long the recording is, for the cost meter. */
  private noteLength(): void {
    const target = document.getElementById(
      this.getAttribute("seconds") ?? "",
    ) as HTMLInputElement | null;
    this.player?.addEventListener("loadedmetadata", () => {
      const length = this.player?.duration ?? 0;
      if (target && Number.isFinite(length) && length > 0)
        target.value = String(Math.round(length));
    });
  }
}

function middle(text: string): number {
  const half = Math.floor(text.length / 2);
  const after = text.indexOf(" ", half);
  const before = text.lastIndexOf(" ", half);
  if (after < 0) return before > 0 ? before : half;
  return before > 0 && half - before < after - half ? before : after;
}

function button(text: string, run: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-2 btn-s";
  made.textContent = text;
  made.addEventListener("click", run);
  return made;
}

customElements.define("caption-editor", CaptionEditor);
