"""Make the font that Chinese words are drawn with: the characters of GB 2312's first level, out of Noto Sans CJK.

Needs ``pip install fonttools`` and Debian's package ``fonts-noto-cjk``::

    python fonts/make_font.py /usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc

Those 3755 characters are nearly all of running text; whatever the catalogue of texts uses besides is added. Latin
letters, digits and signs are left out: OpenCV draws them with the font it carries, in the weight that is asked for.
"""

import argparse
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "formcheck/io/overlay/fonts/noto_sans_sc_bold.otf"
TEXTS = ROOT / "formcheck/io/texts/zh.toml"
_MARKS = "，。：；！？、“”‘’《》（）【】…—·"


def characters() -> set[str]:
    """Return every character that the font is to have."""
    rows = [bytes([high, low]) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)]
    common = {row.decode("gb2312", errors="ignore") for row in rows}
    used = {sign for sign in TEXTS.read_text(encoding="utf-8") if ord(sign) >= 0x2E80}
    return (common | used | set(_MARKS)) - {""}


def main() -> None:
    """Write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path, help="NotoSansCJK-Bold.ttc")
    fonts = TTCollection(parser.parse_args().collection).fonts
    font = next(each for each in fonts if each["name"].getDebugName(4) == "Noto Sans CJK SC Bold")
    font.recalcTimestamp = False  # the same font gives the same file
    options = Options()
    options.hinting, options.layout_features, options.desubroutinize = False, [], True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]  # who made it, what it is called, under which licence
    subset = Subsetter(options)
    subset.populate(text="".join(sorted(characters())))
    subset.subset(font)
    TARGET.parent.mkdir(exist_ok=True)
    font.save(TARGET)
    print(f"{TARGET}: {TARGET.stat().st_size / 1000:.0f} kB")  # noqa: T201  # a script that says what it did


if __name__ == "__main__":
    main()
