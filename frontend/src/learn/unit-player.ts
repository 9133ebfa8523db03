/**
 * Remembers where a reader is, and brings them back there. Reading needs no script.
 *
 * Sends `{block, fraction}` to `data-place-url`: the usage key of the block at the reading line,
 * and how much of it is above that line, from 0 to 1.
 *
 * @example
 * <p class="saved" data-saved></p>
 * <unit-player data-place-url="/learn/units/7/place" data-block="p3" data-fraction="0.4">
 *   <div data-usage-key="block-v1:…@p1">…</div>
 *   <div data-usage-key="block-v1:…@p3">…</div>
 * </unit-player>
 */
import { postJson } from "../shared/request";
import { say } from "../shared/status";
import { timeOfDay, translate } from "../shared/translate";

interface Place {
  block: string;
  fraction: number;
}

const AT_MOST_EVERY = 5_000;

export class UnitPlayer extends HTMLElement {
  private observer: IntersectionObserver | undefined;
  private readonly seen = new Set<HTMLElement>();
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private sent = "";

  private readonly moved = (): void => {
    this.waiting ??= setTimeout(() => void this.save(), AT_MOST_EVERY);
  };

  private readonly leaving = (): void => {
    if (document.visibilityState === "hidden") void this.save({ keepalive: true });
  };

  private readonly gone = (): void => void this.save({ keepalive: true });

  connectedCallback(): void {
    this.resume();
    this.observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) this.seen.add(entry.target as HTMLElement);
        else this.seen.delete(entry.target as HTMLElement);
      }
      this.moved();
    });
    for (const block of this.blocks) this.observer.observe(block);
    addEventListener("scroll", this.moved, { passive: true });
    addEventListener("pagehide", this.gone);
    document.addEventListener("visibilitychange", this.leaving);
  }

  disconnectedCallback(): void {
    this.observer?.disconnect();
    clearTimeout(this.waiting);
    removeEventListener("scroll", this.moved);
    removeEventListener("pagehide", this.gone);
    document.removeEventListener("visibilitychange", this.leaving);
  }

  private get blocks(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-usage-key]")];
  }

  private resume(): void {
    const wanted = this.dataset.block;
    if (!wanted || location.hash) return;
    const block = this.blocks.find((candidate) => isNamed(candidate, wanted));
    if (!block || block === this.blocks[0]) return; // the top of the page is already there
    const { top, height } = block.getBoundingClientRect();
    const fraction = Number(this.dataset.fraction) || 0;
    scrollTo({ top: top + scrollY + height * fraction - readingLine(), behavior: "instant" });
  }

  private place(): Place | null {
    const line = readingLine();
    const inView = this.blocks.filter((block) => this.seen.has(block));
    const reached = inView.filter((block) => block.getBoundingClientRect().top <= line);
    const block = reached.at(-1) ?? inView[0];
    if (!block?.dataset.usageKey) return null;
    const { top, height } = block.getBoundingClientRect();
    const fraction = height ? Math.min(Math.max((line - top) / height, 0), 1) : 0;
    return { block: block.dataset.usageKey, fraction: Math.round(fraction * 100) / 100 };
  }

  private async save({ keepalive = false } = {}): Promise<void> {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    const address = this.dataset.placeUrl;
    const place = this.place();
    const words = JSON.stringify(place);
    if (!address || !place || words === this.sent) return;
    this.sent = words;
    try {
      await postJson(address, place, { csrf: this.getAttribute("csrf"), keepalive });
      say(
        document.querySelector("[data-saved]"),
        translate("Saved %(time)s", { time: timeOfDay(new Date()) }),
      );
    } catch {
      this.sent = ""; // the next scroll tries again; a lost place is not worth a warning
    }
  }
}

/** The page may give the whole usage key or only the name at its end. */
function isNamed(block: HTMLElement, wanted: string): boolean {
  const key = block.dataset.usageKey ?? "";
  return key === wanted || key.endsWith(`@${wanted}`);
}

/** People read in the upper part of the window. */
function readingLine(): number {
  return innerHeight / 3;
}

customElements.define("unit-player", UnitPlayer);
