import { describe, expect, it } from "vitest";
import "./caption-editor";
import { find, show } from "../shared/testing";

const VTT =
  "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nMột hai ba bốn\n\n00:00:04.000 --> 00:00:06.000\nNăm\n";

function page(text = VTT): HTMLTextAreaElement {
  show(`<caption-editor player="none"><label for="c">Phụ đề</label>
    <textarea id="c" lang="vi">${text.replaceAll(">", "&gt;")}</textarea></caption-editor>`);
  return find("#c");
}

const click = (text: string, place = 0): void => {
  const row = document.querySelectorAll("li.cue")[place];
  [...(row?.querySelectorAll("button") ?? [])]
    .find((button) => button.textContent?.startsWith(text))
    ?.click();
};

describe("caption-editor", () => {
  it("shows rows and leaves the text alone until something changes", () => {
    const field = page();
    expect(document.querySelectorAll("li.cue")).toHaveLength(2);
    expect(field.hidden).toBe(true);
    expect(field.value).toBe(VTT);
  });

  it("splits at the middle and joins again", () => {
    const field = page();
    click("Split");
    expect(document.querySelectorAll("li.cue")).toHaveLength(3);
    expect(field.value).toContain("Một hai\n");
    click("Join");
    expect(field.value).toBe(VTT);
  });

  it("adds after and deletes", () => {
    const field = page();
    click("Add below", 1);
    expect(document.querySelectorAll("li.cue")).toHaveLength(3);
    click("Delete", 2);
    expect(field.value).toBe(VTT);
  });

  it("says what is wrong while one types", () => {
    page();
    const words = find<HTMLTextAreaElement>("li.cue textarea");
    words.value = "";
    words.dispatchEvent(new Event("input", { bubbles: true }));
    expect(find("li.cue .err").textContent).not.toBe("");
    expect(words.getAttribute("aria-invalid")).toBe("true");
  });

  it("keeps a text it cannot read as text", () => {
    const field = page("đây không phải phụ đề");
    expect(field.hidden).toBe(false);
    expect(field.value).toBe("đây không phải phụ đề");
  });

  it("takes new text from outside", () => {
    const field = page();
    field.value = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nKhác\n";
    field.dispatchEvent(new Event("refill"));
    expect(document.querySelectorAll("li.cue")).toHaveLength(1);
  });
});
