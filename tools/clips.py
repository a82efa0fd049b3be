"""Make the course's own clip from drawn frames: `tools/clips.py`.

Needed only when its words or drawings change; the results are committed. Frames are SVG, rendered by Chromium
(Playwright), encoded by ffmpeg (Debian's) as H.264, which every phone plays. Writes the clip, its captions and its poster
into the course's folder `media`; the captions and the drawings come from the same table.
"""

import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
MEDIA = ROOT / "packs" / "id" / "courses" / "berakhlak" / "media"
FONT = ROOT / "src" / "teladan" / "web" / "static" / "app" / "font" / "teladan.woff2"
NAME = "tiga-perilaku"
WIDTH, HEIGHT, RATE = 640, 360, 12
PAPER, INK, GREY, BLUE, PALE, GOLD, GREEN = "#fbf8f1", "#1f2430", "#565d6a", "#23407a", "#e9eef8", "#b87a00", "#2f6b3c"


@dataclass(frozen=True)
class Scene:
    """A stretch of the clip: how long (seconds), what is drawn after `t` seconds of it, what its captions say when."""

    seconds: float
    draw: Callable[[float], str]
    captions: tuple[tuple[float, float, str], ...]


def ease(t: float, start: float, span: float = 0.7) -> float:
    """From 0 to 1, beginning at `start`."""
    x = min(max((t - start) / span, 0), 1)
    return x * x * (3 - 2 * x)


def text(x: float, y: float, words: str, *, size: int = 22, weight: int = 600, fill: str = INK, seen: float = 1) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}" opacity="{seen:.2f}" '
        f'text-anchor="middle">{escape(words)}</text>'
    )


def person(x: float, y: float, fill: str) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="20" fill="{fill}"/>'
        f'<path d="M{x - 34} {y + 78}c0-34 14-50 34-50s34 16 34 50z" fill="{fill}"/>'
    )


def bubble(x: float, y: float, width: float, words: str, fill: str, seen: float) -> str:
    return (
        f'<g opacity="{seen:.2f}"><rect x="{x - width / 2:.1f}" y="{y - 26}" width="{width:.1f}" height="44" rx="14" '
        f'fill="{fill}"/>{text(x, y + 3, words, size=19)}</g>'
    )


def opening(t: float) -> str:
    rise = 14 * (1 - ease(t, 0))
    return text(320, 130 + rise, "Berorientasi Pelayanan", size=38, weight=800, fill=BLUE, seen=ease(t, 0)) + text(
        320, 185, "tiga perilaku dari satu cerita di loket", size=22, fill=GREY, seen=ease(t, 0.8)
    )


def needs(t: float) -> str:
    layers = [("Permintaan: surat keterangan", 0.4), ("Alasan: pinjaman modal", 3.4),
              ("Kebutuhan: berkas sampai di bank sebelum Jumat", 5.2)]  # fmt: skip
    drawn = text(320, 44, "1. Memahami kebutuhan", size=26, weight=800, fill=BLUE)
    drawn += (
        person(90, 150, GOLD)
        + person(550, 150, BLUE)
        + f'<rect x="478" y="226" width="144" height="10" fill="{GREY}"/>'
    )
    drawn += bubble(478, 100, 250, "Ini untuk keperluan apa?", PALE, ease(t, 2.1) * (1 - ease(t, 4.6)))
    for number, (words, start) in enumerate(layers):
        drawn += bubble(
            300 if number < 2 else 320,
            (140, 192, 270)[number],
            350 if number < 2 else 480,
            words,
            "#f6e7c6",
            ease(t, start),
        )
    return drawn


def solving(t: float) -> str:
    drawn = text(320, 44, "2. Ramah, cekatan, solutif, dapat diandalkan", size=26, weight=800, fill=BLUE)
    drawn += text(170, 100, "dahulu: datang empat kali", size=20, fill=GREY)
    for number in range(4):
        seen = ease(t, 0.3 + 0.5 * number, 0.4)
        drawn += f'<circle cx="{80 + 60 * number}" cy="150" r="{22 * seen:.1f}" fill="{GOLD}" opacity="{seen:.2f}"/>'
        drawn += text(80 + 60 * number, 157, str(number + 1), size=20, weight=800, fill="#fff", seen=seen)
    drawn += f'<path d="M50 150H290" stroke="{INK}" stroke-width="4" stroke-dasharray="{240 * ease(t, 3):.0f} 300"/>'
    drawn += text(480, 100, "sekarang: satu kali", size=20, fill=GREY, seen=ease(t, 3.2))
    for number, words in enumerate(("sapa, lalu dengarkan", "sebut semua syarat", "tulis kapan selesai")):
        seen, y = ease(t, 3.8 + 0.9 * number), 140 + 40 * number
        drawn += (
            f'<path d="M372 {y - 6}l7 8 13-16" fill="none" stroke="{GREEN}" stroke-width="4" opacity="{seen:.2f}"/>'
        )
        drawn += f'<g opacity="{seen:.2f}"><text x="404" y="{y}" font-size="20" font-weight="600" fill="{INK}">{words}</text></g>'
    return drawn


