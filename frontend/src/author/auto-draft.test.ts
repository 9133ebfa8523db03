import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "./auto-draft";
import { find, serve, show } from "../shared/testing";

function page(attributes = 'seq="0"', words = "Cũ"): HTMLTextAreaElement {
  show(`<auto-draft url="/typing/" owner="7" part="" sign-in-url="/login/" ${attributes}>
    <form method="post" data-editor><input type="hidden" name="base_version" value="5">
    <input type="hidden" name="kept_seq" value="0"><textarea name="body_vi">${words}</textarea>
    <button type="submit" name="stay" value="1">Lưu</button><span class="saved"></span></form></auto-draft>`);
  return find("textarea");
}

function type(field: HTMLTextAreaElement, words: string): void {
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const status = (): string => find(".saved").textContent ?? "";
const press = (text: string): void =>
  [...document.querySelectorAll<HTMLButtonElement>(".draft-choices button")]
    .find((button) => button.textContent === text)
    ?.click();
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(3_000);

describe("auto-draft", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  it("keeps what is typed after a pause and tells the form which write that was", async () => {
    const calls = serve({ status: 200, body: { seq: 4, saved_at: "2026-11-22T03:42:00Z" } });
    const field = page();
    type(field, "Mới");
    expect(calls).toHaveLength(0);
    expect(localStorage.length).toBe(1);
    await settle();
    expect(calls[0]?.body).toMatchObject({
      base_seq: 0,
      base_version: 5,
      fields: { body_vi: ["Mới"] },
    });
    expect(find<HTMLInputElement>("[name=kept_seq]").value).toBe("4");
    expect(status()).toContain("10:42");
    expect(localStorage.length).toBe(0);
  });

  it("sends only the newest of several changes", async () => {
    const calls = serve({ status: 200, body: { seq: 1, saved_at: "2026-11-22T03:42:00Z" } });
    const field = page();
    type(field, "M");
    type(field, "Mới");
    await settle();
    expect(calls.map((call) => call.body["fields"])).toEqual([{ body_vi: ["Mới"] }]);
  });

  it("keeps the words on the device when the session is over", async () => {
    serve("redirect");
    const field = page();
    type(field, "Mới");
    await settle();
    expect(status()).toContain("sign-in");
    expect(localStorage.length).toBe(1);
    expect(find(".draft-choices").textContent).toContain("Sign in");
  });

  it("does not send the form into an expired session", async () => {
    serve("redirect");
    const field = page();
    type(field, "Mới");
    const event = new SubmitEvent("submit", { cancelable: true, bubbles: true });
    find("form").dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    await settle();
    expect(field.value).toBe("Mới");
  });

  it("lets a save wait for a write that is under way, then sends the form once", async () => {
    const answers: ((seq: number) => void)[] = [];
    const sent: unknown[] = [];
    vi.stubGlobal("fetch", (_address: string, init: RequestInit) => {
      sent.push(JSON.parse(String(init.body)).fields.body_vi);
      return new Promise((resolve) =>
        answers.push((seq) =>
          resolve(new Response(JSON.stringify({ seq, saved_at: "2026-11-22T03:42:00Z" }))),
        ),
      );
    });
    const field = page();
    const form = find<HTMLFormElement>("form");
    const submitted = vi.spyOn(form, "requestSubmit").mockImplementation(() => undefined);
    type(field, "Một");
    await settle(); // the first write is on its way
    type(field, "Một hai");
    form.dispatchEvent(
      new SubmitEvent("submit", { cancelable: true, bubbles: true, submitter: find("button") }),
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([["Một"]]);
    expect(submitted).not.toHaveBeenCalled();
    answers[0]?.(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([["Một"], ["Một hai"]]);
    expect(submitted).not.toHaveBeenCalled();
    answers[1]?.(2);
    await vi.advanceTimersByTimeAsync(0);
    expect(submitted).toHaveBeenCalledExactlyOnceWith(find("button"));
    expect(find<HTMLInputElement>("[name=kept_seq]").value).toBe("2");
  });

  it("lets the trainer choose when another tab was faster", async () => {
    const theirs = {
      seq: 9,
      saved_at: "2026-11-22T03:00:00Z",
      fields: { body_vi: ["Thẻ kia"] },
    };
    const calls = serve(
      { status: 409, body: { error: "newer-text", ...theirs } },
      { status: 200, body: { seq: 10, saved_at: "2026-11-22T03:42:00Z" } },
    );
    const field = page();
    type(field, "Thẻ này");
    await settle();
    expect(field.value).toBe("Thẻ này");
    press("Keep the text of this tab");
    await settle();
    expect(calls[1]?.body).toMatchObject({ base_seq: 9, fields: { body_vi: ["Thẻ này"] } });
  });

  it("takes the other tab's text when told so", async () => {
    serve({
      status: 409,
      body: { seq: 9, saved_at: "2026-11-22T03:00:00Z", fields: { body_vi: ["Thẻ kia"] } },
    });
    const field = page();
    type(field, "Thẻ này");
    await settle();
    press("Use the text of the other tab");
    expect(field.value).toBe("Thẻ kia");
    expect(localStorage.length).toBe(0);
  });

  it("offers text that this device never got to the server", async () => {
    serve("network down");
    type(page(), "Chưa gửi");
    await settle();
    serve({ status: 200, body: { seq: 1, saved_at: "2026-11-22T03:42:00Z" } });
    const field = page();
    await vi.advanceTimersByTimeAsync(0);
    expect(field.value).toBe("Cũ");
    press("Go on with it");
    expect(field.value).toBe("Chưa gửi");
    await settle();
    expect(localStorage.length).toBe(0);
  });

  it("waits while the page asks about text kept before", async () => {
    const calls = serve({ status: 200, body: {} });
    const field = page('seq="0" waits');
    type(field, "Mới");
    await settle();
    expect(calls).toHaveLength(0);
    expect(localStorage.length).toBe(1);
  });

  it("keeps people who share a device apart", async () => {
    serve("network down");
    type(page(), "Của người 7");
    await settle();
    show(`<auto-draft url="/typing/" owner="8" part="" seq="0"><form data-editor>
      <textarea name="body_vi">Cũ</textarea><span class="saved"></span></form></auto-draft>`);
    await vi.advanceTimersByTimeAsync(0);
    expect(status()).toBe("");
  });
});
