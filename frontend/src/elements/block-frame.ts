/**
 * The frame of somebody else's block. Follows its height and passes on what it says: only the frame's
 * own window is listened to, and nothing it says is believed: whoever hears asks the server.
 *
 * Fires "block-acted" when a handler has answered, "block-saved" and "block-cancelled" from editors.
 *
 * @example
 * <block-frame data-after="/studio/C1/"><iframe src="https://khoi.example.vn/f/…" title="Poll"></iframe></block-frame>
 */

interface Said {
  from?: unknown;
  kind?: unknown;
  height?: unknown;
  name?: unknown;
  state?: unknown;
  message?: unknown;
  url?: unknown;
}

const LOWEST = 60;
const HIGHEST = 6_000;

export class BlockFrame extends HTMLElement {
  private readonly heard = (event: MessageEvent): void => {
    const frame = this.frame;
    if (!frame || event.source !== frame.contentWindow) return;
    // A sandboxed frame has no origin; one that keeps packages' state has the player host's.
    if (event.origin !== "null" && event.origin !== new URL(frame.src).origin) return;
    const said = event.data as Said | null;
    if (said?.from === "block-frame") this.follow(said);
  };

  connectedCallback(): void {
    addEventListener("message", this.heard);
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.heard);
  }

  private get frame(): HTMLIFrameElement | null {
    return this.querySelector("iframe");
  }

  private follow(said: Said): void {
    if (said.kind === "size") this.resize(Number(said.height));
    else if (said.kind === "acted") this.fire("block-acted");
    else if (said.kind === "notify") this.noticed(said);
    else if (said.kind === "go") this.go(String(said.url));
  }

  private resize(height: number): void {
    if (!Number.isFinite(height) || !this.frame) return;
    this.frame.style.height = `${Math.min(Math.max(height, LOWEST), HIGHEST)}px`;
  }

  private noticed({ name, state, message }: Said): void {
    if (name === "error") this.say(String(message ?? ""));
    else if (name === "save" && state === "start") this.say("");
    else if (name === "save" && state === "end") this.leave("block-saved");
    else if (name === "cancel") this.leave("block-cancelled");
  }

  private leave(event: string): void {
    if (this.fire(event) && this.dataset.after) location.assign(this.dataset.after);
  }

  /** Links inside a block may lead to other pages of ours, and only there. */
  private go(address: string): void {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url?.origin === location.origin) location.assign(url.href);
  }

  private say(words: string): void {
    let place = this.querySelector<HTMLElement>("[data-said]");
    if (!place) {
      place = document.createElement("p");
      place.className = "note err-n";
      place.setAttribute("role", "alert");
      place.setAttribute("data-said", "");
      this.append(place);
    }
    place.textContent = words;
    place.hidden = !words;
  }

  private fire(name: string): boolean {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, cancelable: true }));
  }
}

customElements.define("block-frame", BlockFrame);
