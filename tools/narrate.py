"""Make a module's audio, slide videos and captions from its narration: `python -m tools.narrate`.

    static/<unit>.narration.<lang>.txt    gives <unit>.<lang>.mp3 and .vtt, a cue for every line
    static/<unit>-slides.<lang>.json      gives <unit>-slides.<lang>.mp4 and .vtt, a cue for every sentence

Needs espeak-ng and ffmpeg, which the platform itself does not use.
docs/how-to/make-audio-and-slides.md tells more.
"""

import argparse
import re
import subprocess
import tempfile
import unicodedata
import wave
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple

from tools.slides import LABEL, Slide, draw, read_slides

ROOT = Path(__file__).resolve().parent.parent
RATE = 22050  # samples in a second, as espeak-ng writes them

# --- Words ----------------------------------------------------------------------------------

# What espeak-ng misreads, respelt for the ear. Captions keep the written form. Order matters.
SPOKEN = {
    "vi": (
        (r"\b(\d+)-NQ/TW\b", r"\1 của Trung ương"),
        (r"\b0?(\d{1,2})/0?(\d{1,2})/(\d{4})\b", r"\1 tháng \2 năm \3"),
        (r"\b(\d+)/((?:19|20)\d\d)(?:/[\w-]+)?", r"\1 năm \2"),
        (r"(\d)\s?–\s?(?=\d)", r"\1 đến "),
        (r"\b(\d{1,3})\.000\b", r"\1 nghìn"),
        (r"(?<![\d.,])200([1-9])(?![\d%]|[.,]\d)", r"hai nghìn không trăm linh \1"),
        (r"(?<![\d.,])20([1-9]\d)(?![\d%]|[.,]\d)", r"hai nghìn không trăm \1"),
        (r"\b(\d)G\b", r"\1 giê"),
        (r"\bR&D\b", "nghiên cứu và phát triển"),
        (r"\bAI\b", "ây ai"),
        (r"\bGDP\b", "di đê pê"),
        (r"\bHDI\b", "hát đê i"),
        (r"\bTFP\b", "tê ép pê"),
        (r"\bQR\b", "qui a"),
        (r"\bUBND\b", "ủy ban nhân dân"),
        (r"\b[Ee]mail\b", "i meo"),
        (r"\bZalo\b", "da lô"),
        (r"\bFacebook\b", "phây búc"),
    ),
    "en": (
        (r"\b(\d+)-NQ/TW\b", r"\1"),
        (r"(?<![\d/])0?(\d+)/((?:19|20)\d\d)(?:/[\w-]+)?", r"\1 of \2"),
        (r"(\d)\s?–\s?(?=\d)", r"\1 to "),
        (r"(?<![\d.,])20([1-9]\d)(?![\d%]|[.,]\d)", r"twenty \1"),
        (r"\bLan Tỏa\b", "Lahn Twah"),
        (r"\bSơn La\b", "Sern Lah"),
        (r"\bViet Nam\b", "Viet Nahm"),
        (r"\bZalo\b", "Zah-lo"),
    ),
}


def spoken(text: str, language: str) -> str:
    """`text` as the voice has to be given it, so that it reads numbers and short forms rightly."""
    text = unicodedata.normalize("NFC", text)
    for pattern, replacement in SPOKEN[language]:
        text = re.sub(pattern, replacement, text)
    return text


# --- Voice ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Voice:
    name: str
    words_per_minute: int
    pitch: int
    # Tones carry meaning, and on a phone's loudspeaker the usual range hides them: 150% spreads them.
    pitch_range: str


VOICES = {"vi": Voice("vi", 155, 60, "150%"), "en": Voice("en-gb", 155, 50, "110%")}
LEAD, PAUSE, TURN = 0.25, 0.45, 0.8  # seconds of silence: at the start, after a sentence, between slides
HUSH, EDGE = 60, 220  # quieter than this (of 32767) is silence; so many samples of it stay, against clicks


class Cue(NamedTuple):
    """One sentence of the captions and the seconds between which it is heard."""

    start: float
    end: float
    text: str


def say(text: str, language: str) -> "array[int]":
    """The samples of one sentence, without the silence around it."""
    voice = VOICES[language]
    marked = f'<speak><prosody range="{voice.pitch_range}">{escape(spoken(text, language))}</prosody></speak>'
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sentence.wav"
        rate, pitch = str(voice.words_per_minute), str(voice.pitch)
        call("espeak-ng", "-m", "-v", voice.name, "-s", rate, "-p", pitch, "-w", str(file), marked)
        with wave.open(str(file)) as sound:
            assert sound.getframerate() == RATE
            samples = array("h", sound.readframes(sound.getnframes()))
    loud = [at for at, sample in enumerate(samples) if abs(sample) > HUSH]
    if not loud:
        raise SystemExit(f"The voice says nothing for: {text}")
    return samples[max(0, loud[0] - EDGE) : loud[-1] + EDGE]


def silence(seconds: float) -> "array[int]":
    return array("h", bytes(2 * round(seconds * RATE)))


