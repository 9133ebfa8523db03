import { beforeEach, describe, expect, it, vi } from "vitest";
import "./rich-text";
import { show } from "../shared/testing";

function page(html: string): {
  form: HTMLFormElement;
  field: HTMLTextAreaElement;
  sheet: HTMLElement;
} {
  show(`<form><rich-text><div class="field"><label for="t">Text</label>
    <textarea id="t" lang="vi" name="body">${html}</textarea></div></rich-text></form>`);
  return {
    form: document.querySelector("form") as HTMLFormElement,
    field: document.querySelector("textarea") as HTMLTextAreaElement,
    sheet: document.querySelector("[contenteditable]") as HTMLElement,
  };
}

describe("rich-text", () => {
  beforeEach(() => {
    document.execCommand = vi.fn(() => true);
  });

  it("shows the text and keeps the field for sending", () => {
    const { field, sheet } = page("&lt;p&gt;Câu một.&lt;/p&gt;");
    expect(sheet.innerHTML).toBe("<p>Câu một.</p>");
    expect(sheet.lang).toBe("vi");
    expect(field.hidden).toBe(true);
  });

  it("writes what is typed into the field", () => {
    const { field, sheet } = page("&lt;p&gt;Câu một.&lt;/p&gt;");
    sheet.innerHTML = "<p>Câu hai.</p>";
    sheet.dispatchEvent(new Event("input"));
    expect(field.value).toBe("<p>Câu hai.</p>");
  });

  it("takes over what was changed in the source", () => {
    const { field, sheet } = page("&lt;p&gt;Câu một.&lt;/p&gt;");
    const source = document.querySelector("[aria-pressed]") as HTMLButtonElement;
    source.click();
    expect(field.hidden).toBe(false);
    field.value = "<p>Từ nguồn.</p>";
    source.click();
    expect(sheet.innerHTML).toBe("<p>Từ nguồn.</p>");
    expect(sheet.hidden).toBe(false);
  });

  it("does not overwrite the source when the form is sent from there", () => {
    const { form, field } = page("&lt;p&gt;Câu một.&lt;/p&gt;");
    (document.querySelector("[aria-pressed]") as HTMLButtonElement).click();
    field.value = "<p>Từ nguồn.</p>";
    form.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(field.value).toBe("<p>Từ nguồn.</p>");
  });
});
