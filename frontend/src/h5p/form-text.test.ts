import { describe, expect, it } from "vitest";
import { bench, type } from "./form-testing";

describe("a text", () => {
  it("shows plain letters and keeps them escaped", () => {
    const { element, value } = bench(
      { kind: "text" },
      { params: { one: "5 &lt; 6 &amp; &quot;" } },
    );
    const control = element.querySelector("input");
    expect(control?.value).toBe('5 < 6 & "');
    type(control, "a < b's");
    expect(value()).toBe("a &lt; b&#039;s");
  });

  it("keeps markup where the field may hold some", () => {
    const { element, value } = bench({ kind: "text", tags: ["strong"] });
    type(element.querySelector("input"), "<strong>x</strong>");
    expect(value()).toBe("<strong>x</strong>");
  });

  it("has several lines, a limit and a placeholder", () => {
    const { element } = bench({ kind: "lines", longest: 20, placeholder: "Viết ở đây" });
    const control = element.querySelector("textarea");
    expect(control?.maxLength).toBe(20);
    expect(control?.placeholder).toBe("Viết ở đây");
    expect(control?.lang).toBe("vi");
  });

  it("ties label, help, note and error to the control", () => {
    const { element } = bench(
      { kind: "text", label: "Câu hỏi", help: "Giúp", example: "*a*", optional: true },
      { problems: { one: "Cần điền" } },
    );
    const control = element.querySelector("input");
    expect(control?.id).toBe("h5p-one");
    expect(element.querySelector("label")?.getAttribute("for")).toBe("h5p-one");
    expect(element.querySelector("label")?.textContent).toBe("Câu hỏi (optional)");
    const described = (control?.getAttribute("aria-describedby") ?? "").split(" ");
    const words = described.map((id) => document.getElementById(id)?.textContent);
    expect(words).toEqual(["Giúp", "Example: *a*", "Cần điền"]);
    expect(control?.getAttribute("aria-invalid")).toBe("true");
  });
});
