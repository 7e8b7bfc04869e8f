"""Prints what has outgrown its size: files over 200 lines, functions over 25. It never fails: split by meaning."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("domain", "application", "projections", "web", "tests")
LINES_OF_A_FILE = 200
LINES_OF_A_FUNCTION = 25


def outgrown(root: Path) -> Iterator[tuple[int, str]]:
    """Size and place of each file and function past its size."""
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(root)
        if (lines := text.count("\n")) > LINES_OF_A_FILE:
            yield lines, f"{place}"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                if (lines := node.end_lineno - node.lineno + 1) > LINES_OF_A_FUNCTION:
                    yield lines, f"{place}:{node.lineno} {node.name}()"


def main() -> None:
    found = sorted(outgrown(ROOT), reverse=True)
    for lines, place in found:
        print(f"{lines:5} lines  {place}")
    print(f"{len(found)} outgrown (files over {LINES_OF_A_FILE} lines, functions over {LINES_OF_A_FUNCTION})")


if __name__ == "__main__":
    main()
