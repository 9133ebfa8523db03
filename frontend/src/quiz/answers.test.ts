import { expect, it } from "vitest";
import { show } from "../shared/testing";
import { describeAnswer, readAnswer, writeAnswer } from "./answers";

const choices = (type: string): HTMLElement =>
  show(`<fieldset data-slot="1">
    <label><input type="${type}" name="s" value="a"><span>Quy mô 50%</span></label>
    <label><input type="${type}" name="s" value="b"><span>Quy mô 30%</span></label>
    <label><input type="checkbox" data-flag="1" checked value="on"><span>Mark</span></label>
  </fieldset>`);

it.each([
  ["radio", ["b"]],
  ["checkbox", ["a", "b"]],
])("reads and writes %s buttons, and not the mark", (type, chosen) => {
  const slot = choices(type);
  expect(readAnswer(slot)).toEqual({ chosen: [] });
  writeAnswer(slot, { chosen });
  expect(readAnswer(slot)).toEqual({ chosen });
  expect(describeAnswer(slot, { chosen: ["b"] })).toBe("Quy mô 30%");
});

it("reads and writes menus by their values", () => {
  const menu = (name: string): string =>
    `<label><span>${name}</span><select><option value=""></option><option value="${name} x">X ray</option></select></label>`;
  const slot = show(`<fieldset>${menu("p1")}${menu("p2")}</fieldset>`);
  writeAnswer(slot, { chosen: ["p2 x"] });
  expect(readAnswer(slot)).toEqual({ chosen: ["p2 x"] });
  expect(describeAnswer(slot, { chosen: ["p2 x"] })).toBe("p2: X ray");
});

it("reads and writes words", () => {
  const slot = show("<fieldset><textarea name='slot-1'></textarea></fieldset>");
  expect(readAnswer(slot)).toEqual({ chosen: [] });
  writeAnswer(slot, { chosen: [" Bà con "] });
  expect(readAnswer(slot)).toEqual({ chosen: [" Bà con "] });
  expect(describeAnswer(slot, { chosen: [" Bà con "] })).toBe("Bà con");
});

it("reads and writes gaps by their names", () => {
  const slot = show("<fieldset><input name='slot-1.g1'><input name='slot-1.g2'></fieldset>");
  writeAnswer(slot, { chosen: ["g2 Hà Nội"] });
  expect(readAnswer(slot)).toEqual({ chosen: ["g2 Hà Nội"] });
  expect(describeAnswer(slot, { chosen: ["g2 Hà Nội"] })).toBe("Hà Nội");
});

it("names an option it does not know by its value", () => {
  expect(describeAnswer(choices("radio"), { chosen: ["z"] })).toBe("z");
});
