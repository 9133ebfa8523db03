import { translate } from "../shared/translate";
import { type Place, placeOf, placesFor, sayPlace } from "./outline-places";
import { refresh } from "./refresh";

/**
 * Lets an author reorder the outline with a mouse, a finger or the keyboard. Each row gets a handle:
 * drag it, or press Space, move with the arrow keys, and press Space again. Without script the page's
 * "Up", "Down" and "Move to…" do the same.
 *
 * @example
 * <outline-tree data-move="/studio/C1/outline/move/" data-base="4">
 *   <ol data-list="unit" data-parent="s1"><li data-item="unit" data-key="u1" data-title="Unit">…</li></ol>
 * </outline-tree>
 */
export class OutlineTree extends HTMLElement {
  private held: Held | null = null;
  private voice: HTMLElement | null = null;

  connectedCallback(): void {
    const hint = document.createElement("p");
    hint.className = "vh";
    hint.id = "outline-hint";
    hint.textContent = translate(
      "Press Space to take it up, the arrow keys to move it, Space to put it down, Escape to leave it.",
    );
    this.voice = liveRegion();
    this.prepend(hint);
    for (const item of this.querySelectorAll<HTMLElement>("[data-item]")) this.addHandle(item);
    this.addEventListener("keydown", this.onKey);
    this.addEventListener("pointerdown", this.onPress);
    this.addEventListener("focusout", this.onLeave);
  }

  disconnectedCallback(): void {
    this.removeEventListener("keydown", this.onKey);
    this.removeEventListener("pointerdown", this.onPress);
    this.removeEventListener("focusout", this.onLeave);
  }

  private addHandle(item: HTMLElement): void {
    const row = item.querySelector<HTMLElement>(".o-row");
    if (!row) return;
    const grip = document.createElement("button");
    grip.type = "button";
    grip.className = "btn btn-q btn-s btn-ico o-grip";
    grip.dataset.grip = "";
    grip.setAttribute("aria-pressed", "false");
    grip.setAttribute("aria-label", translate("Move %(title)s", { title: titleOf(item) }));
    grip.setAttribute("aria-describedby", "outline-hint");
    grip.append(dots());
    row.prepend(grip);
  }

  // By keyboard

