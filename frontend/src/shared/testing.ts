/** What the tests of several elements need. Not part of any build. */
import { vi } from "vitest";

export interface Call {
  address: string;
  body: Record<string, unknown>;
  init: RequestInit;
}

type Reply = { status: number; body?: unknown } | "network down" | "redirect";

/** Stand in for the server: each call takes the next reply, the last one stays. */
export function serve(...replies: Reply[]): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    calls.push({ address, body: JSON.parse(String(init.body)), init });
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (!reply || reply === "network down") throw new TypeError("Failed to fetch");
    if (reply === "redirect") return { type: "opaqueredirect", status: 0, ok: false };
    return new Response(JSON.stringify(reply.body ?? {}), { status: reply.status });
  });
  return calls;
}

export function show<T extends HTMLElement>(html: string): T {
  // Like a browser's parser: elements wake up when their content is there.
  const draft = document.createElement("div");
  draft.innerHTML = html;
  document.body.replaceChildren(...draft.childNodes);
  return document.body.firstElementChild as T;
}

export function find<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`Nothing matches ${selector}`);
  return found;
}
