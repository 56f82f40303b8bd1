#!/usr/bin/env python3
"""Adds up the reports of every module's tests and prints `N passed, N failed` last.

Fails when a test failed or was skipped, and when a test class of the sources has no report or an empty one.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEST_CLASS = re.compile(r"(Test|IT|Properties)\.java$")


def test_classes(module):
    """Names of the classes that Surefire's patterns pick; each owes a report."""
    sources = module / "src/test/java"
    for file in sorted(sources.rglob("*.java")):
        if TEST_CLASS.search(file.name):
            yield ".".join(file.relative_to(sources).with_suffix("").parts)


def results(module):
    """Outcome (`passed`, `failed`, `skipped`) and name of every test case, by outermost class."""
    found = {}
    for report in sorted((module / "target/surefire-reports").glob("TEST-*.xml")):
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            tags = {child.tag for child in case}
            outcome = "failed" if tags & {"failure", "error"} else "skipped" if "skipped" in tags else "passed"
            outer = case.get("classname").split("$")[0]
            found.setdefault(outer, []).append((outcome, f"{case.get('classname')}.{case.get('name')}"))
    return found


def main():
    modules = re.findall(r"<module>(.+?)</module>", (ROOT / "pom.xml").read_text())
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    wrong = []
    for name in modules:
        reported = results(ROOT / name)
        owed = list(test_classes(ROOT / name))
        if not owed:
            wrong.append(f"{name}: has no test")
        wrong += [f"{name}: no report of {each}" for each in owed if each not in reported]
        for outcome, case in (pair for cases in reported.values() for pair in cases):
            counts[outcome] += 1
            if outcome != "passed":
                wrong.append(f"{name}: {outcome}: {case}")
    for line in wrong:
        print(line)
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
