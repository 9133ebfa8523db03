import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fromBase64Url, toBase64Url } from "../shared/passkeys";
import "./passkey-form";

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;
const credential = {
  type: "public-key",
  id: "AQI",
  rawId: bytes(1, 2),
  authenticatorAttachment: "platform",
  getClientExtensionResults: () => ({}),
  response: {
    clientDataJSON: bytes(3),
    authenticatorData: bytes(4),
    signature: bytes(255, 254),
    userHandle: null,
  },
};
const get = vi.fn();
const create = vi.fn();

function page(ask: string, inside: string, attributes = ""): HTMLFormElement {
  // Whole before it is connected, as a module script meets it on a loaded page.
  const holder = document.createElement("div");
  holder.innerHTML = `<passkey-form ask="${ask}" ${attributes} hidden><form action="/login">
    <input type="hidden" name="credential">${inside}<p data-unsupported>no</p>
    <p data-failed hidden>failed</p><button type="submit">go</button></form></passkey-form>`;
  document.body.replaceChildren(holder);
  const form = holder.querySelector("form");
  if (!form) throw new Error("no form");
  form.submit = vi.fn();
  return form;
}

const options = (value: object): string =>
  `<script type="application/json">${JSON.stringify({ publicKey: value })}</script>`;

const isHidden = (selector: string): boolean | undefined =>
  document.querySelector(selector)?.hasAttribute("hidden");

const sent = (form: HTMLFormElement) =>
  JSON.parse((form.elements.namedItem("credential") as HTMLInputElement).value);

async function send(form: HTMLFormElement): Promise<void> {
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await new Promise((done) => setTimeout(done, 5));
}

beforeEach(() => {
  vi.stubGlobal("PublicKeyCredential", class {});
  Object.defineProperty(navigator, "credentials", {
    configurable: true,
    value: { get, create },
  });
  get.mockReset().mockResolvedValue(credential);
  create.mockReset();
});
afterEach(() => vi.unstubAllGlobals());

describe("passkey-form", () => {
  it("shows itself where passkeys work", () => {
    page("get", "");
    expect(isHidden("passkey-form")).toBe(false);
    expect(isHidden("[data-unsupported]")).toBe(true);
  });

  it("sends the answer as base64url", async () => {
    const allowed = [{ id: "BAU", type: "public-key" }];
    const form = page("get", options({ challenge: "AQID", allowCredentials: allowed }));
    await send(form);
    const asked = get.mock.calls[0]?.[0].publicKey;
    expect([...asked.challenge]).toEqual([1, 2, 3]);
    expect([...asked.allowCredentials[0].id]).toEqual([4, 5]);
    expect(sent(form).rawId).toBe("AQI");
    expect(sent(form).response.signature).toBe("__4");
    expect(form.submit).toHaveBeenCalledOnce();
  });

  it("asks for a key that works alone when that is wanted", async () => {
    const response = { clientDataJSON: bytes(3), attestationObject: bytes(9) };
    create.mockResolvedValue({ ...credential, response });
    const wanted = options({
      challenge: "AQ",
      rp: { id: "example.vn" },
      user: { id: "BQ" },
      authenticatorSelection: {},
    });
    const form = page("create", `<input type="checkbox" name="passwordless" checked>${wanted}`);
    await send(form);
    const asked = create.mock.calls[0]?.[0].publicKey;
    expect(asked.rp.id).toBe("example.vn");
    expect([...asked.user.id]).toEqual([5]);
    expect(asked.authenticatorSelection).toEqual({
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    });
    expect(sent(form).response).toEqual({
      clientDataJSON: "Aw",
      attestationObject: "CQ",
      transports: [],
    });
  });

  it("fetches the options where the page holds none", async () => {
    const answer = { request_options: { publicKey: { challenge: "AQ" } } };
    const fetched = vi.fn().mockResolvedValue({ ok: true, json: async () => answer });
    vi.stubGlobal("fetch", fetched);
    const form = page("get", "", 'options="/options/"');
    await send(form);
    expect(fetched.mock.calls[0]?.[0]).toBe("/options/");
    expect(form.submit).toHaveBeenCalledOnce();
  });

  it("says so when no passkey was used, and can be tried again", async () => {
    get.mockRejectedValueOnce(new DOMException("no", "NotAllowedError"));
    const form = page("get", options({ challenge: "AQ" }));
    await send(form);
    expect(isHidden("[data-failed]")).toBe(false);
    expect(form.submit).not.toHaveBeenCalled();
    await send(form);
    expect(isHidden("[data-failed]")).toBe(true);
    expect(form.submit).toHaveBeenCalledOnce();
  });
});

describe("base64url", () => {
  it("survives the way there and back", () => {
    const all = Uint8Array.from({ length: 256 }, (_, value) => value);
    expect([...fromBase64Url(toBase64Url(all.buffer))]).toEqual([...all]);
  });
});