def improving(t: float) -> str:
    drawn = text(320, 44, "3. Perbaikan tiada henti", size=26, weight=800, fill=BLUE)
    words = ("catat keluhan", "ubah satu hal", "lihat hasilnya")
    for number, label in enumerate(words):
        angle = -pi / 2 + number * 2 * pi / 3
        x, y, seen = 320 + 170 * cos(angle), 182 + 82 * sin(angle), ease(t, 0.4 + 1.2 * number)
        drawn += f'<g opacity="{seen:.2f}">'
        drawn += f'<rect x="{x - 92:.1f}" y="{y - 22:.1f}" width="184" height="44" rx="22" fill="{PALE}"/>'
        drawn += f"{text(x, y + 7, label, size=20)}</g>"
    angle = -pi / 2 + max(t - 4, 0) * 1.4
    seen = ease(t, 4)
    drawn += (
        f'<circle cx="{320 + 60 * cos(angle):.1f}" cy="{182 + 34 * sin(angle):.1f}" r="9" fill="{GOLD}" opacity="{seen:.2f}"/>'
        f'<ellipse cx="320" cy="182" rx="60" ry="34" fill="none" stroke="{GOLD}" stroke-width="2" opacity="{seen:.2f}"/>'
    )
    return drawn


def closing(t: float) -> str:
    lines = ("Memahami kebutuhan", "Ramah, cekatan, solutif, andal", "Perbaikan tiada henti")
    return "".join(
        text(320, 90 + 58 * number, line, size=28, weight=800, fill=BLUE, seen=ease(t, 0.3 + 0.5 * number))
        for number, line in enumerate(lines)
    )


STORY = (
    Scene(4, opening, ((0.5, 3.8, "Tiga perilaku Berorientasi Pelayanan,\ndari satu cerita di loket."),)),
    Scene(
        9,
        needs,
        (
            (0.3, 2.0, "Seorang warga meminta surat keterangan."),
            (2.1, 4.8, "Petugas bertanya: ini untuk keperluan apa?"),
            (5.0, 8.8, "Yang ia butuhkan: berkas sampai di bank\nsebelum Jumat. Itulah memahami kebutuhan."),
        ),
    ),
    Scene(
        8,
        solving,
        (
            (0.3, 3.0, "Dahulu ia harus datang empat kali."),
            (3.2, 7.8, "Sekarang satu kali: disapa, semua syarat disebut,\ndan waktu selesainya ditulis."),
        ),
    ),
    Scene(
        8,
        improving,
        (
            (0.3, 3.9, "Keluhan dicatat, satu hal diubah, hasilnya dilihat."),
            (4.1, 7.8, "Lalu dari awal lagi: perbaikan tiada henti."),
        ),
    ),
    Scene(4, closing, ((0.3, 3.8, "Tiga perilaku. Yang mana yang Anda mulai hari ini?"),)),
)


def drawing(scene: Scene, t: float) -> str:
    return f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>{scene.draw(t)}'


def stamp(seconds: float) -> str:
    return f"{int(seconds // 60):02d}:{seconds % 60:06.3f}"


def captions() -> str:
    out, at = ["WEBVTT"], 0.0
    for scene in STORY:
        out += [f"{stamp(at + start)} --> {stamp(at + end)}\n{words}" for start, end, words in scene.captions]
        at += scene.seconds
    return "\n\n".join(out) + "\n"


def poster() -> str:
    """The opening, drawn: a few hundred bytes. A picture of its own knows no page's font."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="system-ui,sans-serif">{drawing(STORY[0], 3)}</svg>\n'
    )


def main(chromium: str) -> None:
    MEDIA.mkdir(exist_ok=True)
    (MEDIA / f"{NAME}.vtt").write_text(captions(), encoding="utf-8")
    (MEDIA / f"{NAME}.svg").write_text(poster(), encoding="utf-8")
    font = b64encode(FONT.read_bytes()).decode()
    style = f"@font-face{{font-family:T;src:url(data:font/woff2;base64,{font});font-weight:400 800}}"
    style += "body{margin:0}text{font-family:T}"
    encode = [
        "ffmpeg", "-y", "-loglevel", "error", "-f", "image2pipe", "-framerate", str(RATE), "-i", "-", "-c:v", "libx264",
        "-profile:v", "main", "-pix_fmt", "yuv420p", "-crf", "27", "-preset", "veryslow", "-tune", "animation",
        "-movflags", "+faststart", "-map_metadata", "-1", str(MEDIA / f"{NAME}.mp4"),
    ]  # fmt: skip
    with sync_playwright() as player, subprocess.Popen(encode, stdin=subprocess.PIPE) as encoder:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content(f'<style>{style}</style><svg id="s" width="{WIDTH}" height="{HEIGHT}"></svg>')
        page.evaluate("document.fonts.load('600 20px T')")
        for scene in STORY:
            for number in range(round(scene.seconds * RATE)):
                page.evaluate("d => { document.getElementById('s').innerHTML = d }", drawing(scene, number / RATE))
                if encoder.stdin:
                    encoder.stdin.write(page.screenshot(type="png"))
        browser.close()
        if encoder.stdin:
            encoder.stdin.close()
    if encoder.returncode:
        sys.exit("ffmpeg failed")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/chromium")
