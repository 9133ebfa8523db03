/**
 * Shows what is being written in the page's editor as learners will see it, a moment after each pause. Nothing is recorded.
 *
 * @example
 * <h5p-preview data-address="/studio/C1/h5p/…/preview/"></h5p-preview>
 */
import { postJson, Refused, SignedOut, Unreachable } from "../shared/request";
import { translate } from "../shared/translate";
import { button, element } from "./form-parts";

interface Shown {
  /** The player's frame as HTML; "" when it cannot be shown yet. */
  frame: string;
  problems: { path: string; message: string }[];
}

const PAUSE = 1_500;

export class H5PPreview extends HTMLElement {
  private stage: HTMLElement | null = null;
  private status = element("div", "stack-s");
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last = "";
  private isSending = false;

  connectedCallback(): void {
    if (this.stage) return;
    this.stage = element("div", "h5p-stage");
    this.status.setAttribute("role", "status");
    this.append(
      button("btn-2 btn-s", translate("Show it anew"), () => {
        this.last = "";
        void this.show();
      }),
      this.status,
      this.stage,
    );
    this.form?.addEventListener("input", this.typed);
    queueMicrotask(() => void this.show());
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    this.form?.removeEventListener("input", this.typed);
  }

  private get form(): HTMLFormElement | null {
    return document.querySelector<HTMLFormElement>("form[data-editor]");
  }

  private typed = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.show(), PAUSE);
  };

  private async show(): Promise<void> {
    const fields = Object.fromEntries(
      [...new FormData(this.form ?? undefined)].filter(
        ([, value]) => typeof value === "string",
      ),
    );
    const wanted = `${fields.title}\n${fields.params}`;
    if (wanted === this.last) return;
    if (this.isSending) return this.typed();
    this.isSending = true;
    try {
      const shown = await postJson<Shown>(this.dataset.address ?? "", {
        library: fields.library ?? "",
        title: fields.title ?? "",
        package: fields.package ?? "",
        params: fields.params ?? "",
      });
      this.last = wanted;
      this.take(shown);
    } catch (error) {
      this.explain(error);
    } finally {
      this.isSending = false;
    }
  }

  private take({ frame, problems }: Shown): void {
    this.status.replaceChildren();
    // Our own server's markup; the package itself runs in the frame, without an origin.
    if (this.stage && frame) this.stage.innerHTML = frame;
    if (!problems.length) return;
    const words = element("p", "sm");
    words.textContent = translate("Still to do:");
    const list = element("ul", "bul sm");
    for (const { path, message } of problems) {
      const link = document.createElement("a");
      link.href = `#h5p-${path}`;
      link.textContent = message;
      const item = element("li", "");
      item.append(link);
      list.append(item);
    }
    this.status.append(words, list);
  }

  private explain(error: unknown): void {
    const note = element("p", "sm");
    if (error instanceof Refused) note.textContent = error.message;
    else if (error instanceof SignedOut) {
      note.textContent = translate("Your sign-in has ended. Your text is kept on this device.");
    } else if (error instanceof Unreachable) {
      note.textContent = translate("No connection. The preview comes back with it.");
    } else throw error;
    this.status.replaceChildren(note);
  }
}

customElements.define("h5p-preview", H5PPreview);
