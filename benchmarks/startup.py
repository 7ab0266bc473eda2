"""How long formcheck takes to answer, beside loading MediaPipe alone, pair by pair.

    python benchmarks/startup.py [--rounds N]

Each round starts every command once, each as a process of its own, one after another; told are the medians, and the
median of each round's ratio to ``import mediapipe``. The bar: ``--help`` under 0.3.
"""

import argparse
import subprocess
import sys
from statistics import median
from time import perf_counter

COMMANDS = {
    "import mediapipe": ["-c", "import mediapipe"],
    "formcheck --help": ["-m", "formcheck", "--help"],
    "formcheck --version": ["-m", "formcheck", "--version"],
    "formcheck exercises": ["-m", "formcheck", "exercises"],
    "formcheck plan check low-back": ["-m", "formcheck", "plan", "check", "low-back"],
    "formcheck history list": ["-m", "formcheck", "history", "list"],
}
FLOOR = "import mediapipe"


def seconds(words: list[str]) -> float:
    begin = perf_counter()
    # a history that is not there yet is an answer as well
    subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return perf_counter() - begin


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=10)
    rounds = options.parse_args().rounds
    for words in COMMANDS.values():  # what is on disk is read once before
        seconds(words)
    took = [{name: seconds(words) for name, words in COMMANDS.items()} for _ in range(rounds)]
    print("| command | s | beside `import mediapipe` |")
    print("|---|---|---|")
    for name in COMMANDS:
        ratios = [each[name] / each[FLOOR] for each in took]
        span = f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        print(f"| `{name}` | {median(each[name] for each in took):.2f} | {span} |")


if __name__ == "__main__":
    main()
