/** The runtime handed to a block's script: where its handlers are, and whom it may tell. */
import { facts, tell } from "./facts";

export interface Notice {
  state?: string;
  message?: string;
  title?: string;
}

type Listener = (data: unknown) => void;

export class BlockRuntime {
  private readonly listeners = new Map<string, Listener[]>();

  /** The address of a handler; the element may be a DOM node or a jQuery object. */
  handlerUrl(_element: unknown, handler: string, suffix = "", query = ""): string {
    const rest = suffix ? `/${suffix.replace(/^\//, "")}` : "";
    const asked = query ? `?${query.replace(/^\?/, "")}` : "";
    return `${facts.handlers}${handler}${rest}${asked}`;
  }

  /** Blocks inside this one: a frame holds a single block. */
  children(_element: unknown): unknown[] {
    return [];
  }

  childMap(_element: unknown, _name: string): unknown {
    return undefined;
  }

  /** "save", "cancel", "error": the page around decides what follows. */
  notify(name: string, data: Notice = {}): void {
    const { state = "", message = "", title = "" } = data;
    tell({ kind: "notify", name, state, message: plain(message), title: plain(title) });
    for (const listener of this.listeners.get(name) ?? []) listener(data);
  }

  listenTo(name: string, listener: Listener): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }

  refreshXBlock(_element: unknown): void {
    location.reload();
  }
}

/** Messages of blocks are HTML now and then; ours are words. */
function plain(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
}
