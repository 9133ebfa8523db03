/** A dialog that asks for a few values, made when it is needed and gone when it is closed. */
import { translate } from "../shared/translate";

export interface Question {
  name: string;
  label: string;
  value?: string;
  /** Values to choose from, each with its words; without it one types. */
  choices?: { value: string; label: string }[];
  /** A line below the label. */
  hint?: string;
  required?: boolean;
  /** The code of a module: pictures of the media library can be put into it and chosen. */
  library?: string;
}

export type Answers = Record<string, string>;

/** What was answered, or null when the dialog was closed without. `remove` adds a button of that name; `made` gets the form. */
export function ask(
  heading: string,
  questions: Question[],
  {
    confirm,
    remove,
    made,
  }: { confirm: string; remove?: string; made?: (form: HTMLFormElement) => void },
): Promise<Answers | "remove" | null> {
  const dialog = document.createElement("dialog");
  const title = document.createElement("h2");
  title.id = "ask-heading";
  title.textContent = heading;
  dialog.setAttribute("aria-labelledby", title.id);
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "stack";
  form.append(title, ...questions.map(field), buttons(confirm, remove));
  made?.(form);
  dialog.append(form);
  document.body.append(dialog);
  const before = document.activeElement as HTMLElement | null;
  dialog.showModal();
  form.querySelector<HTMLElement>("select, input")?.focus();
  return new Promise((resolve) => {
    let answer: Answers | "remove" | null = null;
    form.addEventListener("submit", (event) => {
      const pressed = (event as SubmitEvent).submitter as HTMLButtonElement | null;
      event.preventDefault();
      answer = pressed?.value === "remove" ? "remove" : values(form);
      dialog.close();
    });
    form.querySelector("[data-cancel]")?.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus();
      resolve(answer);
    });
  });
}

function values(form: HTMLFormElement): Answers {
  const fields = form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select");
  return Object.fromEntries([...fields].map((one) => [one.name, one.value.trim()]));
}

function field(question: Question): HTMLElement {
  const box = document.createElement("div");
  box.className = "field";
  const label = document.createElement("label");
  label.textContent = question.label;
  label.htmlFor = `ask-${question.name}`;
  box.append(label);
  if (question.hint) {
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.id = `ask-${question.name}-hint`;
    hint.textContent = question.hint;
    box.append(hint);
  }
  const control = question.choices ? chooser(question) : document.createElement("input");
  control.id = label.htmlFor;
  control.name = question.name;
  control.className = "in";
  control.required = question.required ?? false;
  if (question.hint) control.setAttribute("aria-describedby", `ask-${question.name}-hint`);
  control.value = question.value ?? control.value;
  box.append(control);
  if (!question.library) return box;
  const picker = document.createElement("media-picker");
  picker.dataset["module"] = question.library;
  picker.dataset["kinds"] = "image";
  picker.append(box);
  return picker;
}

function chooser(question: Question): HTMLSelectElement {
  const select = document.createElement("select");
  for (const choice of question.choices ?? []) {
    const option = document.createElement("option");
    option.value = choice.value;
    option.textContent = choice.label;
    select.append(option);
  }
  return select;
}

function buttons(confirm: string, remove?: string): HTMLElement {
  const row = document.createElement("p");
  row.className = "row";
  const yes = plain("btn", confirm);
  yes.type = "submit";
  const no = plain("btn btn-2", translate("Cancel"));
  no.setAttribute("data-cancel", "");
  row.append(yes, no);
  if (remove) {
    const away = plain("btn btn-q", remove);
    away.type = "submit";
    away.value = "remove";
    away.formNoValidate = true;
    row.append(away);
  }
  return row;
}

function plain(className: string, text: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  return made;
}