  private readonly onKey = (event: KeyboardEvent): void => {
    const grip = (event.target as Element).closest<HTMLButtonElement>("[data-grip]");
    const item = grip?.closest<HTMLElement>("[data-item]");
    if (!grip || !item) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (this.held) void this.putDown();
      else this.takeUp(item, grip);
    } else if (this.held && event.key === "Escape") {
      event.preventDefault();
      this.leave();
    } else if (this.held && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      this.step(event.key === "ArrowUp" ? -1 : 1);
    }
  };

  private takeUp(item: HTMLElement, grip: HTMLButtonElement): void {
    this.held = { item, grip, home: placeOf(item), isSent: false };
    item.classList.add("o-moving");
    grip.setAttribute("aria-pressed", "true");
    this.say(
      translate("%(title)s taken up. %(place)s", {
        title: titleOf(item),
        place: sayPlace(item),
      }),
    );
  }

  private step(direction: -1 | 1): void {
    if (!this.held) return;
    const { item, grip } = this.held;
    const places = placesFor(this, item);
    const here = places.findIndex((p) => samePlace(p, placeOf(item)));
    const next = places[here + direction];
    if (!next) {
      this.say(translate("It cannot go further."));
      return;
    }
    this.put(item, next);
    grip.focus();
    item.scrollIntoView({ block: "nearest" });
    this.say(sayPlace(item));
  }

  private leave(): void {
    if (!this.held) return;
    const { item, grip, home } = this.held;
    this.put(item, home);
    this.release();
    grip.focus();
    this.say(translate("%(title)s is back in its old place.", { title: titleOf(item) }));
  }

  private readonly onLeave = (event: FocusEvent): void => {
    // Moving a row in the page takes the focus away for a moment; only a real departure counts.
    if (!this.held || this.held.isSent || event.target !== this.held.grip) return;
    const to = event.relatedTarget;
    if (to instanceof Node && to !== this.held.grip) this.leave();
  };

  // By mouse or finger

  private readonly onPress = (event: PointerEvent): void => {
    const grip = (event.target as Element).closest<HTMLButtonElement>("[data-grip]");
    const item = grip?.closest<HTMLElement>("[data-item]");
    if (!grip || !item || event.button !== 0 || this.held) return;
    const start = event.clientY;
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const drag = (move: PointerEvent): void => {
      if (!this.held && Math.abs(move.clientY - start) < 4) return;
      if (!this.held) {
        this.takeUp(item, grip);
        document.documentElement.classList.add("o-grabbing");
      }
      this.follow(move);
    };
    const end = (): void => {
      controller.abort();
      document.documentElement.classList.remove("o-grabbing");
      if (this.held) void this.putDown();
    };
    const cancel = (): void => {
      controller.abort();
      document.documentElement.classList.remove("o-grabbing");
      this.leave();
    };
    // On the window: a row that moves in the page loses its hold on the pointer.
    window.addEventListener("pointermove", drag, options);
    window.addEventListener("pointerup", end, options);
    window.addEventListener("pointercancel", cancel, options);
  };

  /** Put the held row where the pointer is: into the list below it, before the row it is above the middle of. */
  private follow(event: PointerEvent): void {
    if (!this.held) return;
    const { item } = this.held;
    const kind = item.dataset.item;
    const edge = 60;
    if (event.clientY < edge) window.scrollBy(0, -12);
    if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 12);
    const under = document.elementFromPoint(
      clamp(event.clientX, this.getBoundingClientRect()),
      event.clientY,
    );
    if (!under || item.contains(under) || !this.contains(under)) return;
    const beside = under.closest<HTMLElement>(`[data-item="${kind}"]`);
    if (beside && beside !== item) {
      const box = beside.getBoundingClientRect();
      const isAbove = event.clientY < box.top + box.height / 2;
      this.put(item, {
        list: beside.parentElement as HTMLElement,
        before: isAbove ? beside : nextItem(beside, item),
      });
      return;
    }
    const holder = under.closest<HTMLElement>("[data-item]");
    const list = holder?.querySelector<HTMLElement>(`[data-list="${kind}"]`);
    if (list && !list.contains(item)) this.put(item, { list, before: null });
  }

  // Both

  private put(item: HTMLElement, place: Place): void {
    if (samePlace(placeOf(item), place)) return;
    place.list.insertBefore(item, place.before);
  }

  private release(): void {
    this.held?.item.classList.remove("o-moving");
    this.held?.grip.setAttribute("aria-pressed", "false");
    this.held = null;
  }

  private async putDown(): Promise<void> {
    if (!this.held) return;
    const { item, home } = this.held;
    const place = placeOf(item);
    if (samePlace(place, home)) {
      this.release();
      this.say(translate("%(title)s stays where it was.", { title: titleOf(item) }));
      return;
    }
    this.held.isSent = true;
    this.classList.add("o-busy");
    const form = new FormData();
    form.set("csrfmiddlewaretoken", csrfToken(this));
    form.set("base", this.dataset.base ?? "");
    form.set("kind", item.dataset.item ?? "");
    form.set("key", item.dataset.key ?? "");
    form.set("place", `${place.list.dataset.parent ?? ""} ${place.before?.dataset.key ?? ""}`);
    const said = translate("%(title)s put down. %(place)s", {
      title: titleOf(item),
      place: sayPlace(item),
    });
    const isSaved = await refresh(this.dataset.move ?? "", form);
    if (isSaved === "offline") {
      this.classList.remove("o-busy");
      this.put(item, home);
      this.release();
      this.say(translate("Not saved: there is no connection. It is back in its old place."));
      return;
    }
    document
      .getElementById(item.id)
      ?.querySelector<HTMLElement>("[data-grip]")
      ?.focus({ preventScroll: true });
    this.say(
      isSaved === "saved"
        ? said
        : translate("Not saved. The page says why, at the top of the outline."),
    );
  }

  private say(words: string): void {
    if (this.voice) this.voice.textContent = words;
  }
}

interface Held {
  item: HTMLElement;
  grip: HTMLButtonElement;
  home: Place;
  isSent: boolean;
}

function samePlace(one: Place, other: Place): boolean {
  return one.list === other.list && one.before === other.before;
}

function nextItem(beside: HTMLElement, item: HTMLElement): HTMLElement | null {
  let next = beside.nextElementSibling;
  while (next && (next === item || !next.matches("[data-item]")))
    next = next.nextElementSibling;
  return next as HTMLElement | null;
}

function titleOf(item: HTMLElement): string {
  return item.dataset.title ?? "";
}

function csrfToken(within: HTMLElement): string {
  return within.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}

function clamp(x: number, box: DOMRect): number {
  return Math.min(Math.max(x, box.left + 60), box.right - 10);
}

/** Outside the outline, because the outline is replaced after each change. */
function liveRegion(): HTMLElement {
  const found = document.getElementById("outline-voice");
  if (found) return found;
  const region = document.createElement("p");
  region.id = "outline-voice";
  region.className = "vh";
  region.setAttribute("aria-live", "assertive");
  document.body.append(region);
  return region;
}

function dots(): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({
    class: "i",
    viewBox: "0 0 24 24",
    fill: "currentColor",
    "aria-hidden": "true",
  })) {
    svg.setAttribute(name, value);
  }
  for (const x of [9, 15]) {
    for (const y of [5, 12, 19]) {
      const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      dot.setAttribute("cx", String(x));
      dot.setAttribute("cy", String(y));
      dot.setAttribute("r", "1.7");
      svg.append(dot);
    }
  }
  return svg;
}

customElements.define("outline-tree", OutlineTree);
