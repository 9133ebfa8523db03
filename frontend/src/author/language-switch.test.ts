import { describe, expect, it } from "vitest";
import "./language-switch";
import { find, show } from "../shared/testing";

const page = (invalid = ""): void => {
  show(`<form><language-switch></language-switch>
    <div data-in="vi"><input id="vi"></div><div data-in="en"><input id="en" ${invalid}></div></form>`);
};
const shown = (): string | undefined => find("form").dataset.shows;

describe("language-switch", () => {
  it("shows one language, another, or all", () => {
    page();
    expect(shown()).toBe("vi");
    find("button[value=en]").click();
    expect(shown()).toBe("en");
    expect(find("button[value=en]").getAttribute("aria-pressed")).toBe("true");
    find("button[value=all]").click();
    expect(shown()).toBe("all");
  });

  it("begins where the server found fault", () => {
    page('aria-invalid="true"');
    expect(shown()).toBe("en");
  });
});
