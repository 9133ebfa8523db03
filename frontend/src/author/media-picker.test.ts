import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "./media-picker";
import { find, show } from "../shared/testing";

const LIST = `<div><form action="/library/pick/C1/" data-search><input type="hidden" name="kinds" value="audio">
  <input type="search" name="text" value=""><button type="submit">Search</button></form>
  <form action="/library/pick/C1/place/" data-place><input type="hidden" name="csrfmiddlewaretoken" value="t">
  <button type="submit" name="item" value="7">Choose</button></form></div>`;
const PICKED = { path: "/static/tieng-a.mp3", title: "Tiếng", kind: "audio", description: "" };

interface Call {
  address: string;
  init?: RequestInit | undefined;
}

function serve(...replies: [number, string][]): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (address: string, init?: RequestInit) => {
    calls.push({ address, init });
    const [status, body] = (replies.length > 1 ? replies.shift() : replies[0]) as [
      number,
      string,
    ];
    return new Response(body, { status });
  });
  return calls;
}

function sent(call?: Call): FormData {
  return call?.init?.body as FormData;
}

async function opened(): Promise<HTMLInputElement> {
  show(`<media-picker data-module="C1" data-kinds="audio">
    <input name="src" value=""><a href="/library/pick/C1/">Library</a></media-picker>`);
  find<HTMLButtonElement>("[data-open]").click();
  await vi.waitFor(() => find("[data-place]"));
  return find<HTMLInputElement>("input[name=src]");
}

describe("media-picker", () => {
  beforeEach(() => {
    HTMLDialogElement.prototype.showModal ??= () => undefined;
  });
  afterEach(() => {
    for (const dialog of document.querySelectorAll("dialog")) dialog.remove();
    vi.unstubAllGlobals();
  });

  it("asks for the kinds and shows the list in a dialog", async () => {
    const calls = serve([200, LIST]);
    await opened();
    expect(calls[0]?.address).toBe("/library/pick/C1/?kinds=audio&inside=1");
    expect(find("dialog").getAttribute("aria-labelledby")).toBe("media-picker-heading");
    expect(find<HTMLAnchorElement>("media-picker a").hidden).toBe(true);
  });

  it("fills the field with the path and tells the editor", async () => {
    const calls = serve([200, LIST], [200, JSON.stringify(PICKED)]);
    const field = await opened();
    const told = vi.fn();
    document.body.addEventListener("media-picked", told, { once: true });
    find<HTMLButtonElement>("button[name=item]").click();
    await vi.waitFor(() => expect(field.value).toBe("/static/tieng-a.mp3"));
    expect(sent(calls[1]).get("item")).toBe("7");
    expect(told.mock.calls[0]?.[0].detail).toEqual(PICKED);
    expect(document.querySelector("dialog")).toBeNull();
  });

  it("adds a file that is new to the module to a list and chooses it", async () => {
    serve([200, LIST], [200, JSON.stringify(PICKED)]);
    show(`<media-picker data-module="C1"><select name="src">
      <option value="/static/cu.png">cu.png</option></select></media-picker>`);
    find<HTMLButtonElement>("[data-open]").click();
    await vi.waitFor(() => find("[data-place]"));
    find<HTMLButtonElement>("button[name=item]").click();
    const list = find<HTMLSelectElement>("select[name=src]");
    await vi.waitFor(() => expect(list.value).toBe("/static/tieng-a.mp3"));
    const names = [...list.querySelectorAll("option")].map((option) => option.textContent);
    expect(names).toEqual(["cu.png", "tieng-a.mp3"]);
  });

  it("says why a file cannot be placed and keeps the dialog open", async () => {
    serve([200, LIST], [409, JSON.stringify({ code: "withdrawn", message: "Đã rút." })]);
    const field = await opened();
    find<HTMLButtonElement>("button[name=item]").click();
    await vi.waitFor(() => expect(find("[role=alert]").textContent).toBe("Đã rút."));
    expect(field.value).toBe("");
    expect(find<HTMLButtonElement>("button[name=item]").disabled).toBe(false);
  });

  it("searches inside the dialog", async () => {
    const calls = serve([200, LIST]);
    await opened();
    find<HTMLInputElement>("input[type=search]").value = "nghị quyết";
    find<HTMLButtonElement>("[data-search] button").click();
    await vi.waitFor(() => expect(calls.length).toBe(2));
    expect(new URL(calls[1]?.address ?? "", "http://x").searchParams.get("text")).toBe(
      "nghị quyết",
    );
  });
});
