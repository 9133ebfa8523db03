/**
 * Adds to the browser's own player: back 15 seconds, speed, a transcript that jumps,
 * and the place to go on from. Without a script the player and the transcript are there.
 *
 * Sends `{position, duration}`, in seconds, to `data-place-url`; the server decides what is enough.
 *
 * @example
 * <media-player data-place-url="/learn/media/9/position" data-position="73.5">
 *   <div class="media">
 *     <audio controls preload="none" src="…"></audio>
 *     <details class="transcript-box"><summary>Transcript</summary>
 *       <ol class="transcript"><li><button type="button" data-start="12.5"><time>0:12</time><span>…</span></button></li></ol>
 *     </details>
 *   </div>
 * </media-player>
 */
import { postJson } from "../shared/request";
import { translate } from "../shared/translate";

const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
const EVERY = 10_000;

export class MediaPlayer extends HTMLElement {
  private saved = -1;
  private timer: ReturnType<typeof setInterval> | undefined;

  private readonly gone = (): void => void this.save(true);
  private readonly pause = (): void => void this.save();

  connectedCallback(): void {
    const media = this.media;
    if (!media) return;
    this.restore(media);
    this.addControls(media);
    this.followTranscript(media);
    media.addEventListener("pause", this.pause);
    media.addEventListener("ended", this.pause);
    addEventListener("pagehide", this.gone);
    this.timer = setInterval(() => {
      if (!media.paused) void this.save();
    }, EVERY);
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
    this.media?.removeEventListener("pause", this.pause);
    this.media?.removeEventListener("ended", this.pause);
    removeEventListener("pagehide", this.gone);
  }

  private get media(): HTMLMediaElement | null {
    return this.querySelector<HTMLMediaElement>("audio, video");
  }

  private restore(media: HTMLMediaElement): void {
    const position = Number(this.dataset.position);
    if (!(position > 0)) return;
    this.saved = position;
    const jump = (): void => {
      // Whoever stopped in the last seconds had finished: start over.
      if (!Number.isFinite(media.duration) || position < media.duration - 5) {
        media.currentTime = position;
      }
    };
    if (media.readyState >= 1) jump();
    else media.addEventListener("loadedmetadata", jump, { once: true });
  }

  private addControls(media: HTMLMediaElement): void {
    if (this.querySelector(".controls")) return; // moved in the page, not new
    const row = document.createElement("div");
    row.className = "controls";

    const back = document.createElement("button");
    back.type = "button";
    back.className = "btn btn-2 btn-s";
    back.textContent = translate("Back 15 seconds");
    back.addEventListener("click", () => {
      media.currentTime = Math.max(0, media.currentTime - 15);
    });

    const label = document.createElement("label");
    const select = document.createElement("select");
    select.className = "in";
    const number = new Intl.NumberFormat(document.documentElement.lang || "vi");
    for (const speed of SPEEDS) {
      const option = document.createElement("option");
      option.value = String(speed);
      option.textContent = `${number.format(speed)}×`;
      option.selected = speed === 1;
      select.append(option);
    }
    select.addEventListener("change", () => {
      media.playbackRate = Number(select.value);
    });
    label.append(translate("Speed"), select);

    row.append(back, label);
    media.after(row);
  }

  private followTranscript(media: HTMLMediaElement): void {
    const lines = [...this.querySelectorAll<HTMLElement>("button[data-start]")];
    for (const line of lines) {
      line.addEventListener("click", () => {
        media.currentTime = Number(line.dataset.start);
        media.play()?.catch(() => undefined); // the browser may want another tap
      });
    }
    media.addEventListener("timeupdate", () => {
      const now = lines
        .filter((line) => Number(line.dataset.start) <= media.currentTime)
        .at(-1);
      for (const line of lines) {
        if (line === now) line.setAttribute("aria-current", "true");
        else line.removeAttribute("aria-current");
      }
    });
  }

  private async save(keepalive = false): Promise<void> {
    const media = this.media;
    const address = this.dataset.placeUrl;
    if (!media || !address) return;
    const position = Math.round(media.currentTime * 10) / 10;
    if (position === this.saved || (position === 0 && this.saved > 0 && media.readyState < 1))
      return;
    const before = this.saved;
    this.saved = position;
    try {
      const body = Number.isFinite(media.duration)
        ? { position, duration: media.duration }
        : { position };
      await postJson(address, body, { csrf: this.getAttribute("csrf"), keepalive });
    } catch {
      this.saved = before; // the next ten seconds try again
    }
  }
}

customElements.define("media-player", MediaPlayer);
