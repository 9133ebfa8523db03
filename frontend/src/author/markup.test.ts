import { afterEach, describe, expect, it } from "vitest";
import { asParagraphs, dress, fromClipboard, undress } from "./markup";
import { UndoStack } from "./undo-stack";

afterEach(() => document.body.replaceChildren());

describe("markup", () => {
  it("shows pictures of the module and writes their path back", () => {
    document.body.innerHTML =
      '<script type="application/json" id="studio-pictures">[{"path":"/static/a.png","url":"/assets/a.png"}]</script><div id="s"><p>A<sup class="cite" data-source="S3"></sup></p><img src="/static/a.png"></div>';
    const sheet = document.getElementById("s") as HTMLElement;
    const before = sheet.innerHTML;
    dress(sheet);
    expect(sheet.querySelector("img")?.getAttribute("src")).toBe("/assets/a.png");
    expect(sheet.querySelector("sup")?.getAttribute("contenteditable")).toBe("false");
    expect(undress(sheet)).toBe(before);
  });

  it("calls an empty sheet an empty text", () => {
    const sheet = document.createElement("div");
    sheet.innerHTML = "<p><br></p>";
    expect(undress(sheet)).toBe("");
  });

  it("takes from a clipboard only what a text may hold", () => {
    const html = fromClipboard(
      '<h1 style="x">T</h1><p class="Mso" onclick="x()"><b>A</b> <a href="javascript:x()">B</a></p><script>x()</script><sup class="cite" data-source="S3" data-lines="8"></sup>',
    );
    expect(html).toBe(
      '<h3>T</h3><p><strong>A</strong> B</p><sup class="cite" data-source="S3" data-lines="8"></sup>',
    );
  });

  it("makes paragraphs of plain text", () => {
    expect(asParagraphs("A\nB\n\n<C>")).toBe("<p>A<br>B</p><p>&lt;C&gt;</p>");
  });
});

describe("UndoStack", () => {
  it("goes back and forth and forgets what was undone when something new comes", () => {
    const steps = new UndoStack({ html: "a", caret: 0 });
    steps.keep({ html: "b", caret: 1 });
    steps.keep({ html: "b", caret: 2 });
    steps.keep({ html: "c", caret: 3 });
    expect(steps.undo()).toEqual({ html: "b", caret: 2 });
    expect(steps.undo()?.html).toBe("a");
    expect(steps.undo()).toBeNull();
    expect(steps.redo()?.html).toBe("b");
    steps.keep({ html: "d", caret: 0 });
    expect(steps.redo()).toBeNull();
  });
});
