/**
 * Says when the network is gone, and when it is back.
 *
 * @example
 * <offline-notice aria-live="polite"></offline-notice>
 */
import { translate } from "../shared/translate";

export class OfflineNotice extends HTMLElement {
  private hiding: ReturnType<typeof setTimeout> | undefined;

  private readonly offline = (): void => {
    clearTimeout(this.hiding);
    this.say(translate("You are offline. You can keep reading; what you do is sent later."));
  };

  private readonly online = (): void => {
    if (!this.firstElementChild) return;
    this.say(translate("You are online again."));
    this.hiding = setTimeout(() => this.replaceChildren(), 5_000);
  };

  connectedCallback(): void {
    addEventListener("offline", this.offline);
    addEventListener("online", this.online);
    if (!navigator.onLine) this.offline();
  }

  disconnectedCallback(): void {
    removeEventListener("offline", this.offline);
    removeEventListener("online", this.online);
    clearTimeout(this.hiding);
  }

  private say(text: string): void {
    const line = document.createElement("p");
    line.textContent = text;
    this.replaceChildren(line);
  }
}

customElements.define("offline-notice", OfflineNotice);
