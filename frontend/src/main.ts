/** Every page. Keep it tiny: it is paid for on every first visit. */
import "./elements/confirm-button";
import "./elements/offline-notice";

if ("serviceWorker" in navigator) {
  addEventListener("load", () => {
    navigator.serviceWorker
      .register("/service-worker.js")
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => {
        tell(registration.active, "language", document.documentElement.lang);
        if (document.body.hasAttribute("data-signed-out"))
          tell(registration.active, "signed-out");
      })
      .catch(() => undefined); // every page works without it
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.hasAttribute("data-signs-out")) {
      tell(navigator.serviceWorker.controller, "signed-out");
    }
  });
}

// Errors first: whoever listens hears the summary, whoever looks sees it.
document.querySelector<HTMLElement>(".err-sum[tabindex]")?.focus();

function tell(worker: ServiceWorker | null, kind: string, value = ""): void {
  worker?.postMessage({ kind, value });
}
