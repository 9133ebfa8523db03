import { beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  document.title = "Khám phá ảnh";
});

async function named(html: string, view = "student_view"): Promise<HTMLElement> {
  document.body.innerHTML = `<script type="application/json" id="facts">{"view": "${view}"}</script>
    <main>${html}</main>`;
  const { nameAll } = await import("./names");
  nameAll();
  return document.querySelector("main") as HTMLElement;
}

const of = (
  root: HTMLElement,
  selector: string,
  attribute: string,
): string | null | undefined => root.querySelector(selector)?.getAttribute(attribute);

test("points of a picture are named after what they explain", async () => {
  const page =
    await named(`<div class="image-explorer-wrapper"><img class="image-explorer-background">
    <div><button class="image-explorer-hotspot"></button>
      <span class="image-explorer-hotspot-reveal-header"><p> Điểm\n thứ nhất</p></span></div>
    <div><button class="image-explorer-hotspot second"></button></div></div>`);
  expect(of(page, ".image-explorer-hotspot", "aria-label")).toBe("Điểm thứ nhất");
  expect(of(page, ".second", "aria-label")).toBe("Khám phá ảnh");
  expect(of(page, "img", "alt")).toBe("Khám phá ảnh");
});

test("what has a name keeps it", async () => {
  const page = await named(`<iframe class="scorm-embedded" title="Bài 1"></iframe>
    <iframe class="h5p-iframe"></iframe>`);
  expect(of(page, ".scorm-embedded", "title")).toBe("Bài 1");
  expect(of(page, ".h5p-iframe", "title")).toBe("Khám phá ảnh");
});

test("fields of editors are named after the label of their row, and tabs are tabs", async () => {
  const page = await named(
    `<li><label>Định nghĩa</label><div class="CodeMirror"><textarea></textarea></div></li>
     <div><button class="tablinks" aria-selected="true">A</button></div>`,
    "studio_view",
  );
  expect(of(page, "textarea", "aria-label")).toBe("Định nghĩa");
  expect(of(page, ".tablinks", "role")).toBe("tab");
  expect(page.querySelector(".tablinks")?.parentElement?.getAttribute("role")).toBe("tablist");
});
