import { beforeEach, expect, test, vi } from "vitest";
import { translate, watchWords } from "./words";

const WORDS = { Save: "Lưu", "Hide Annotations": "Ẩn lời bình", Close: "Đóng" };

beforeEach(() => {
  document.body.innerHTML = "";
});

/** What a MutationObserver has seen is told after the current task. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

// First, because a watcher of another test would go on watching this page.
test("without words nothing is watched", async () => {
  watchWords({});
  document.body.innerHTML = "<p>Save</p>";
  await settled();
  expect(document.body.textContent).toBe("Save");
});

test("whole texts, labels and buttons are put into the reader's language", () => {
  document.body.innerHTML = `
    <p>  Save </p><p>Save the date</p>
    <button type="button" aria-label="Close" title="Close">x</button>
    <input type="submit" value="Save"><input placeholder="Save">`;
  translate(document.body, WORDS);
  const [first, second] = document.querySelectorAll("p");
  expect(first?.textContent).toBe("  Lưu ");
  expect(second?.textContent).toBe("Save the date");
  const button = document.querySelector("button");
  expect([button?.getAttribute("aria-label"), button?.title]).toEqual(["Đóng", "Đóng"]);
  expect(document.querySelector<HTMLInputElement>("[type=submit]")?.value).toBe("Lưu");
  expect(document.querySelector<HTMLInputElement>("[placeholder]")?.placeholder).toBe("Lưu");
});

test("what somebody typed stays as it is", () => {
  document.body.innerHTML = `
    <textarea>Save</textarea><input type="text" value="Save">
    <div contenteditable="true"><b>Save</b></div><div class="CodeMirror"><i>Save</i></div>
    <select><option>Save</option></select>`;
  const before = document.body.innerHTML;
  translate(document.body, WORDS);
  expect(document.body.innerHTML).toBe(before);
});

test("a text broken into lines is the same text, and `#` stands for a number", () => {
  document.body.innerHTML =
    "<p>\n  Save\n   all  of it </p><p>Node 12</p><p>Card 1 of 20</p><p>Node</p>";
  translate(document.body, {
    "Save all of it": "Lưu hết",
    "Node #": "Bước #",
    "Card # of #": "Thẻ #/#",
  });
  const said = [...document.querySelectorAll("p")].map((p) => p.textContent?.trim());
  expect(said).toEqual(["Lưu hết", "Bước 12", "Thẻ 1/20", "Node"]);
});

test("the choices of an editor are translated where they send something else", async () => {
  vi.resetModules();
  document.body.innerHTML = `<script type="application/json" id="facts">{"view": "studio_view"}</script>
    <select><option value="true">Save</option><option>Save</option></select>`;
  const editor = await import("./words");
  editor.translate(document.body, WORDS);
  const said = [...document.querySelectorAll("option")].map((option) => option.textContent);
  expect(said).toEqual(["Lưu", "Save"]);
});

test("a `$` in a translation is no pattern", () => {
  document.body.innerHTML = "<p>Save</p>";
  translate(document.body, { Save: "$& $1" });
  expect(document.body.textContent).toBe("$& $1");
});

test("texts that come or change later are translated too, and only once", async () => {
  watchWords(WORDS);
  const added = document.createElement("p");
  added.innerHTML = "<span>Hide Annotations</span>";
  document.body.append(added);
  await settled();
  expect(added.textContent).toBe("Ẩn lời bình");

  (added.firstElementChild?.firstChild as Text).nodeValue = "Save";
  added.title = "Close";
  await settled();
  expect([added.textContent, added.title]).toEqual(["Lưu", "Đóng"]);
});
