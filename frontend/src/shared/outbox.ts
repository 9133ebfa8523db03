/**
 * What waits to be sent, in order, kept on the device until the server has it.
 *
 * Each item has an id of its own, so sending it twice does no harm.
 */
export interface Item<T> {
  uuid: string;
  body: T;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class Outbox<T> {
  private readonly key: string;
  private memory: Item<T>[] = [];
  private sending: Promise<void> | undefined;

  constructor(
    name: string,
    private store: Store | null = deviceStore(),
  ) {
    this.key = `outbox:${name}`;
  }

  /** Read each time, because another tab of the same page shares the queue. */
  get items(): Item<T>[] {
    if (!this.store) return this.memory;
    try {
      return JSON.parse(this.store.getItem(this.key) ?? "[]");
    } catch {
      return [];
    }
  }

  put(body: T): Item<T> {
    const item = { uuid: newId(), body };
    this.keep([...this.items, item]);
    return item;
  }

  remove(uuid: string): void {
    this.keep(this.items.filter((item) => item.uuid !== uuid));
  }

  /** Hand over the items in order; one that `deliver` throws on stays, and so do those behind it. */
  send(deliver: (item: Item<T>) => Promise<void>): Promise<void> {
    this.sending ??= this.sendAll(deliver).finally(() => {
      this.sending = undefined;
    });
    return this.sending;
  }

  private async sendAll(deliver: (item: Item<T>) => Promise<void>): Promise<void> {
    for (let item = this.items[0]; item; item = this.items[0]) {
      await deliver(item);
      this.remove(item.uuid);
    }
  }

  private keep(items: Item<T>[]): void {
    this.memory = items;
    try {
      if (items.length) this.store?.setItem(this.key, JSON.stringify(items));
      else this.store?.removeItem(this.key);
    } catch {
      // The store is full: memory holds them as long as the page is open.
      this.store = null;
    }
  }
}

export function newId(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  // Plain http on a local network has no randomUUID.
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function deviceStore(): Store | null {
  try {
    localStorage.setItem("outbox?", "1");
    localStorage.removeItem("outbox?");
    return localStorage;
  } catch {
    return null;
  }
}
