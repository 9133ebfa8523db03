/**
 * Asks the browser for a passkey before its form is sent, and puts the answer into `credential`.
 * Hidden until a script runs and the browser knows passkeys; `data-unsupported` says so otherwise.
 *
 * @example
 * <passkey-form ask="get" options="/accounts/2fa/webauthn/login/" hidden>
 *   <form method="post" action="/accounts/2fa/webauthn/login/">
 *     <input type="hidden" name="credential">
 *     <button type="submit">Sign in with a passkey</button>
 *     <p role="alert" data-failed hidden>The passkey was not used.</p>
 *   </form>
 * </passkey-form>
 *
 * `ask` is `get` or `create`. The options come from a JSON script inside, or from `options`.
 */
import {
  type CreationOptions,
  credentialToJson,
  type RequestOptions,
  readOptions,
} from "../shared/passkeys";

export class PasskeyForm extends HTMLElement {
  private busy = false;

  private readonly ask = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.show("[data-failed]", false);
    this.credential(form)
      .then((credential) => {
        const field = form.elements.namedItem("credential") as HTMLInputElement;
        field.value = JSON.stringify(credentialToJson(credential));
        form.submit(); // not requestSubmit: that would ask again
      })
      .catch(() => this.show("[data-failed]", true)) // cancelled, timed out, or no such key
      .finally(() => {
        this.busy = false;
      });
  };

  connectedCallback(): void {
    if (!("PublicKeyCredential" in window)) return;
    this.hidden = false;
    this.show("[data-unsupported]", false);
    this.addEventListener("submit", this.ask);
  }

  disconnectedCallback(): void {
    this.removeEventListener("submit", this.ask);
  }

  private async credential(form: HTMLFormElement): Promise<PublicKeyCredential> {
    const options = await this.options();
    const found =
      this.getAttribute("ask") === "create"
        ? await navigator.credentials.create(forNewKey(options, form))
        : await navigator.credentials.get(options);
    if (!found) throw new Error("no credential");
    return found as PublicKeyCredential;
  }

  private async options(): Promise<CreationOptions & RequestOptions> {
    const address = this.getAttribute("options");
    if (!address) {
      const script = this.querySelector('script[type="application/json"]');
      return readOptions(JSON.parse(script?.textContent ?? ""));
    }
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return readOptions(
      ((await response.json()) as { request_options: unknown }).request_options,
    );
  }

  private show(selector: string, visible: boolean): void {
    for (const part of this.querySelectorAll<HTMLElement>(selector)) part.hidden = !visible;
  }
}

/** A key that signs in alone has to be stored on the device and to check who holds it. */
function forNewKey(options: CreationOptions, form: HTMLFormElement): CreationOptions {
  const alone = form.elements.namedItem("passwordless");
  const passwordless = alone instanceof HTMLInputElement && alone.checked;
  const selection: AuthenticatorSelectionCriteria = {
    ...options.publicKey.authenticatorSelection,
    residentKey: passwordless ? "required" : "discouraged",
    requireResidentKey: passwordless,
  };
  if (passwordless) selection.userVerification = "required";
  return { publicKey: { ...options.publicKey, authenticatorSelection: selection } };
}

customElements.define("passkey-form", PasskeyForm);
