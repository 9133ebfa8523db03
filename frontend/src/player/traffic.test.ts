import { beforeEach, expect, test, vi } from "vitest";

const HANDLERS = "http://localhost:8001/h/token/";

/** A request that answers at once; only what `watchTraffic` touches. */
class Request extends EventTarget {
  static sent: Record<string, string>[] = [];
  status = 200;
  responseType = "";
  responseText = "{}";
  private headers: Record<string, string> = {};
  onload: (() => void) | null = null;
  open(_method: string, _url: string): void {}
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  getResponseHeader(): string {
    return "7";
  }
  send(): void {
    Request.sent.push(this.headers);
    // like jQuery, whose own listener is there before the request is sent
    this.addEventListener("load", () => this.onload?.());
    this.dispatchEvent(new Event("load"));
  }
}

beforeEach(() => {
  vi.resetModules();
  Request.sent = [];
  document.body.innerHTML = `<script type="application/json" id="facts">${JSON.stringify({ handlers: HANDLERS })}</script>`;
});

test("the second step of a save starts from the version the first has made", async () => {
  vi.stubGlobal("XMLHttpRequest", Request);
  const { watchTraffic } = await import("./traffic");
  watchTraffic();
  const first = new Request();
  first.open("POST", `${HANDLERS}submit_studio_edits`);
  first.addEventListener("load", () => {
    const second = new Request();
    second.open("POST", `${HANDLERS}update_content`);
    second.send();
  });
  first.send();
  expect(Request.sent).toEqual([{}, { "X-Block-Base": "7" }]);
  vi.unstubAllGlobals();
});
