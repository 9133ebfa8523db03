import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "./media-upload";
import { find, show } from "../shared/testing";

type Reply = [number, Record<string, string>?, object?] | "network down";
interface Call {
  method: string;
  address: string;
  headers: Record<string, string>;
  body?: Blob | undefined;
}

const PLACE = "/library/uploads/5a/";

function serve(...replies: Reply[]): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    calls.push({
      method: init.method ?? "GET",
      address,
      headers: init.headers as Record<string, string>,
      body: init.body as Blob | undefined,
    });
    const reply = replies.shift();
    if (!reply || reply === "network down") throw new TypeError("Failed to fetch");
    const [status, headers, body] = reply;
    return new Response(body ? JSON.stringify(body) : null, { status, headers: headers ?? {} });
  });
  return calls;
}

function choose(size = 9_000_000, declared = true): HTMLInputElement {
  show(`<form><input type="checkbox" name="declares_no_secret" ${declared ? "checked" : ""}>
    <input name="title_vi" value="">
    <media-upload data-endpoint="/library/uploads/"><input type="hidden" name="upload">
    <input type="file" name="file"></media-upload><button type="submit">Send</button></form>`);
  const field = find<HTMLInputElement>("input[type=file]");
  const file = new File([new Uint8Array(size)], "loa_xa.mp3", { lastModified: 1 });
  Object.defineProperty(field, "files", { value: [file], configurable: true });
  field.dispatchEvent(new Event("change"));
  return find<HTMLInputElement>("input[name=upload]");
}

function state(): string | undefined {
  return find(".media-progress").dataset.state;
}

describe("media-upload", () => {
  beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("sends a file in parts and puts its number into the form", async () => {
    const calls = serve(
      [201, { Location: PLACE }],
      [204, { "Upload-Offset": "4000000" }],
      [204, { "Upload-Offset": "8000000" }],
      [204, { "Upload-Offset": "9000000" }],
    );
    const number = choose();
    await vi.waitFor(() => expect(number.value).toBe("5a"));
    expect(calls.map((call) => call.headers["Upload-Offset"])).toEqual([
      undefined,
      "0",
      "4000000",
      "8000000",
    ]);
    expect(calls.map((call) => call.body?.size)).toEqual([
      undefined,
      4_000_000,
      4_000_000,
      1_000_000,
    ]);
    expect(calls[0]?.headers["Upload-Length"]).toBe("9000000");
    expect(calls[0]?.headers["Upload-Metadata"]).toBe(
      `filename ${btoa("loa_xa.mp3")},declares_no_secret ${btoa("1")}`,
    );
    expect(state()).toBe("done");
    expect(find<HTMLInputElement>("input[name=title_vi]").value).toBe("loa xa");
    expect(localStorage.length).toBe(0);
  });

  it("sends nothing before the declaration is ticked", async () => {
    const calls = serve([201, { Location: PLACE }], [204, { "Upload-Offset": "10" }]);
    const number = choose(10, false);
    expect(calls).toEqual([]);
    const box = find<HTMLInputElement>("[name=declares_no_secret]");
    box.checked = true;
    box.dispatchEvent(new Event("change"));
    await vi.waitFor(() => expect(number.value).toBe("5a"));
  });

  it("goes on by itself after a lost line", async () => {
    const calls = serve(
      [201, { Location: PLACE }],
      "network down",
      [503],
      [204, { "Upload-Offset": "10" }],
    );
    const number = choose(10);
    await vi.waitFor(() => expect(state()).toBe("waiting"));
    vi.advanceTimersByTime(1_000);
    await vi.waitFor(() => expect(calls.length).toBe(3));
    await vi.waitFor(() => expect(state()).toBe("waiting"));
    vi.advanceTimersByTime(2_000);
    await vi.waitFor(() => expect(number.value).toBe("5a"));
  });

  it("asks how far the server is when an answer was lost", async () => {
    const calls = serve(
      [201, { Location: PLACE }],
      [409, {}, { code: "other-offset" }],
      [200, { "Upload-Offset": "4000000" }],
      [204, { "Upload-Offset": "5000000" }],
    );
    const number = choose(5_000_000);
    await vi.waitFor(() => expect(number.value).toBe("5a"));
    expect(calls.map((call) => call.method)).toEqual(["POST", "PATCH", "HEAD", "PATCH"]);
    expect(calls[3]?.body?.size).toBe(1_000_000);
  });

  it("takes up a file again that was begun before the page was reloaded", async () => {
    localStorage.setItem("upload:loa_xa.mp3:10:1", JSON.stringify([PLACE, Date.now()]));
    const calls = serve([200, { "Upload-Offset": "6" }], [204, { "Upload-Offset": "10" }]);
    const number = choose(10);
    await vi.waitFor(() => expect(number.value).toBe("5a"));
    expect(calls.map((call) => [call.method, call.headers["Upload-Offset"]])).toEqual([
      ["HEAD", undefined],
      ["PATCH", "6"],
    ]);
  });

  it("begins anew when the server has forgotten the upload", async () => {
    localStorage.setItem(
      "upload:loa_xa.mp3:10:1",
      JSON.stringify(["/library/uploads/old/", Date.now()]),
    );
    const calls = serve([404], [201, { Location: PLACE }], [204, { "Upload-Offset": "10" }]);
    const number = choose(10);
    await vi.waitFor(() => expect(number.value).toBe("5a"));
    expect(calls.map((call) => call.method)).toEqual(["HEAD", "POST", "PATCH"]);
  });

  it("tells why a file is refused and does not try again", async () => {
    const calls = serve([201, { Location: PLACE }], [415, {}, { message: "Kho không nhận." }]);
    choose(10);
    await vi.waitFor(() => expect(state()).toBe("failed"));
    expect(find("[role=status]").textContent).toBe("Kho không nhận.");
    vi.advanceTimersByTime(60_000);
    expect(calls.length).toBe(2);
    expect(localStorage.length).toBe(0);
  });

  it("holds the form back while the file is on its way", async () => {
    serve([201, { Location: PLACE }], "network down");
    choose(10);
    await vi.waitFor(() => expect(state()).toBe("waiting"));
    const submit = new Event("submit", { cancelable: true });
    find("form").dispatchEvent(submit);
    expect(submit.defaultPrevented).toBe(true);
  });
});
