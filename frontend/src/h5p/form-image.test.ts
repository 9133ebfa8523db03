import { afterEach, describe, expect, it, vi } from "vitest";
import { bench, buttonNamed, type } from "./form-testing";

const KEPT = { path: "images/a.png", mime: "image/png", width: 4, height: 3 };
const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

interface Sent {
  address: string;
  body: FormData;
}

function serve(status: number, body: unknown): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    sent.push({ address, body: init.body as FormData });
    return new Response(JSON.stringify(body), { status });
  });
  return sent;
}

function give(element: HTMLElement, file: File): void {
  const field = element.querySelector<HTMLInputElement>("input[type=file]");
  Object.defineProperty(field, "files", { value: [file], configurable: true });
  field?.dispatchEvent(new Event("change"));
}

describe("a picture", () => {
  afterEach(() => document.body.replaceChildren());

  it("is shown small and can be taken out", () => {
    const { element, value } = bench({ kind: "image" }, { params: { one: KEPT } });
    expect(element.querySelector("img")?.getAttribute("src")).toBe("/shown/images/a.png");
    buttonNamed("Remove the picture").click();
    expect(value()).toBeUndefined();
    expect(element.querySelector("img")).toBeNull();
  });

  it("is sent only after the declaration", async () => {
    const sent = serve(200, KEPT);
    const { element, value } = bench({ kind: "image" });
    give(element, new File(["x"], "a.png", { type: "image/png" }));
    expect(sent).toHaveLength(0);
    expect(element.querySelector("[role=status]")?.textContent).toContain("Tick");
    element.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
    await settled();
    expect(sent[0]?.address).toBe("/files/");
    expect(sent[0]?.body.get("declares_no_secret")).toBe("on");
    expect(value()).toEqual(KEPT);
    expect(element.querySelector("img")).not.toBeNull();
  });

  it("comes from the media library by its place in the module", async () => {
    const sent = serve(200, KEPT);
    const { element, value } = bench({ kind: "image" });
    element
      .querySelector("media-picker")
      ?.dispatchEvent(new CustomEvent("media-picked", { detail: { path: "/static/a.png" } }));
    await settled();
    expect(sent[0]?.body.get("static")).toBe("/static/a.png");
    expect(value()).toEqual(KEPT);
  });

  it("says why it was not taken", async () => {
    serve(400, { message: "Ảnh bị hỏng." });
    const { element, value } = bench({ kind: "image" });
    element.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
    give(element, new File(["x"], "a.png"));
    await settled();
    expect(element.querySelector("[role=status]")?.textContent).toBe("Ảnh bị hỏng.");
    expect(value()).toBeUndefined();
  });

  it("keeps whose it is, unless that is said elsewhere", () => {
    const { value } = bench({ kind: "image" }, { params: { one: { ...KEPT } } });
    type(document.getElementById("h5p-one.copyright.author"), "Lan");
    expect(value()).toEqual({ ...KEPT, copyright: { author: "Lan" } });
    const bare = bench({ kind: "image", without_rights: true }, { params: { one: KEPT } });
    expect(bare.element.querySelector(".h5p-rights")).toBeNull();
  });
});
