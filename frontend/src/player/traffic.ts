/**
 * Watches what a block asks its handlers. After an answer the page around looks what the server
 * now holds; a refusal is shown in words; an editor remembers which version it saved last.
 */
import { facts, tell } from "./facts";

let base = "";

export function watchTraffic(): void {
  watchRequests();
  watchFetch();
}

const isHandler = (url: string): boolean =>
  new URL(url, location.href).href.startsWith(facts.handlers) && facts.handlers !== "";

function watchRequests(): void {
  const { open, send } = XMLHttpRequest.prototype;
  const watched = new WeakSet<XMLHttpRequest>();
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...given: unknown[]) {
    // First to hear: a block that saves in two steps asks again as soon as it hears the first answer.
    if (isHandler(String(given[1])) && !watched.has(this)) {
      watched.add(this);
      this.addEventListener("load", () => {
        const text =
          this.responseType === "" || this.responseType === "text" ? this.responseText : "";
        answered(this.status, this.getResponseHeader("X-Block-Version"), text);
      });
    }
    return Reflect.apply(open, this, given);
  } as typeof open;
  XMLHttpRequest.prototype.send = function (
    this: XMLHttpRequest,
    body?: XMLHttpRequestBodyInit | null,
  ) {
    if (watched.has(this) && base) this.setRequestHeader("X-Block-Base", base);
    return send.call(this, body);
  };
}

function watchFetch(): void {
  const original = window.fetch;
  window.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!isHandler(url)) return original(input, init);
    const request = new Request(input, init);
    if (base) request.headers.set("X-Block-Base", base);
    const response = await original(request);
    const text = response.ok ? "" : await response.clone().text();
    answered(response.status, response.headers.get("X-Block-Version"), text);
    return response;
  };
}

function answered(status: number, version: string | null, text: string): void {
  if (version) base = version;
  if (status < 400) {
    say("");
    tell({ kind: "acted" });
  } else {
    say(reason(text));
  }
}

/** Refusals of the platform have a sentence; a block's own errors are the block's to show. */
function reason(text: string): string {
  try {
    const { error, message } = JSON.parse(text) as { error?: unknown; message?: unknown };
    return typeof error === "string" && typeof message === "string" ? message : "";
  } catch {
    return "";
  }
}

function say(words: string): void {
  const place = document.getElementById("said");
  if (!place) return;
  place.textContent = words;
  place.hidden = !words;
}
