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

it("reads and writes one menu after the other", () => {
  const menu = "<select><option value=''></option><option value='x'>X ray</option></select>";
  const slot = show(`<fieldset>${menu}${menu}</fieldset>`);
  writeAnswer(slot, { chosen: ["x", "x"] });
  expect(readAnswer(slot)).toEqual({ chosen: ["x", "x"] });
  expect(describeAnswer(slot, { chosen: ["x"] })).toBe("X ray");
});

it("reads and writes words", () => {
  const slot = show("<fieldset><textarea></textarea></fieldset>");
  writeAnswer(slot, { text: " Bà con " });
  expect(readAnswer(slot)).toEqual({ text: " Bà con " });
  expect(describeAnswer(slot, { text: " Bà con " })).toBe("Bà con");
});

it("names an option it does not know by its value", () => {
  expect(describeAnswer(choices("radio"), { chosen: ["z"] })).toBe("z");
});