class Narration:
    """Sentences one after the other, and when each is heard."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.samples = silence(LEAD)
        self.cues: list[Cue] = []

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE

    def add(self, sentence: str) -> None:
        start = self.seconds
        self.samples += say(sentence, self.language)
        self.cues.append(Cue(start, self.seconds, sentence))
        self.samples += silence(PAUSE)

    def write(self, file: Path) -> None:
        with wave.open(str(file), "wb") as sound:
            sound.setparams((1, 2, RATE, 0, "NONE", ""))
            sound.writeframes(self.samples.tobytes())


# --- Captions -------------------------------------------------------------------------------


def timestamp(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


def vtt(cues: Sequence[Cue]) -> str:
    """The cues as a WebVTT file."""
    blocks = (
        f"{number}\n{timestamp(cue.start)} --> {timestamp(cue.end)}\n{escape(cue.text, quote=False)}\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join(["WEBVTT\n", *blocks])


# --- Files ----------------------------------------------------------------------------------

FFMPEG = ("ffmpeg", "-v", "error", "-y")
EVEN = (
    "-af",
    f"highpass=f=70,loudnorm=I=-16:TP=-3:LRA=7,aresample={RATE},alimiter=limit=0.56:level=0",
    "-ac",
    "1",
)
# One thread and no version marks: the same narration gives the same bytes again.
PLAIN = ("-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")
FRAMES = 5  # pictures in a second: slides stand still
# Said in the file, or players guess, and paper turns yellow.
COLOURS = (
    *("-vf", f"fps={FRAMES},scale=out_color_matrix=bt709:out_range=tv"),
    *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"),
)


def call(*command: str) -> None:
    subprocess.run(command, check=True)


def labels(title: str, language: str) -> list[str]:
    """The file says of itself that no person speaks, also where no page does."""
    values = {"title": title, "language": language, "comment": f"{LABEL[language]} (espeak-ng)"}
    return [part for key, value in values.items() for part in ("-metadata", f"{key}={value}")]


def write_audio(source: Path) -> list[Path]:
    """Read `<unit>.narration.<lang>.txt` aloud."""
    unit, _, language, _ = source.name.split(".")
    narration = Narration(language)
    for sentence in source.read_text("utf-8").splitlines():
        if sentence.strip():
            narration.add(sentence.strip())
    sound = source.with_name(f"{unit}.{language}.mp3")
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "narration.wav"
        narration.write(raw)
        codec = ("-c:a", "libmp3lame", "-b:a", "32k")
        call(*FFMPEG, "-i", str(raw), *EVEN, *codec, *PLAIN, *labels(unit, language), str(sound))
    return [sound, write_captions(sound, narration)]


def write_captions(beside: Path, narration: Narration) -> Path:
    file = beside.with_suffix(".vtt")
    file.write_text(vtt(narration.cues), "utf-8")
    return file


def tell(slides: Sequence[Slide], language: str) -> tuple[Narration, list[float]]:
    """The narration of a talk, and for each slide the second at which it leaves."""
    narration, ends = Narration(language), []
    for slide in slides:
        for sentence in slide.say:
            narration.add(sentence)
        narration.samples += silence(TURN - PAUSE)
        ends.append(narration.seconds)
    return narration, ends


def show(pictures: Sequence[Path], ends: Sequence[float]) -> Iterator[str]:
    """Lines for ffmpeg's concat reader; it wants the last picture twice."""
    start = 0.0
    for picture, end in zip(pictures, ends, strict=True):
        yield f"file '{picture.name}'\nduration {end - start:.3f}"
        start = end
    yield f"file '{pictures[-1].name}'"


def write_video(source: Path, keep: Path | None) -> list[Path]:
    """Make the talk of `<unit>-slides.<lang>.json`; `keep` is a folder for its pictures, to look at."""
    unit, language, _ = source.name.split(".")
    slides = read_slides(source)
    narration, ends = tell(slides, language)
    video = source.with_suffix(".mp4")
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        pictures = [folder / f"{unit}.{language}.{n}.png" for n in range(1, len(slides) + 1)]
        for number, (slide, picture) in enumerate(zip(slides, pictures, strict=True), 1):
            draw(slide, number, len(slides), language).save(picture)
        listing, raw = folder / f"{unit}.{language}.txt", Path(temporary) / "narration.wav"
        listing.write_text("\n".join(show(pictures, ends)), "utf-8")
        narration.write(raw)
        encode(listing, raw, video, [*labels(slides[0].title, language), "-t", f"{ends[-1]:.3f}"])
    return [video, write_captions(video, narration)]


def encode(listing: Path, sound: Path, video: Path, more: Sequence[str]) -> None:
    picture = ("-c:v", "libx264", "-profile:v", "baseline", "-preset", "veryslow", "-tune", "stillimage")
    still = ("-crf", "22", "-refs", "3", "-g", str(FRAMES * 20), "-pix_fmt", "yuv420p", *COLOURS)
    voice = ("-c:a", "aac", "-b:a", "48k", "-movflags", "+faststart")
    inputs = ("-f", "concat", "-safe", "0", "-i", str(listing), "-i", str(sound))
    call(*FFMPEG, *inputs, *picture, *still, *EVEN, *voice, *PLAIN, *more, str(video))


def sources(folders: Sequence[Path]) -> list[Path]:
    patterns = ("*.narration.*.txt", "*-slides.*.json")
    return sorted(
        file for folder in folders for pattern in patterns for file in folder.glob(f"static/{pattern}")
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Make audio, slide videos and captions from the narration of modules."
    )
    parser.add_argument(
        "modules", nargs="*", type=Path, help="folders such as content/c1 (all when left out)"
    )
    parser.add_argument("--pictures", type=Path, help="keep the slides as pictures in this folder")
    asked = parser.parse_args()
    folders = asked.modules or sorted(path.parent for path in (ROOT / "content").glob("*/course.xml"))
    for source in sources(folders):
        made = write_video(source, asked.pictures) if source.suffix == ".json" else write_audio(source)
        for file in made:
            print(f"{file.stat().st_size / 1000:8.0f} kB  {file}")


if __name__ == "__main__":
    main()
