/**
 * Counts down to the server's deadline. The server decides; this only shows, and hands in at zero.
 *
 * @example
 * <quiz-timer data-ends="2026-11-21T10:56:20+07:00" data-now="2026-11-21T10:42:00+07:00"
 *             data-seconds="1200" form="attempt">
 *   <p class="time" role="timer">
 *     <svg viewBox="0 0 34 34" …>…<circle data-ring pathLength="100" stroke-dasharray="72 100"/></svg>
 *     <span data-left>14:20 left</span>
 *   </p>
 * </quiz-timer>
 */
import { translate } from "../shared/translate";

const ANNOUNCED = [10, 5, 1];

export class QuizTimer extends HTMLElement {
  /** How far the server's clock is ahead of this device's. */
  private ahead = 0;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private lastSeen = Number.POSITIVE_INFINITY;
  private live: HTMLElement | undefined;

  private readonly tick = (): void => {
    const seconds = this.secondsLeft();
    this.show(seconds);
    this.announce(seconds);
    this.lastSeen = seconds;
    if (seconds <= 0) this.handIn();
  };

  connectedCallback(): void {
    const now = Date.parse(this.dataset.now ?? "");
    this.ahead = Number.isNaN(now) ? 0 : now - Date.now();
    if (Number.isNaN(this.secondsLeft())) return; // no deadline: the page says so itself
    this.live = document.createElement("span");
    this.live.className = "vh";
    this.live.setAttribute("role", "status");
    this.append(this.live);
    this.lastSeen = this.secondsLeft();
    this.ticking = setInterval(this.tick, 1_000);
    this.tick();
  }

  disconnectedCallback(): void {
    clearInterval(this.ticking);
    this.live?.remove();
  }

  private secondsLeft(): number {
    const ends = Date.parse(this.dataset.ends ?? "");
    return Math.ceil((ends - Date.now() - this.ahead) / 1_000);
  }

  private show(seconds: number): void {
    const left = Math.max(seconds, 0);
    const hours = Math.floor(left / 3_600);
    const minutes = Math.floor((left % 3_600) / 60);
    const pad = (number: number): string => String(number).padStart(2, "0");
    const time = `${hours ? `${hours}:${pad(minutes)}` : minutes}:${pad(left % 60)}`;
    const words = this.querySelector("[data-left]");
    if (words) words.textContent = translate("%(time)s left", { time });
    this.querySelector("[role=timer]")?.removeAttribute("aria-label");
    const whole = Number(this.dataset.seconds);
    if (whole > 0) {
      const part = Math.min((left / whole) * 100, 100).toFixed(1);
      this.querySelector("[data-ring]")?.setAttribute("stroke-dasharray", `${part} 100`);
    }
  }

  private announce(seconds: number): void {
    const passed = ANNOUNCED.find((m) => this.lastSeen > m * 60 && seconds <= m * 60);
    if (!passed || seconds <= 0 || !this.live) return;
    this.live.textContent =
      passed === 1
        ? translate("1 minute left.")
        : translate("%(minutes)s minutes left.", { minutes: passed });
  }

  private handIn(): void {
    clearInterval(this.ticking);
    if (this.live) {
      this.live.textContent = translate("Time is up. Your answers are being handed in.");
    }
    const name = this.getAttribute("form");
    const form = name
      ? (document.getElementById(name) as HTMLFormElement | null)
      : this.closest("form");
    if (!form) return;
    const note = document.createElement("input");
    note.type = "hidden";
    note.name = "time_is_up";
    note.value = "1";
    form.append(note);
    form.noValidate = true;
    form.requestSubmit();
  }
}

customElements.define("quiz-timer", QuizTimer);
