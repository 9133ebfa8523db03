import { afterEach, describe, expect, it } from "vitest";
import { postJson, Refused, SignedOut, Unreachable } from "./request";
import { serve } from "./testing";

afterEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie is what is tested
  document.cookie = "csrftoken=; max-age=0";
});

describe("postJson", () => {
  it("sends JSON with the token and returns the answer", async () => {
    const calls = serve({ status: 200, body: { seq: 3 } });
    expect(await postJson("/save", { a: 1 }, { csrf: "given" })).toEqual({ seq: 3 });
    expect(calls[0]?.body).toEqual({ a: 1 });
    expect(calls[0]?.init.headers).toMatchObject({ "X-CSRFToken": "given" });
  });

  it("prefers the cookie's token, which a new sign-in has changed", async () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie is what is tested
    document.cookie = "csrftoken=fresh";
    const calls = serve({ status: 200 });
    await postJson("/save", {}, { csrf: "stale" });
    expect(calls[0]?.init.headers).toMatchObject({ "X-CSRFToken": "fresh" });
  });

  it.each([["network down" as const], [{ status: 503 }], [{ status: 429 }]])(
    "calls %o unreachable",
    async (reply) => {
      serve(reply);
      await expect(postJson("/save", {})).rejects.toBeInstanceOf(Unreachable);
    },
  );

  it.each([["redirect" as const], [{ status: 401 }], [{ status: 403 }]])(
    "takes %o for an ended sign-in",
    async (reply) => {
      serve(reply);
      await expect(postJson("/save", {})).rejects.toBeInstanceOf(SignedOut);
    },
  );

  it("hands on the reason of a refusal", async () => {
    serve({ status: 403, body: { code: "closed", message: "The attempt is closed." } });
    await expect(postJson("/save", {})).rejects.toEqual(
      new Refused(403, { code: "closed", message: "The attempt is closed." }),
    );
  });

  it("knows a refusal by the name `error` too", async () => {
    serve({ status: 403, body: { error: "not-enrolled", message: "Not on this programme." } });
    await expect(postJson("/place", {})).rejects.toBeInstanceOf(Refused);
  });

  it("takes an answer that is no JSON for an empty one", async () => {
    serve({ status: 409 });
    await expect(postJson("/save", {})).rejects.toMatchObject({ status: 409, body: {} });
  });
});
