import { beforeEach, describe, expect, it, vi } from "vitest";
import { gapsIn, toggled } from "./form-gaps";
import { bench, buttonNamed, type } from "./form-testing";

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

describe("gaps", () => {
  it("are the words between stars, with other answers and a tip", () => {
    expect(gapsIn("Thủ đô là *Hà Nội/Thăng Long:bắt đầu bằng H*, sông *Hồng*.")).toEqual([
      { answers: ["Hà Nội", "Thăng Long"], tip: "bắt đầu bằng H" },
      { answers: ["Hồng"], tip: "" },
    ]);
    expect(gapsIn("5 * 3 = 15")).toEqual([]);
    expect(gapsIn("*đúng\\+Tốt! \\-Chưa*")).toEqual([{ answers: ["đúng"], tip: "" }]);
  });

  it("are set around the words, not around the blanks beside them", () => {
    expect(toggled("là Hà Nội .", 3, 10)).toBe("là *Hà Nội* .");
    expect(toggled("là *Hà Nội*.", 4, 10)).toBe("là Hà Nội.");
    expect(toggled("là *Hà* Nội", 3, 11)).toBe("là *Hà* Nội");
    expect(toggled("abc", 1, 1)).toBe("abc");
  });
});

describe("the helper below a plain text", () => {
  it("marks the selection and lists the gaps", async () => {
    const { element, value } = bench(
      { kind: "lines", gaps: true },
      { params: { one: "Thủ đô là Hà Nội." } },
    );
    await settled();
    const control = element.querySelector("textarea");
    expect(element.querySelector(".h5p-gap-list")?.hasAttribute("hidden")).toBe(true);
    control?.setSelectionRange(10, 16);
    buttonNamed("Make the selected words a gap").click();
    expect(value()).toBe("Thủ đô là *Hà Nội*.");
    expect(element.querySelector(".h5p-gap-list")?.textContent).toBe("Hà Nội");
    type(control, "*a/b:c*");
    expect(element.querySelector(".h5p-gap-list")?.textContent).toBe("a or b – tip: c");
  });

  it("asks for a selection when there is none", () => {
    const { element } = bench({ kind: "lines", gaps: true }, { params: { one: "abc" } });
    element.querySelector("textarea")?.setSelectionRange(0, 0);
    buttonNamed("Make the selected words a gap").click();
    expect(element.querySelector("[role=status]")?.textContent).toBe(
      "Select a word of the text first.",
    );
  });
});

describe("the helper below a sheet", () => {
  beforeEach(() => {
    document.execCommand = vi.fn((_command, _ui, words) => {
      const range = document.getSelection()?.getRangeAt(0);
      range?.deleteContents();
      range?.insertNode(document.createTextNode(String(words)));
      return true;
    });
  });

  it("marks the selection on it", async () => {
    const { element, value } = bench(
      { kind: "html", gaps: true, tags: ["strong"] },
      { params: { one: "<p>Sông Hồng dài.</p>" } },
    );
    await settled();
    const words = element.querySelector("[contenteditable] p")?.firstChild as Text;
    const range = document.createRange();
    range.setStart(words, 5);
    range.setEnd(words, 9);
    document.getSelection()?.removeAllRanges();
    document.getSelection()?.addRange(range);
    buttonNamed("Make the selected words a gap").click();
    expect(value()).toBe("<p>Sông *Hồng* dài.</p>");
    expect(element.querySelector(".h5p-gap-list")?.textContent).toBe("Hồng");
  });
});
