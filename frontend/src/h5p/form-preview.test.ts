import { afterEach, describe, expect, it, vi } from "vitest";
import "./form-preview";
import { find, serve, show } from "../shared/testing";
import { buttonNamed } from "./form-testing";

const PAGE = `<div><form data-editor><input name="library" value="Own.Quiz 1.0"><input name="title" value="T">
  <input name="package" value=""><textarea name="params">{"a":1}</textarea></form>
  <h5p-preview data-address="/preview/"></h5p-preview></div>`;
const FRAME = '<h5p-player><iframe title="T" src="about:blank"></iframe></h5p-player>';

describe("the preview", () => {
  afterEach(() => vi.useRealTimers());

  it("asks at once, and again after a pause in typing", async () => {
    vi.useFakeTimers();
    const calls = serve({ status: 200, body: { frame: FRAME, problems: [] } });
    show(PAGE);
    await vi.advanceTimersByTimeAsync(10);
    expect(calls[0]?.body).toEqual({
      library: "Own.Quiz 1.0",
      title: "T",
      package: "",
      params: '{"a":1}',
    });
    expect(document.querySelector("iframe")?.title).toBe("T");
    const field = find<HTMLTextAreaElement>("textarea");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(calls).toHaveLength(1); // nothing has changed
    field.value = '{"a":2}';
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(2);
  });

  it("names what is still to do, with a way there", async () => {
    const problems = [{ path: "answers[0].text", message: "Cần điền đáp án." }];
    serve({ status: 200, body: { frame: "", problems } });
    show(PAGE);
    await vi.waitFor(() => expect(document.querySelector("li a")).not.toBeNull());
    expect(find("li a").getAttribute("href")).toBe("#h5p-answers[0].text");
    expect(find("li a").textContent).toBe("Cần điền đáp án.");
    expect(document.querySelector("iframe")).toBeNull();
  });

  it("keeps the last picture when it cannot be renewed, and says why", async () => {
    const calls = serve(
      { status: 200, body: { frame: FRAME, problems: [] } },
      { status: 422, body: { code: "x", message: "Không đọc được." } },
      "network down",
    );
    show(PAGE);
    await vi.waitFor(() => expect(document.querySelector("iframe")).not.toBeNull());
    buttonNamed("Show it anew").click();
    await vi.waitFor(() => expect(find("[role=status]").textContent).toBe("Không đọc được."));
    buttonNamed("Show it anew").click();
    await vi.waitFor(() =>
      expect(find("[role=status]").textContent).toContain("No connection."),
    );
    expect(calls).toHaveLength(3);
    expect(document.querySelector("iframe")).not.toBeNull();
  });
});
