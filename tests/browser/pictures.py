"""Takes the pictures of the documentation: a fresh demo, the ten pages that people see most, as small PNG files."""

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from chromium import PROGRAM, Looker, chromium, demo, window
from PIL import Image

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
# The demo is the same every time, apart from its secrets and the days.
TICKET = 1457
CUSTOMER = "/customers?q=Saguaro"
COLOURS, BYTES_MAX = 128, 150_000
CSV = b"""Name;City;Phone;Web
Harbor Legal;Duluth;+1 218 555 0101;harbor.example
Pine Street Bakery;Ely;+1 218 555 0148;pine.example
;Duluth;+1 218 555 0199;
Northern Lights Yoga;Grand Marais;+1 218 555 0123;lights.example
"""


def at(path: str) -> Callable[[Looker], None]:
    return lambda looker: looker.go(path)


def customer(looker: Looker) -> None:
    looker.go(CUSTOMER)
    looker.page.click("main tbody a >> nth=0")
    looker.page.wait_for_load_state()


def palette(looker: Looker) -> None:
    looker.go("/queue?view=open")
    looker.page.keyboard.press("Control+k")
    looker.page.wait_for_selector("dialog[open] input")
    looker.page.keyboard.type("tan")
    looker.page.wait_for_timeout(1500)


def importing(looker: Looker) -> None:
    looker.go("/imports")
    looker.page.set_input_files("#file", files=[{"name": "customers.csv", "mimeType": "text/csv", "buffer": CSV}])
    looker.page.click("form.sheet button.main")
    looker.page.wait_for_load_state()


# Name, size, theme, and how one comes there.
PICTURES = (
    ("sign-in", "desk", "light", None),
    ("queue", "desk", "light", at("/queue?view=open&sort=-activity")),
    ("ticket", "desk", "light", at(f"/tickets/{TICKET}")),
    ("ticket-phone", "phone", "dark", at(f"/tickets/{TICKET}")),
    ("customer", "desk", "light", customer),
    ("dashboard", "desk", "light", at("/dashboard")),
    ("report", "desk", "dark", at("/reports/promises")),
    ("settings", "desk", "light", at("/settings/keys")),
    ("palette", "desk", "light", palette),
    ("import", "desk", "light", importing),
)


def take(looker: Looker, name: str) -> int:
    """A window's contents with few colours, which is half the size and looks the same."""
    looker.page.wait_for_timeout(400)
    looker.page.mouse.move(0, 0)
    taken = Image.open(io.BytesIO(looker.page.screenshot())).convert("RGB")
    made = io.BytesIO()
    taken.quantize(COLOURS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    (FOLDER / f"{name}.png").write_bytes(made.getvalue())
    return made.tell()


def main(wanted: list[str]) -> int:
    if not PROGRAM:
        print("There is no Chromium here (Debian: apt install chromium).", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    large = []
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder) / "desk", "full") as desk, chromium() as browser:
        for name, size, theme, go in PICTURES:
            if wanted and name not in wanted:
                continue
            with window(browser, desk, size=size, theme=theme) as looker:
                if go is None:
                    looker.go("/sign-in")
                else:
                    looker.sign_in()
                    go(looker)
                bytes = take(looker, name)
            print(f"{name:<14} {bytes / 1000:.0f} KB")
            large += [name] if bytes > BYTES_MAX else []
    if large:
        print(f"Larger than {BYTES_MAX / 1000:.0f} KB: {', '.join(large)}", file=sys.stderr)
    return 1 if large else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
