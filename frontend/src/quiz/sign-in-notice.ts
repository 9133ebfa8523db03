import { translate } from "../shared/translate";

/** Offer a new sign-in in another tab, so that the answers on this page stay where they are. */
export function askForSignIn(player: Element, sendAgain: () => void): void {
  if (player.querySelector("[data-sign-in]")) return;
  const row = document.createElement("p");
  row.className = "note row mt-4";
  row.setAttribute("data-sign-in", "");
  const link = document.createElement("a");
  link.href = player.getAttribute("sign-in-url") ?? location.href;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = translate("Sign in again in a new tab");
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn btn-2 btn-s";
  again.textContent = translate("Send again");
  again.addEventListener("click", sendAgain);
  row.append(link, again);
  (player.querySelector("form") ?? player).append(row);
}

export function stopAsking(player: Element): void {
  player.querySelector("[data-sign-in]")?.remove();
}
