#!/usr/bin/env python3
"""Adds up the reports of every module's tests, tabulates the figures they noted, and prints `N passed, N failed` last.

    totals.py [quick|full]      which tests were run: those without or those with the tag `full`

A test that failed and passed when it was run once more counts as passed and is named as flaky: a bug to mend.
Fails when a test failed or was skipped, and when a test class of the sources that holds a test of that kind has no
report or an empty one. The table of figures (promise, figure, bound) is kept in target/verify-full.txt (full) or
target/figures.txt (quick). There a figure beyond its promise fails nothing by itself: that is its test's business.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEST_CLASS = re.compile(r"(Test|IT|Properties)\.java$")
# The gate on the format puts every annotation on its own line: the class's at the margin, a test's indented.
TEST = re.compile(r"^ +@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property|Example)\b", re.MULTILINE)
FULL_CLASS = re.compile(r'^@Tag\("full"\)', re.MULTILINE)
FULL_TEST = re.compile(r'^ +@Tag\("full"\)', re.MULTILINE)
REPORTS = {"quick": "figures.txt", "full": "verify-full.txt"}


def holds(source, kind):
    """Whether a test class holds a test of the kind; one that shows none (inherited, generated) counts as quick."""
    if FULL_CLASS.search(source):
        return kind == "full"
    tagged = len(FULL_TEST.findall(source))
    return tagged > 0 if kind == "full" else tagged == 0 or len(TEST.findall(source)) > tagged


def test_classes(module, kind):
    """Names of the classes that Surefire's patterns pick and that hold a test of the kind; each owes a report."""
    sources = module / "src/test/java"
    for file in sorted(sources.rglob("*.java")):
        if TEST_CLASS.search(file.name) and holds(file.read_text(), kind):
            yield ".".join(file.relative_to(sources).with_suffix("").parts)


def results(module):
    """Outcome (`passed`, `flaky`, `failed`, `skipped`) and name of every test case, by outermost class."""
    found = {}
    for report in sorted((module / "target/surefire-reports").glob("TEST-*.xml")):
        outer = report.stem.removeprefix("TEST-").split("$")[0]  # engines differ in what they call a class inside
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            tags = {child.tag for child in case}
            outcome = (
                "failed" if tags & {"failure", "error"}
                else "skipped" if "skipped" in tags
                else "flaky" if tags & {"flakyFailure", "flakyError"}
                else "passed"
            )
            found.setdefault(outer, []).append((outcome, f"{case.get('classname')}.{case.get('name')}"))
    return found


def figures(modules):
    """Rows (promise, figure, value, bound, `kept` or `MISSED`) that tests noted with `Figures`, in the promises' order."""
    rows = []
    for name in modules:
        for file in sorted((ROOT / name / "target/figures").glob("*.tsv")):
            rows += [line.split("\t") for line in file.read_text().splitlines()]
    def order(row):
        letter, number = re.match(r"(\D*)(\d*)", row[0]).groups()
        return letter, int(number or 0), row[1]
    return sorted(rows, key=order)


def table(rows):
    head = ["promise", "figure", "measured", "promised", ""]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(5)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in [head, *rows]]


def report(kind, modules):
    """Prints the table and keeps it; nothing when no figure was noted."""
    rows = figures(modules)
    if not rows:
        return
    lines = table(rows)
    print("\n".join(["", *lines, ""]))
    kept = ROOT / "target" / REPORTS[kind]
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("\n".join(lines) + "\n")


def main():
    kind = sys.argv[1] if len(sys.argv) > 1 else "quick"
    # Benchmarks are modules of a profile: no test run builds them.
    build = (ROOT / "pom.xml").read_text().split("<profiles>")[0]
    modules = re.findall(r"<module>(.+?)</module>", build)
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    flaky = []
    wrong = []
    any_owed = False
    for name in modules:
        reported = results(ROOT / name)
        owed = list(test_classes(ROOT / name, kind))
        any_owed |= bool(owed)
        if kind == "quick" and not owed:
            wrong.append(f"{name}: has no test")
        wrong += [f"{name}: no report of {each}" for each in owed if each not in reported]
        for outcome, case in (pair for cases in reported.values() for pair in cases):
            if outcome == "flaky":
                flaky.append(f"{name}: flaky, passed at its second run: {case}")
                outcome = "passed"
            counts[outcome] += 1
            if outcome != "passed":
                wrong.append(f"{name}: {outcome}: {case}")
    if not any_owed:
        wrong.append(f"no test of the kind {kind}")
    report(kind, modules)
    for line in flaky + wrong:
        print(line)
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
