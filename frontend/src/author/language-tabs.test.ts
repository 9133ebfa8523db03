import { describe, expect, it } from "vitest";
import "./language-tabs";
import { find, show } from "../shared/testing";

function page(invalid = ""): HTMLElement {
  return show(`<language-tabs>
    <section data-language="vi" data-name="Tiếng Việt"><h2>Tiếng Việt</h2><input id="a" value="Chữ"></section>
    <section data-language="en" data-name="English"><h2>English</h2><input id="b" value="" ${invalid}></section>
  </language-tabs>`);
}

const tabs = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[role=tab]")];
const shown = (): string[] =>
  [...document.querySelectorAll<HTMLElement>("[role=tabpanel]")]
    .filter((panel) => !panel.hidden)
    .map((panel) => panel.dataset["language"] ?? "");

describe("language-tabs", () => {
  it("shows one language and offers to add an empty one", () => {
    page();
    expect(shown()).toEqual(["vi"]);
    expect(tabs().map((tab) => tab.textContent)).toEqual(["Tiếng Việt", "Add English"]);
    tabs()[1]?.click();
    expect(shown()).toEqual(["en"]);
  });

  it("follows the arrow keys", () => {
    page();
    tabs()[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft" }));
    expect(shown()).toEqual(["en"]);
  });

  it("shows two side by side", () => {
    page();
    find("[aria-pressed]").click();
    expect(shown()).toEqual(["vi", "en"]);
  });

  it("opens the tab with a fault", () => {
    page('aria-invalid="true"');
    expect(shown()).toEqual(["en"]);
  });
});
