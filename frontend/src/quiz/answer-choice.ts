import { translate } from "../shared/translate";
import { type Answer, describeAnswer } from "./answers";

/** Show two answers to one question, side by side; the learner says which one counts. */
export function offerBoth(
  slot: Element,
  mine: Answer,
  saved: Answer,
  choose: (answer: "mine" | "saved") => void,
): void {
  slot.querySelector("[data-two-answers]")?.remove();
  const box = document.createElement("div");
  box.className = "note stack-s mt-4";
  box.setAttribute("role", "alert");
  box.setAttribute("data-two-answers", "");
  const name = (answer: Answer): string =>
    describeAnswer(slot, answer) || translate("No answer");
  box.append(
    line(translate("This question has a newer answer, saved elsewhere.")),
    line(translate("Your answer here: %(answer)s", { answer: name(mine) })),
    line(translate("Saved answer: %(answer)s", { answer: name(saved) })),
  );
  const row = document.createElement("p");
  row.className = "row";
  for (const [which, text] of [
    ["mine", translate("Keep mine")],
    ["saved", translate("Use the saved one")],
  ] as const) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-2 btn-s";
    button.textContent = text;
    button.addEventListener("click", () => {
      box.remove();
      choose(which);
    });
    row.append(button);
  }
  box.append(row);
  slot.append(box);
}

function line(text: string): HTMLParagraphElement {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  return paragraph;
}
